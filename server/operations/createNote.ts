import type * as Y from 'yjs';
import type { CarnetId, CategoryId, NoteId, PersonId } from '#shared/domain/ids.ts';
import { defaultLicence, type Licence } from '#shared/domain/Licence.ts';
import type { NoteKind } from '#shared/domain/Note.ts';
import { emptyBody, replaceNoteContent } from '#shared/document/writeContent.ts';
import { canContributeToCollection } from '#shared/permissions/permissions.ts';
import { requireCollection, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { newId } from '../secrets.ts';
import { putEntries } from './putEntries.ts';

export interface NewNote {
  readonly title: string;
  readonly kind: NoteKind;
  /** Tag of the note's language. */
  readonly language: string;
  /** Integrates it there by the same act. */
  readonly carnetId?: CarnetId | undefined;
  readonly categoryId?: CategoryId | null | undefined;
}

/**
 * Makes a private note of which the caller is the author; its document and its rows are one transaction.
 * @throws AppError `not_signed_in`; `not_allowed` when the caller may not add to the carnet: no note is made then.
 */
export async function createNote(context: RelayContext, caller: Caller, input: NewNote): Promise<NoteId> {
  const person = requirePerson(caller);
  if (input.carnetId !== undefined) {
    const carnet = { kind: 'carnet', id: input.carnetId } as const;
    await requireCollection(context.catalogue, caller, carnet, canContributeToCollection);
  }
  const id = await addNote(context, {
    author: person.id,
    kind: input.kind,
    act: { person: person.id, operation: 'create' },
    write: (doc) => {
      replaceNoteContent(doc, { title: input.title, body: emptyBody, language: input.language });
    },
  });
  if (input.carnetId !== undefined) {
    await putEntries(context, person.id, input.carnetId, [id], input.categoryId ?? null);
  }
  return id;
}

/** Makes a note with its first content, whoever asked: for operations that decided already. */
export async function addNote(
  context: RelayContext,
  note: {
    id?: NoteId;
    author: PersonId;
    kind: NoteKind;
    /** Default: the one of new notes. */
    licence?: Licence;
    act: { person: PersonId | null; operation: string };
    write: (doc: Y.Doc) => void;
  },
): Promise<NoteId> {
  const { catalogue, documents, indexer, events } = context;
  const id = note.id ?? newId<NoteId>();
  const record = {
    id,
    kind: note.kind,
    visibility: 'authors',
    community: null,
    authorMode: 'people',
    licence: note.licence ?? defaultLicence,
    createdAt: context.now(),
    publishedAt: null,
    trashedAt: null,
    lock: null,
    authors: [note.author],
    commenters: [],
    readers: [],
  } as const;
  const alongside = catalogue.notes.statementsToAdd(record);
  await documents.create(id, 'note', note.act, note.write, alongside ?? []);
  if (alongside === null) await catalogue.notes.add(record);
  await indexer.indexNow(id);
  events.emit({ type: 'lists' });
  return id;
}
