import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/api/errorCodes.ts';
import { type ArchivePreview, type ImportPreview, maxImportTitles } from '#shared/api/imports.ts';
import { schemaVersion } from '#shared/document/schema.ts';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import {
  type ArchivedCollection,
  archivedCollectionSchema,
  type ArchivedNote,
  archivedNoteSchema,
  type ArchiveManifest,
} from '../../archive/archiveFormat.ts';
import { archiveLimits } from './archiveLimits.ts';
import { ArchiveReader } from './ArchiveReader.ts';
import type { JournalReader } from './JournalReader.ts';

/** What of an archive a person has here already. `same`: all of its rows; `taken`: something else bears its id, so that it comes in under another one. */
export type Meeting = 'new' | 'same' | 'taken';

/** Asks what is here, for one person and one archive. */
export interface Meet {
  /** Whether the archive was made here, and is as it was made. */
  readonly isOwn: boolean;
  /** @param journal - null for what comes without its log: `title` and content are compared then. */
  readonly note: (note: ArchivedNote, journal: JournalPlace | null) => Promise<Meeting>;
  readonly collection: (collection: ArchivedCollection, journal: JournalPlace | null) => Promise<Meeting>;
  /** Those of some ids that are people's here, where the archive does not speak for them: it was not made here, and they are not who brings it. */
  readonly strangers: (people: readonly PersonId[]) => Promise<ReadonlySet<PersonId>>;
}

export interface JournalPlace {
  readonly document: DocumentId;
  readonly seq: number;
  readonly digest: Uint8Array;
}

interface Planned {
  readonly title: string;
  /** `taken`, and also what bears the names of people for whom the archive does not speak, comes in under another id. */
  readonly meeting: Meeting;
  /** File of its log in the folder of the import; null for none. */
  readonly journal: string | null;
}
export interface PlannedArchivedNote extends Planned {
  readonly note: ArchivedNote;
}
export interface PlannedArchivedCollection extends Planned {
  readonly collection: ArchivedCollection;
}

/** All that an archive brings; nothing of it is there yet. */
export interface ArchivePlan {
  readonly kind: 'archive';
  readonly manifest: ArchiveManifest;
  readonly reader: ArchiveReader;
  readonly notes: readonly PlannedArchivedNote[];
  readonly collections: readonly PlannedArchivedCollection[];
  /** People here for whom it does not speak. */
  readonly strangers: ReadonlySet<PersonId>;
  readonly preview: ImportPreview;
}

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
    const meeting = await meetingOf(await meet.note(note, found), found);
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

  /** A log that names people here for whom the archive does not speak cannot stay as it is: its rows would say that they wrote them. */
  async function meetingOf(
    meeting: Meeting,
    found: { readonly people: readonly PersonId[] } | null,
  ): Promise<Meeting> {
    const named = await meet.strangers(found?.people ?? []);
    for (const person of named) strangers.add(person);
    return meeting === 'new' && named.size > 0 ? 'taken' : meeting;
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
