import { foldText } from '#shared/domain/foldText.ts';
import type { CarnetId, NoteId, PersonId } from '#shared/domain/ids.ts';
import { canContributeToCollection } from '#shared/permissions/permissions.ts';
import { roleOnCollection } from '../access.ts';
import { type Caller, loadCaller } from '../Caller.ts';
import type { MetBeside } from '../import/metBeside.ts';
import type { PageBeside } from '../import/praxisPage.ts';
import type { RelayContext } from '../RelayContext.ts';

/** Terms whose titles hold the words that are looked for; the one that is those words comes among the first. */
const mostTerms = 200;

/** Finds what pages name beside their texts, as somebody has it here now: of what they may not use, nothing is told. */
export async function meetBeside(
  context: Pick<RelayContext, 'catalogue'>,
  person: PersonId,
  besides: readonly PageBeside[],
): Promise<MetBeside> {
  const termTitles = new Set(besides.flatMap(({ terms }) => terms.map(foldText)));
  const carnetTitles = new Set(besides.flatMap(({ carnets }) => carnets.map(({ title }) => foldText(title))));
  const caller =
    termTitles.size + carnetTitles.size === 0 ? null : await loadCaller(context.catalogue, person);
  if (caller === null) return { terms: new Map(), carnets: new Map() };
  return {
    terms: await termsTitled(context, caller, termTitles),
    carnets: carnetTitles.size === 0 ? new Map() : await carnetsTitled(context, caller, carnetTitles),
  };
}

/** Terms that the caller may read, out of the trash. */
async function termsTitled(
  { catalogue }: Pick<RelayContext, 'catalogue'>,
  caller: Caller,
  titles: ReadonlySet<string>,
): Promise<Map<string, NoteId>> {
  const found = new Map<string, NoteId>();
  for (const named of titles) {
    const query = { asker: caller, trashed: false, kind: 'term', named, sort: 'title' } as const;
    const { notes } = await catalogue.notes.list({ ...query, limit: mostTerms, offset: 0 });
    const lines = await catalogue.derived.noteLines(notes.map(({ id }) => id));
    const term = notes.find(({ id }) => foldText(lines.get(id)?.title ?? '') === named);
    if (term !== undefined) found.set(named, term.id);
  }
  return found;
}

/** Carnets to which the caller adds by name: being open to everybody is no reason to put something in one. Of several with one title it is not known which is meant. */
async function carnetsTitled(
  { catalogue }: Pick<RelayContext, 'catalogue'>,
  caller: NonNullable<Caller>,
  titles: ReadonlySet<string>,
): Promise<Map<string, CarnetId>> {
  const own = (await catalogue.carnets.list({ trashed: false })).filter(
    (carnet) =>
      [...carnet.managers, ...carnet.contributors].includes(caller.id) &&
      canContributeToCollection(roleOnCollection(caller, carnet)),
  );
  const lines = await catalogue.derived.collectionLines(own.map(({ id }) => id));
  const found = new Map<string, CarnetId>();
  const several = new Set<string>();
  for (const { id } of own) {
    const title = foldText(lines.get(id)?.title ?? '');
    if (!titles.has(title)) continue;
    if (found.has(title)) several.add(title);
    found.set(title, id);
  }
  for (const title of several) found.delete(title);
  return found;
}
