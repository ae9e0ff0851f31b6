import type { Beside } from '#shared/api/imports.ts';
import { foldText } from '#shared/domain/foldText.ts';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import type { PageBeside } from './praxisPage.ts';

/** What pages name beside their texts, by folded titles, as far as the person has it: terms that they may use, carnets that they add to by name. */
export interface MetBeside {
  readonly terms: ReadonlyMap<string, NoteId>;
  readonly carnets: ReadonlyMap<string, CarnetId>;
}

/** What a page says beside its text, for who decides about its import. */
export function previewOfBeside(
  { source, authors, terms, carnets, community, published, modified }: PageBeside,
  met: MetBeside,
): Beside {
  return {
    source,
    authors: [...authors],
    terms: terms.map((title) => ({ title, isKnown: met.terms.has(foldText(title)) })),
    carnets: carnets.map((one) => ({ ...one, isOwn: met.carnets.has(foldText(one.title)) })),
    community,
    published,
    modified,
  };
}
