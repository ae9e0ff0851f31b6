import type { SuggestedTerm } from '#shared/api/links.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { canEditNote, canReadNote } from '#shared/permissions/permissions.ts';
import { requireNote, roleOnNote } from '../access.ts';
import type { Caller } from '../Caller.ts';
import { formsInText } from '../indexer/termForms.ts';
import type { RelayContext } from '../RelayContext.ts';

/** More would be a list to go through, not a suggestion. */
const maxSuggested = 8;

/** The terms that a note names without being related to them. @throws AppError `not_allowed` for who does not write in it. */
export async function presentSuggestedTerms(
  { catalogue }: Pick<RelayContext, 'catalogue'>,
  caller: Caller,
  id: NoteId,
): Promise<SuggestedTerm[]> {
  await requireNote(catalogue, caller, id, canEditNote);
  const index = await catalogue.derived.note(id);
  if (index === null) return [];
  const counts = formsInText(`${index.title}\n${index.text}`);
  const [named, related, dismissed] = await Promise.all([
    catalogue.derived.termsNamed([...counts.keys()]),
    catalogue.derived.terms(id),
    catalogue.notes.dismissedTerms(id),
  ]);
  const left = new Set<NoteId>([id, ...related, ...dismissed]);
  const candidates = [...named]
    .filter(([term]) => !left.has(term))
    .map(([term, forms]) => {
      const ranked = forms.toSorted(
        (a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || b.length - a.length,
      );
      const count = forms.reduce((sum, form) => sum + (counts.get(form) ?? 0), 0);
      return { term, found: ranked[0] ?? '', count };
    })
    .sort((a, b) => b.count - a.count || b.found.length - a.found.length || (a.term < b.term ? -1 : 1));
  const records = await catalogue.notes.getMany(candidates.map(({ term }) => term));
  const open = candidates
    .filter(({ term }) => {
      const note = records.get(term);
      return (
        note !== undefined &&
        note.kind === 'term' &&
        note.trashedAt === null &&
        canReadNote(roleOnNote(caller, note))
      );
    })
    .slice(0, maxSuggested);
  const titles = await catalogue.derived.noteLines(open.map(({ term }) => term));
  return open.map(({ term, found }) => ({ id: term, title: titles.get(term)?.title ?? '', found }));
}
