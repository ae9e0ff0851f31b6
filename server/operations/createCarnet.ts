import type * as Y from 'yjs';
import type { CarnetId, PersonId } from '#shared/domain/ids.ts';
import { descriptionOf, setLanguage, titleOf } from '#shared/document/fields.ts';
import { requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { newId } from '../secrets.ts';

/** Makes a private carnet that the caller manages; its document and its rows are one transaction. @throws AppError `not_signed_in`. */
export async function createCarnet(
  context: RelayContext,
  caller: Caller,
  input: { title: string; description: string; language: string },
): Promise<CarnetId> {
  const person = requirePerson(caller);
  return addCarnet(context, person.id, 'create', (doc) => {
    if (input.title !== '') titleOf(doc).insert(0, input.title);
    if (input.description !== '') descriptionOf(doc).insert(0, input.description);
    setLanguage(doc, input.language);
  });
}

/** Makes a carnet with its first content, whoever asked: for operations that decided already. */
export async function addCarnet(
  context: RelayContext,
  manager: PersonId,
  operation: string,
  write: (doc: Y.Doc) => void,
): Promise<CarnetId> {
  const { catalogue, documents, indexer, events } = context;
  const id = newId<CarnetId>();
  const record = {
    id,
    visibility: 'authors',
    contributionPolicy: 'contributors',
    community: null,
    createdAt: context.now(),
    trashedAt: null,
    managers: [manager],
    contributors: [],
    readers: [],
  } as const;
  const alongside = catalogue.carnets.statementsToAdd(record);
  await documents.create(id, 'carnet', { person: manager, operation }, write, alongside ?? []);
  if (alongside === null) await catalogue.carnets.add(record);
  await indexer.indexNow(id);
  events.emit({ type: 'lists' });
  return id;
}
