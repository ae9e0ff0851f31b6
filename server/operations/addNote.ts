import type * as Y from 'yjs';
import type { NoteId, PersonId } from '#shared/domain/ids.ts';
import { defaultLicence, type Licence } from '#shared/domain/Licence.ts';
import type { NoteKind } from '#shared/domain/Note.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { Act } from '../room/Documents.ts';
import { newId } from '../secrets.ts';

/** Makes a note with its first content, whoever asked: for operations that decided already. */
export async function addNote(
  context: RelayContext,
  note: {
    id?: NoteId;
    author: PersonId;
    kind: NoteKind;
    /** Default: the one of new notes. */
    licence?: Licence;
    act: Act;
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
    isTemplate: false,
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
