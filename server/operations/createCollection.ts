import type * as Y from 'yjs';
import { type CollectionKind, noCover } from '#shared/domain/Collection.ts';
import type { BaseId, CarnetId, CollectionId, PersonId } from '#shared/domain/ids.ts';
import { descriptionOf, setLanguage, titleOf } from '#shared/document/fields.ts';
import { canContributeToCollection } from '#shared/permissions/permissions.ts';
import { collectionsOf, requireCollection, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { newId } from '../secrets.ts';
import { putEntries } from './putEntries.ts';

export interface NewCollection {
  readonly title: string;
  readonly description: string;
  readonly language: string;
  /** Of a carnet: integrates it there by the same act. */
  readonly baseId?: BaseId | undefined;
}

/**
 * Makes a private carnet or base that the caller manages; its document and its rows are one transaction.
 * @throws AppError `not_signed_in`; `not_allowed` when the caller may not add to the base: nothing is made then.
 */
export async function createCollection(
  context: RelayContext,
  caller: Caller,
  kind: CollectionKind,
  { title, description, language, baseId }: NewCollection,
): Promise<CollectionId> {
  const person = requirePerson(caller);
  const base = kind === 'carnet' ? baseId : undefined;
  if (base !== undefined)
    await requireCollection(context.catalogue, caller, { kind: 'base', id: base }, canContributeToCollection);
  const id = await addCollection(context, kind, person.id, 'create', (doc) => {
    if (title !== '') titleOf(doc).insert(0, title);
    if (description !== '') descriptionOf(doc).insert(0, description);
    setLanguage(doc, language);
  });
  if (base !== undefined) await putEntries(context, person.id, base, [id as CarnetId], null);
  return id;
}

/** Makes a carnet or a base with its first content, whoever asked: for operations that decided already. */
export async function addCollection(
  context: RelayContext,
  kind: CollectionKind,
  manager: PersonId,
  operation: string,
  write: (doc: Y.Doc) => void,
  id: CollectionId = newId<CollectionId>(),
): Promise<CollectionId> {
  const { catalogue, documents, indexer, events } = context;
  const store = collectionsOf(catalogue, kind);
  const record = {
    id,
    kind,
    visibility: 'authors',
    contributionPolicy: 'contributors',
    community: null,
    cover: noCover,
    template: null,
    createdAt: context.now(),
    trashedAt: null,
    managers: [manager],
    contributors: [],
    readers: [],
  } as const;
  const alongside = store.statementsToAdd(record);
  await documents.create(id, kind, { person: manager, operation }, write, alongside ?? []);
  if (alongside === null) await store.add(record);
  await indexer.indexNow(id);
  events.emit({ type: 'lists' });
  return id;
}
