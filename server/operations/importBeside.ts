import { emptyBody, replaceNoteContent } from '#shared/document/writeContent.ts';
import { foldText } from '#shared/domain/foldText.ts';
import type { NoteId, PersonId } from '#shared/domain/ids.ts';
import type { MetBeside } from '../import/metBeside.ts';
import type { ImportPlan } from '../import/planImport.ts';
import type { PageBeside } from '../import/praxisPage.ts';
import type { RelayContext } from '../RelayContext.ts';
import { newId } from '../secrets.ts';
import { addNote } from './addNote.ts';
import { meetBeside } from './meetBeside.ts';
import { putEntries } from './putEntries.ts';

/** What the pages of an import say beside their texts. */
export const besidesOf = (notes: ImportPlan['notes']): readonly PageBeside[] =>
  notes.flatMap(({ beside }) => beside ?? []);

/** A term that is made for the notes that are related to it. */
export interface NewTerm {
  readonly id: NoteId;
  readonly title: string;
}

/** The terms that pages name and that the person has not, each once, under the ids that they will have. */
export function unmetTerms(besides: readonly PageBeside[], met: MetBeside): NewTerm[] {
  const titles = new Map(besides.flatMap(({ terms }) => terms.map((title) => [foldText(title), title])));
  return [...titles]
    .filter(([folded]) => !met.terms.has(folded))
    .map(([, title]) => ({ id: newId<NoteId>(), title }));
}

/** Makes them, private, with the person as their author. */
export async function makeTerms(
  context: RelayContext,
  person: PersonId,
  signal: AbortSignal,
  terms: readonly NewTerm[],
): Promise<void> {
  for (const { id, title } of terms) {
    signal.throwIfAborted();
    await addNote(context, {
      id,
      author: person,
      kind: 'term',
      act: { person, operation: 'import' },
      // As those that are related to them are.
      write: (doc) => replaceNoteContent(doc, { title, body: emptyBody, language: 'fr' }),
    });
  }
}

/** Puts notes in the carnets that their pages name, as far as the person adds to them by name. */
export async function joinCarnets(
  context: RelayContext,
  person: PersonId,
  notes: ImportPlan['notes'],
): Promise<void> {
  const { carnets } = await meetBeside(context, person, besidesOf(notes));
  for (const [folded, carnet] of carnets) {
    const members = notes.filter(({ beside }) =>
      beside?.carnets.some(({ title }) => foldText(title) === folded),
    );
    await putEntries(
      context,
      person,
      carnet,
      members.map(({ id }) => id),
      null,
    );
  }
}
