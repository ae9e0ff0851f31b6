import type { z } from 'zod';
import { AppError } from '#shared/api/errorCodes.ts';
import type { placeDocumentSchema } from '#shared/api/mirror.ts';
import { noCover } from '#shared/domain/Collection.ts';
import type { CollectionId, NoteId } from '#shared/domain/ids.ts';
import { defaultLicence } from '#shared/domain/Licence.ts';
import { canCreate } from '#shared/permissions/permissions.ts';
import { collectionsOf, notAllowed, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';

/**
 * Makes the empty document of a note, a carnet or a base that somebody's computer places here, of which they are the author, or the manager. Its rows follow, each with its time on that computer.
 * @throws AppError `not_signed_in`, `not_allowed`; `conflict` when something that is not theirs, or of another kind, has the id.
 */
export async function placeDocument(
  context: RelayContext,
  caller: Caller,
  { id, kind, noteKind, licence = defaultLicence, createdAt }: z.infer<typeof placeDocumentSchema>,
): Promise<void> {
  const person = requirePerson(caller);
  if (!canCreate(caller)) throw notAllowed();
  const { catalogue, documents, events } = context;
  const head = await context.log.head(id);
  if (head !== null) {
    const people =
      kind === 'note'
        ? (await catalogue.notes.get(id as NoteId))?.authors
        : (await collectionsOf(catalogue, kind).get(id as CollectionId))?.managers;
    if (head.kind !== kind || !people?.includes(person.id))
      throw new AppError('conflict', `document ${id} is something else here`);
    return;
  }
  const shared = { visibility: 'authors', community: null, createdAt, trashedAt: null, readers: [] } as const;
  const act = { person: person.id, operation: 'place' };
  if (kind === 'note') {
    const record = {
      ...shared,
      id: id as NoteId,
      kind: noteKind,
      authorMode: 'people',
      licence,
      publishedAt: null,
      isTemplate: false,
      lock: null,
      authors: [person.id],
      commenters: [],
    } as const;
    const alongside = catalogue.notes.statementsToAdd(record);
    await documents.create(id, kind, act, null, alongside ?? []);
    if (alongside === null) await catalogue.notes.add(record);
  } else {
    const record = {
      ...shared,
      id: id as CollectionId,
      kind,
      contributionPolicy: 'managers',
      cover: noCover,
      template: null,
      managers: [person.id],
      contributors: [],
    } as const;
    const store = collectionsOf(catalogue, kind);
    const alongside = store.statementsToAdd(record);
    await documents.create(id, kind, act, null, alongside ?? []);
    if (alongside === null) await store.add(record);
  }
  events.emit({ type: 'lists' });
}
