import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/api/errorCodes.ts';
import { type ArchivePreview, maxImportTitles } from '#shared/api/imports.ts';
import { schemaVersion } from '#shared/document/schema.ts';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import {
  archivedCollectionSchema,
  type ArchivedNote,
  archivedNoteSchema,
  type ArchiveManifest,
} from '../../archive/archiveFormat.ts';
import { peopleInCollection, peopleInNote } from '../../archive/peopleIn.ts';
import { archiveLimits } from './archiveLimits.ts';
import type {
  ArchivePlan,
  JournalPlace,
  Meet,
  Meeting,
  PlannedArchivedCollection,
  PlannedArchivedNote,
} from './ArchivePlan.ts';
import { ArchiveReader } from './ArchiveReader.ts';
import { beforeOf } from './beforeOf.ts';
import type { JournalReader } from './JournalReader.ts';

export interface ArchivePlanOptions {
  readonly file: string;
  /** Where logs are kept until they are made. */
  readonly folder: string;
  readonly journals: Pick<JournalReader, 'facts'>;
  readonly meetArchive: (manifest: ArchiveManifest) => Meet;
  readonly signal: AbortSignal;
  /** Share done, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/**
 * Reads an archive, checks all of it, and decides what would be made; makes nothing.
 * @throws as `ArchiveReader.open`; AppError `import_empty`.
 */
export async function planArchive(options: ArchivePlanOptions): Promise<ArchivePlan> {
  const reader = await ArchiveReader.open(options.file, options.signal);
  try {
    return await plan(options, reader);
  } catch (error) {
    await reader.close();
    throw error;
  }
}

async function plan(options: ArchivePlanOptions, reader: ArchiveReader): Promise<ArchivePlan> {
  const { folder, journals, signal, onProgress } = options;
  const { manifest } = reader;
  const meet = options.meetArchive(manifest);
  if (manifest.notes.length === 0 && manifest.collections.length === 0)
    throw new AppError('import_empty', 'an archive of nothing');
  if (manifest.notes.length > archiveLimits.notes)
    throw new AppError('import_too_large', 'an archive of too many notes');
  const strangers = new Set<PersonId>();
  const [notes, collections]: [PlannedArchivedNote[], PlannedArchivedCollection[]] = [[], []];
  const refused: string[] = [];
  const writers = new Set<PersonId>();
  let versions = 0;
  for (const [at, place] of manifest.notes.entries()) {
    const note = await reader.json(place.path, archivedNoteSchema);
    if (note.id !== place.id) throw new AppError('archive_damaged', 'a note under another id');
    const found = await journalOf(place, `note-${at}`);
    if (found === 'refused' || (found === null && note.content === null)) {
      refused.push(place.title);
      continue;
    }
    const meeting = await meetingOf(await met(note, found, place.isBeside), found);
    await learnStrangers(peopleInNote(note));
    for (const person of [...note.authors, ...(found?.people ?? [])]) writers.add(person);
    versions += note.versions.length;
    notes.push({ note, title: place.title, meeting, journal: found?.file ?? null });
    onProgress((at + 1) / (manifest.notes.length + manifest.collections.length));
  }
  for (const [at, place] of manifest.collections.entries()) {
    const collection = await reader.json(place.path, archivedCollectionSchema);
    if (collection.id !== place.id) throw new AppError('archive_damaged', 'a collection under another id');
    const found = await journalOf(place, `collection-${at}`);
    if (found === 'refused' || (found === null && collection.content === null)) {
      refused.push(place.title);
      continue;
    }
    const meeting = await meetingOf(await meet.collection(collection, found), found);
    await learnStrangers(peopleInCollection(collection));
    collections.push({
      collection,
      title: place.title,
      meeting,
      journal: found?.file ?? null,
    });
  }
  const archive: ArchivePreview = {
    madeAt: manifest.madeAt,
    madeBy: manifest.people.find(({ id }) => id === manifest.by)?.name ?? '',
    from: manifest.relay,
    isOwn: meet.isOwn,
    notes: notes.map(({ meeting, journal }) =>
      meeting === 'same' ? 'same' : meeting === 'taken' ? 'copy' : journal === null ? 'present' : 'whole',
    ),
    collections: collections.map(({ title, meeting, collection }) => ({
      title,
      kind: collection.kind,
      state: meeting === 'same' ? 'same' : meeting === 'taken' ? 'copy' : 'whole',
    })),
    versions,
    editions: editionsOf('new'),
    lostEditions: editionsOf('taken'),
    before: await beforeOf({ notes, collections, manifest }, meet),
    people: writers.size,
    withheld: manifest.withheld,
    refused: { count: refused.length, titles: refused.slice(0, maxImportTitles) },
  };
  return {
    kind: 'archive',
    manifest,
    reader,
    notes,
    collections,
    strangers,
    preview: {
      notes: notes.map(({ title, note }) => ({
        title,
        path: note.id,
        kind: note.kind,
        media: note.files.length,
        category: null,
        beside: null,
      })),
      media: {
        count: manifest.media.length,
        bytes: manifest.media.reduce((sum, { bytes }) => sum + bytes, 0),
      },
      links: 0,
      title: manifest.title,
      losses: [],
      unused: { count: 0, paths: [] },
      unread: { count: 0, paths: [] },
      archive,
    },
  };

  /** A term that is here already, and went on, is the one that the notes speak of: a copy beside it would be nobody's. */
  async function met(note: ArchivedNote, found: JournalPlace | null, isBeside: boolean): Promise<Meeting> {
    const meeting = await meet.note(note, found);
    return isBeside && meeting === 'taken' && (await meet.mayRead(note.id)) ? 'same' : meeting;
  }

  function editionsOf(which: Meeting): number {
    return collections.reduce(
      (sum, { meeting, collection }) => sum + (meeting === which ? collection.editions.length : 0),
      0,
    );
  }

  /** A log that names people here for whom the archive does not speak cannot stay as it is: its rows would say that they wrote them. */
  async function meetingOf(
    meeting: Meeting,
    found: { readonly people: readonly PersonId[] } | null,
  ): Promise<Meeting> {
    const named = await learnStrangers(found?.people ?? []);
    return meeting === 'new' && named.size > 0 ? 'taken' : meeting;
  }

  async function learnStrangers(people: readonly PersonId[]): Promise<ReadonlySet<PersonId>> {
    const named = await meet.strangers(people);
    for (const person of named) strangers.add(person);
    return named;
  }

  /** The log of a place, checked; `refused` for one that is not sound, or of a later version. */
  async function journalOf(
    place: ArchiveManifest['notes'][number] | ArchiveManifest['collections'][number],
    name: string,
  ) {
    const { journal, id } = place;
    if (journal === null) return null;
    if (journal.schemaVersion > schemaVersion) return 'refused';
    signal.throwIfAborted();
    const file = path.join(folder, `${name}.jsonl.gz`);
    await writeFile(file, await reader.part(journal.path), { mode: 0o600 });
    const facts = await journals.facts(file, signal);
    const isListed =
      facts?.document === id &&
      facts.epoch === journal.epoch &&
      facts.seq === journal.seq &&
      Buffer.from(facts.digest).toString('hex') === journal.digest;
    if (facts === null || !isListed) return 'refused';
    return { file, document: id as DocumentId, seq: facts.seq, digest: facts.digest, people: facts.people };
  }
}
