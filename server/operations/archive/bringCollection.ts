import type * as Y from 'yjs';
import { AppError } from '#shared/api/errorCodes.ts';
import type { TemplateKey } from '#shared/document/templates/BuiltInTemplate.ts';
import { isBuiltInTemplate } from '#shared/document/templates/builtInTemplates.ts';
import { emptyBody, replaceCollectionContent } from '#shared/document/writeContent.ts';
import { type Cover, noCover } from '#shared/domain/Collection.ts';
import {
  type CarnetId,
  type CollectionId,
  isId,
  type MemberId,
  type NoteId,
  type PersonId,
} from '#shared/domain/ids.ts';
import { type PersonColour, personColours } from '#shared/domain/Person.ts';
import { canSeeNoteHistory } from '#shared/permissions/permissions.ts';
import { collectionsOf, roleOnNote } from '../../access.ts';
import type { ArchivedCollection, ArchivedJournal } from '../../archive/archiveFormat.ts';
import { type Caller, loadCaller } from '../../Caller.ts';
import type { PlannedArchivedCollection } from '../../import/archive/ArchivePlan.ts';
import type { JournalRows } from '../../import/archive/readJournal.ts';
import { readableTemplate } from '../../readableTemplate.ts';
import type { CollectionRecord } from '../../storage/ports/CollectionStore.ts';
import type { FrozenFacts } from '../../storage/ports/EditionStore.ts';
import { appendEntries } from '../putEntries.ts';
import type { ArchivedPeople, PersonHere } from './archivedPeople.ts';
import type { ArchiveMaking, MakingContext, Ways } from './ArchiveMaking.ts';
import { adoptionOf, withBringer } from './bringNote.ts';

/** The rows of a log that was sound when it was read. @throws AppError `archive_damaged` */
export async function rowsIn(
  rowsOf: ArchiveMaking['rowsOf'],
  file: string,
  signal: AbortSignal,
): Promise<JournalRows> {
  const rows = await rowsOf(file, signal);
  if (rows === null) throw new AppError('archive_damaged', 'a log that cannot be read again');
  return rows;
}

const isColour = (word: string | null): word is PersonColour => personColours.some((one) => one === word);

/** Brings a carnet or a base in, after its notes: its log row for row, or what it says; its cover, its template, its editions. @param whole - notes that came with their log, under their ids. */
export async function bringCollection(
  context: MakingContext,
  making: ArchiveMaking,
  { collection, journal, meeting }: PlannedArchivedCollection,
  ways: Ways & { readonly whole: ReadonlySet<NoteId> },
): Promise<void> {
  const { person, plan, rowsOf, signal } = making;
  const { ids, places, people, whole } = ways;
  const { catalogue, documents, indexer } = context;
  const { kind, createdAt, content } = collection;
  const id = places.get(collection.id) ?? collection.id;
  const store = collectionsOf(catalogue, kind);
  const caller = await loadCaller(catalogue, person);
  const managers = withBringer(people.named(collection.managers), person);
  const record: CollectionRecord = {
    id,
    kind,
    visibility: 'authors',
    contributionPolicy: 'contributors',
    community: null,
    cover: await coverOf(context, collection.cover),
    template: await templateOf(context, caller, collection, ids),
    createdAt,
    trashedAt: null,
    managers,
    contributors: people.named(collection.contributors).filter((one) => !managers.includes(one)),
    readers: [],
  };
  const alongside = store.statementsToAdd(record);
  const act = { person, operation: 'import', madeAt: plan.manifest.madeAt };
  const about: ArchivedJournal | null =
    plan.manifest.collections.find((one) => one.id === collection.id)?.journal ?? null;
  const isCopy = meeting === 'taken';
  if (journal !== null && about !== null) {
    const rows = await rowsIn(rowsOf, journal, signal);
    const { document } = adoptionOf(about, rows, [], { id, isCopy, people }, kind);
    await documents.adopt(document, act, alongside ?? []);
  } else if (content !== null)
    await documents.create(id, kind, act, (doc) => writePresent(doc, content, whole), alongside ?? []);
  if (alongside === null) await store.add(record);
  await placeCopies(context, person, id, kind === 'carnet' ? ids : places);
  await indexer.indexNow(id);
  await documents.inspect(id);
  if (kind !== 'carnet') return;
  await openHeld(context, person, id as CarnetId, whole);
  if (!isCopy) await bringEditions(context, caller, collection, people);
}

/** What it holds at a version is shown there to whoever may read the note, as where it comes from. */
async function openHeld(
  { catalogue, now }: MakingContext,
  by: PersonId,
  carnet: CarnetId,
  whole: ReadonlySet<NoteId>,
): Promise<void> {
  for (const { member, held } of await catalogue.derived.entries(carnet)) {
    const note = member as NoteId;
    if (held !== null && whole.has(note))
      await catalogue.publishedRows.add({ carnet, note, seq: held, by, at: now() });
  }
}

/** What a carnet said, where its log did not come. */
function writePresent(
  doc: Y.Doc,
  content: NonNullable<ArchivedCollection['content']>,
  whole: ReadonlySet<NoteId>,
): void {
  const { entries, guide, ...said } = content;
  try {
    replaceCollectionContent(doc, {
      ...said,
      guide: guide ?? emptyBody,
      // A row of a log that did not come holds nothing.
      entries: entries.map(({ held, ...entry }) => ({
        ...entry,
        ...(held !== undefined && whole.has(entry.memberId as NoteId) && { held }),
      })),
    });
  } catch (cause) {
    throw new AppError('archive_damaged', 'content that is not of the schema', { cause });
  }
}

/** What notes that are made in it begin with, where that is here too. */
async function templateOf(
  context: MakingContext,
  caller: Caller,
  { template, kind }: ArchivedCollection,
  ids: ReadonlyMap<NoteId, NoteId>,
): Promise<TemplateKey | null> {
  if (template === null || kind === 'base') return null;
  if (isBuiltInTemplate(template)) return template;
  const id = ids.get(template as NoteId) ?? (template as NoteId);
  return isId(id) && (await readableTemplate(context, caller, id)) !== null ? id : null;
}

/** What came in under another id stands in the collection too, at its end: what bore the first one here is left as it is. */
async function placeCopies(
  { documents, log }: MakingContext,
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
  { catalogue }: MakingContext,
  { image, alternative, colour }: PlannedArchivedCollection['collection']['cover'],
): Promise<Cover> {
  const isThere = image !== null && isId(image) && (await catalogue.attachments.get(image)) !== null;
  return { ...noCover, ...(isThere && { image, alternative }), colour: isColour(colour) ? colour : null };
}

async function bringEditions(
  { catalogue }: MakingContext,
  caller: Caller,
  { id, editions: told }: ArchivedCollection,
  { personHere }: ArchivedPeople,
): Promise<void> {
  const trace = { audit: [], notices: [] };
  const carnet = id as CarnetId;
  const named = told.flatMap(({ facts }) => Object.keys(facts.notes) as NoteId[]);
  const records = await catalogue.notes.getMany([...new Set(named)]);
  // Who does not see the history of a note opens none of it to others.
  const mayOpen = (note: NoteId): boolean => {
    const record = records.get(note);
    return record !== undefined && canSeeNoteHistory(roleOnNote(caller, record));
  };
  for (const { number: _, by, withdrawn, facts, ...edition } of told) {
    const kept = { ...edition, carnet, by: personHere(by), facts: factsHere(facts, personHere, mayOpen) };
    const number = await catalogue.editions.add(kept, trace);
    if (withdrawn !== null)
      await catalogue.editions.withdraw(
        carnet,
        number,
        { ...withdrawn, by: personHere(withdrawn.by) },
        trace,
      );
  }
}

/** What an edition says, of people as they are known here. */
function factsHere(
  facts: ArchivedCollection['editions'][number]['facts'],
  personHere: PersonHere,
  mayOpen: (note: NoteId) => boolean,
): FrozenFacts {
  const { cover } = facts;
  return {
    ...facts,
    cover: { ...cover, colour: isColour(cover.colour) ? cover.colour : null },
    managers: facts.managers.map(personHere),
    names: Object.fromEntries(
      Object.entries(facts.names).map(([one, name]) => [personHere(one as PersonId), name]),
    ),
    notes: Object.fromEntries(
      Object.entries(facts.notes).map(([note, { authors, lock, isOpen, ...said }]) => [
        note,
        {
          ...said,
          authors: authors.map(personHere),
          lock: lock === null ? null : { ...lock, by: personHere(lock.by) },
          isOpen: isOpen && mayOpen(note as NoteId),
        },
      ]),
    ),
  };
}
