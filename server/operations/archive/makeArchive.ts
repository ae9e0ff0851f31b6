import type * as Y from 'yjs';
import { AppError } from '#shared/api/errorCodes.ts';
import { addCategory, addEntry, descriptionOf, setLanguage, titleOf } from '#shared/document/fields.ts';
import { type CollectionRef, type Cover, noCover } from '#shared/domain/Collection.ts';
import {
  type AttachmentId,
  type CarnetId,
  isId,
  type CollectionId,
  type MemberId,
  type NoteId,
  type PersonId,
} from '#shared/domain/ids.ts';
import { type PersonColour, personColours } from '#shared/domain/Person.ts';
import { collectionsOf } from '../../access.ts';
import type { ArchivedJournal } from '../../archive/archiveFormat.ts';
import type { ArchivePlan, PlannedArchivedCollection } from '../../import/archive/planArchive.ts';
import type { JournalRows } from '../../import/archive/readJournal.ts';
import { newId } from '../../secrets.ts';
import type { FrozenFacts } from '../../storage/ports/EditionStore.ts';
import type { DestroyingContext } from '../destroyDocument.ts';
import { beginMaking, endMaking, type MadeImport, takeAway } from '../makeImport.ts';
import { appendEntries } from '../putEntries.ts';
import { storeFile } from '../storeAttachment.ts';
import type { ArchiveContext } from './ArchiveContext.ts';
import { knowArchivedPeople, type PersonHere } from './archivedPeople.ts';
import { adoptionOf, bringNote } from './bringNote.ts';

export interface ArchiveMaking {
  readonly person: PersonId;
  readonly plan: ArchivePlan;
  readonly rowsOf: (file: string, signal: AbortSignal) => Promise<JournalRows | null>;
  /** Aborted: it stops, and nothing stays. */
  readonly signal: AbortSignal;
  /** Share done, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

type Context = ArchiveContext & DestroyingContext;

/** Files that came in, and those that did not: of a type that is not taken here, or whose id is another file's. */
async function bringFiles(
  context: Context,
  { person, plan, signal }: ArchiveMaking,
  holders: ReadonlyMap<AttachmentId, readonly NoteId[]>,
): Promise<void> {
  const { attachments } = context.catalogue;
  for (const medium of plan.manifest.media) {
    signal.throwIfAborted();
    const { id, name, type, sha256 } = medium;
    const [first, ...others] = holders.get(id) ?? [];
    const here = await attachments.get(id);
    if (here !== null) {
      // Who brings the same bytes has them already.
      if (here.digest === sha256)
        for (const note of holders.get(id) ?? []) await attachments.grant([id], note);
      continue;
    }
    try {
      const file = { id, name, announced: type, bytes: plan.reader.medium(medium) };
      await storeFile(context, person, file, first ?? null);
      for (const note of others) await attachments.grant([id], note);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'type_not_supported') throw error;
    }
  }
}

/**
 * Makes what an archive brings: notes and collections with their logs, versions, discussions and files, for who brings it alone; all of it, or nothing. What they have here already is left as it is, and what bears an id of something else comes in under a
 * new one.
 * @throws AppError `archive_damaged`, `quota_exceeded`, `storage_full`, `storage_failed`…; an AbortError. What was made by then is taken away.
 */
export async function makeArchive(context: Context, making: ArchiveMaking): Promise<MadeImport> {
  const { person, plan, rowsOf, signal, onProgress } = making;
  const { manifest } = plan;
  const coming = plan.notes.filter(({ meeting }) => meeting !== 'same');
  const collections = plan.collections.filter(({ meeting }) => meeting !== 'same');
  const ids = new Map(
    coming.map(({ note, meeting }) => [note.id, meeting === 'taken' ? newId<NoteId>() : note.id]),
  );
  const places = new Map(
    collections.map(({ collection: { id }, meeting }) => [
      id,
      meeting === 'taken' ? newId<CollectionId>() : id,
    ]),
  );
  const known = await Promise.all(
    manifest.media.map(async ({ id }) =>
      (await context.catalogue.attachments.get(id)) === null ? [id] : [],
    ),
  );
  const underWay = {
    person,
    notes: [...ids.values()],
    files: known.flat(),
    carnet: null,
    collections: collections.map(
      ({ collection: { id, kind } }) => ({ id: places.get(id) ?? id, kind }) as CollectionRef,
    ),
  };
  await beginMaking(context, underWay);
  try {
    const personHere = await knowArchivedPeople(context, plan);
    const seqsOf = new Map<NoteId, (seq: number) => number>();
    const holders = new Map<AttachmentId, NoteId[]>();
    for (const [at, { note, journal, meeting }] of coming.entries()) {
      signal.throwIfAborted();
      const id = ids.get(note.id) ?? note.id;
      const about = manifest.notes.find((one) => one.id === note.id)?.journal ?? null;
      const isCopy = meeting === 'taken';
      const log =
        journal === null || about === null ? null : { about, rows: await rowsIn(rowsOf, journal, signal) };
      const seqOf = await bringNote(context, note, log, {
        id,
        isCopy,
        by: person,
        madeAt: manifest.madeAt,
        personHere,
      });
      if (!isCopy) seqsOf.set(note.id, seqOf);
      for (const file of note.files) holders.set(file, [...(holders.get(file) ?? []), id]);
      onProgress((0.8 * (at + 1)) / (coming.length + collections.length));
    }
    await bringFiles(context, making, holders);
    for (const planned of collections)
      await bringCollection(context, making, planned, { ids, places, personHere });
    await endMaking(context);
    context.events.emit({ type: 'lists' });
    const first = collections[0]?.collection;
    return {
      notes: [...ids.values()],
      terms: [],
      carnet: first?.kind === 'carnet' ? ((places.get(first.id) ?? first.id) as CarnetId) : null,
      unfiled: 0,
      collections: underWay.collections,
    };
  } catch (error) {
    await takeAway(context, underWay);
    await endMaking(context);
    throw error;
  }
}

async function rowsIn(
  rowsOf: ArchiveMaking['rowsOf'],
  file: string,
  signal: AbortSignal,
): Promise<JournalRows> {
  const rows = await rowsOf(file, signal);
  if (rows === null) throw new AppError('archive_damaged', 'a log that cannot be read again');
  return rows;
}

const isColour = (word: string | null): word is PersonColour => personColours.some((one) => one === word);

/** Of what comes, the ids under which it comes. */
interface Ways {
  readonly ids: ReadonlyMap<NoteId, NoteId>;
  readonly places: ReadonlyMap<CollectionId, CollectionId>;
  readonly personHere: PersonHere;
}

async function bringCollection(
  context: Context,
  { person, plan, rowsOf, signal }: ArchiveMaking,
  { collection, journal, meeting }: PlannedArchivedCollection,
  { ids, places, personHere }: Ways,
): Promise<void> {
  const { catalogue, documents, indexer } = context;
  const { kind, createdAt, content } = collection;
  const id = places.get(collection.id) ?? collection.id;
  const store = collectionsOf(catalogue, kind);
  const cover = await coverOf(context, collection.cover);
  const record = {
    id,
    kind,
    visibility: 'authors',
    contributionPolicy: 'contributors',
    community: null,
    cover,
    template: null,
    createdAt,
    trashedAt: null,
    managers: [person],
    contributors: [],
    readers: [],
  } as const;
  const alongside = store.statementsToAdd(record);
  const act = { person, operation: 'import', madeAt: plan.manifest.madeAt };
  const about: ArchivedJournal | null =
    plan.manifest.collections.find((one) => one.id === collection.id)?.journal ?? null;
  const isCopy = meeting === 'taken';
  if (journal !== null && about !== null) {
    const rows = await rowsIn(rowsOf, journal, signal);
    const { document } = adoptionOf(about, rows, [], { id, isCopy, personHere }, kind);
    await documents.adopt(document, act, alongside ?? []);
  } else if (content !== null)
    await documents.create(
      id,
      kind,
      act,
      (doc) => {
        titleOf(doc).insert(0, content.title);
        if (content.description !== '') descriptionOf(doc).insert(0, content.description);
        setLanguage(doc, content.language);
        for (const category of content.categories) addCategory(doc, category);
        for (const entry of content.entries) addEntry(doc, entry);
      },
      alongside ?? [],
    );
  if (alongside === null) await store.add(record);
  await placeCopies(context, person, id, kind === 'carnet' ? ids : places);
  await indexer.indexNow(id);
  await documents.inspect(id);
  if (kind === 'carnet' && !isCopy) await bringEditions(context, collection, personHere);
}

/** What came in under another id stands in the collection too, at its end: what bore the first one here is left as it is. */
async function placeCopies(
  { documents, log }: Context,
  person: PersonId,
  collection: CollectionId,
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const copies = [...ids].filter(([from, to]) => from !== to);
  if (copies.length === 0 || (await log.head(collection)) === null) return;
  await documents.change(collection, { person, operation: 'integrate' }, (doc: Y.Doc) => {
    const entries = doc.getMap('entries');
    appendEntries(
      doc,
      copies.flatMap(([from, to]) =>
        entries.has(from) ? [{ memberId: to as MemberId, category: null }] : [],
      ),
    );
  });
}

/** The cover, where its picture came in. */
async function coverOf(
  { catalogue }: Context,
  { image, alternative, colour }: PlannedArchivedCollection['collection']['cover'],
): Promise<Cover> {
  const isThere = image !== null && isId(image) && (await catalogue.attachments.get(image)) !== null;
  return { ...noCover, ...(isThere && { image, alternative }), colour: isColour(colour) ? colour : null };
}

async function bringEditions(
  { catalogue: { editions } }: Context,
  { id, editions: told }: PlannedArchivedCollection['collection'],
  personHere: PersonHere,
): Promise<void> {
  const trace = { audit: [], notices: [] };
  const carnet = id as CarnetId;
  for (const { number: _, by, withdrawn, facts, ...edition } of told) {
    const kept = { ...edition, carnet, by: personHere(by), facts: facts as unknown as FrozenFacts };
    const number = await editions.add(kept, trace);
    if (withdrawn !== null)
      await editions.withdraw(carnet, number, { ...withdrawn, by: personHere(withdrawn.by) }, trace);
  }
}
