import type { CarnetId, CategoryId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { NoteKind } from '#shared/domain/Note.ts';
import { emptyBody, replaceNoteContent } from '#shared/document/writeContent.ts';
import type { BuiltInTemplateKey } from '#shared/document/templates/BuiltInTemplate.ts';
import { builtInTemplate, isBuiltInTemplate } from '#shared/document/templates/builtInTemplates.ts';
import { canContributeToCollection, canDuplicateNote } from '#shared/permissions/permissions.ts';
import { notAllowed, requireCollection, requireNote, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { addNote } from './addNote.ts';
import { copyNote } from './copyNote.ts';
import { putEntries } from './putEntries.ts';

export interface NewNote {
  readonly title: string;
  readonly kind: NoteKind;
  /** Tag of the note's language. */
  readonly language: string;
  /** Integrates it there by the same act. */
  readonly carnetId?: CarnetId | undefined;
  readonly categoryId?: CategoryId | null | undefined;
  /** What it begins with, and is: a built-in template, or a note that is one and that the caller can read. Its kind comes before `kind`. */
  readonly template?: BuiltInTemplateKey | NoteId | undefined;
}

/**
 * Makes a private note of which the caller is the author; its document and its rows are one transaction.
 * @throws AppError `not_signed_in`; `not_allowed` when the caller may not add to the carnet, or there is no such template for them: no note is made then.
 */
export async function createNote(context: RelayContext, caller: Caller, input: NewNote): Promise<NoteId> {
  const person = requirePerson(caller);
  if (input.carnetId !== undefined) {
    const carnet = { kind: 'carnet', id: input.carnetId } as const;
    await requireCollection(context.catalogue, caller, carnet, canContributeToCollection);
  }
  const id = await newNote(context, caller, person.id, input);
  if (input.carnetId !== undefined) {
    await putEntries(context, person.id, input.carnetId, [id], input.categoryId ?? null);
  }
  return id;
}

async function newNote(
  context: RelayContext,
  caller: Caller,
  author: PersonId,
  { template, title, language, kind }: NewNote,
): Promise<NoteId> {
  if (template !== undefined && !isBuiltInTemplate(template)) {
    const { note } = await requireNote(context.catalogue, caller, template, canDuplicateNote);
    if (!note.isTemplate || note.trashedAt !== null) throw notAllowed();
    return copyNote(context, {
      from: note,
      author,
      operation: 'create',
      titleOf: (content) => title || content.title,
    });
  }
  const first = template === undefined ? { title: '', body: emptyBody } : builtInTemplate(template, language);
  return addNote(context, {
    author,
    kind,
    act: { person: author, operation: 'create' },
    write: (doc) => {
      replaceNoteContent(doc, { title: title || first.title, body: first.body, language });
    },
  });
}
