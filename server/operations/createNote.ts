import type { CarnetId, CategoryId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { NoteKind } from '#shared/domain/Note.ts';
import { emptyBody, replaceNoteContent } from '#shared/document/writeContent.ts';
import type { BuiltInTemplate, TemplateKey } from '#shared/document/templates/BuiltInTemplate.ts';
import { builtInTemplate, isBuiltInTemplate } from '#shared/document/templates/builtInTemplates.ts';
import { canContributeToCollection } from '#shared/permissions/permissions.ts';
import { notAllowed, requireCollection, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import { readableTemplate } from '../readableTemplate.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { CollectionRecord } from '../storage/ports/CollectionStore.ts';
import type { NoteRecord } from '../storage/ports/NoteStore.ts';
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
  /**
   * What it begins with, and is: a built-in template, or a note that is one and that the caller can read. Its kind comes before `kind`. `carnet`: the one that the carnet names, where
   * the caller can read it, else nothing.
   */
  readonly template?: TemplateKey | 'carnet' | undefined;
}

/**
 * Makes a private note of which the caller is the author; its document and its rows are one transaction.
 * @throws AppError `not_signed_in`; `not_allowed` when the caller may not add to the carnet, or there is no such template for them: no note is made then.
 * @param made - called once it is made, before it is in the carnet.
 */
export async function createNote(
  context: RelayContext,
  caller: Caller,
  input: NewNote,
  made?: (id: NoteId) => Promise<void>,
): Promise<NoteId> {
  const person = requirePerson(caller);
  let carnet: CollectionRecord | null = null;
  if (input.carnetId !== undefined) {
    const ref = { kind: 'carnet', id: input.carnetId } as const;
    ({ collection: carnet } = await requireCollection(
      context.catalogue,
      caller,
      ref,
      canContributeToCollection,
    ));
  }
  const id = await newNote(context, person.id, input, await firstContent(context, caller, input, carnet));
  await made?.(id);
  if (input.carnetId !== undefined) {
    await putEntries(context, person.id, input.carnetId, [id], input.categoryId ?? null);
  }
  return id;
}

/** What a note begins with: a note that is a template, or words; null for nothing. */
async function firstContent(
  context: RelayContext,
  caller: Caller,
  { template, language }: NewNote,
  carnet: Pick<CollectionRecord, 'template'> | null,
): Promise<NoteRecord | BuiltInTemplate | null> {
  const key = template === 'carnet' ? (carnet?.template ?? undefined) : template;
  if (key === undefined) return null;
  if (isBuiltInTemplate(key)) return builtInTemplate(key, language);
  const note = await readableTemplate(context, caller, key);
  // What its carnet names keeps nobody from writing there.
  if (note === null && template !== 'carnet') throw notAllowed();
  return note;
}

function newNote(
  context: RelayContext,
  author: PersonId,
  { title, language, kind }: NewNote,
  first: NoteRecord | BuiltInTemplate | null,
): Promise<NoteId> {
  if (first !== null && 'id' in first)
    return copyNote(context, {
      from: first,
      author,
      operation: 'create',
      titleOf: (content) => title || content.title,
    });
  return addNote(context, {
    author,
    kind,
    act: { person: author, operation: 'create' },
    write: (doc) => {
      const content = { title: title || (first?.title ?? ''), body: first?.body ?? emptyBody, language };
      replaceNoteContent(doc, content);
    },
  });
}
