import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#shared/api/errorCodes.ts';
import {
  bookForms,
  type BookMoment,
  type BookOptions,
  bookOptionsSchema,
  editionOf,
  momentOfEdition,
  momentOfTime,
} from '#shared/api/exports.ts';
import { isId, type CarnetId, type NoteId, type PersonId } from '#shared/domain/ids.ts';
import { archiveExtension, ownExtension } from './archive/archiveFormat.ts';
import { databaseName } from './backup/BackupManifest.ts';
import { builtStyleSheet } from './builtStyleSheet.ts';
import type { Config } from './config.ts';
import { createRelay, type Relay } from './createRelay.ts';
import type { ArchiveSubject } from './export/archive/ArchiveContent.ts';
import { findPdfPrinter } from './findPdfPrinter.ts';
import { lockDataFolder } from './lockDataFolder.ts';
import { type RelayAdapters, sqliteAdapters } from './relayAdapters.ts';
import type { PersonRecord, PersonStore } from './storage/ports/PersonStore.ts';

/** What can be made: a book in one of its forms, or an archive. */
export const fileForms = [...bookForms, 'archive'] as const;
type FileForm = (typeof fileForms)[number];

/** Forms that the ending of a file's name tells. */
const endings: Readonly<Record<string, FileForm>> = {
  '.pdf': 'pdf',
  '.epub': 'epub',
  '.docx': 'docx',
  [ownExtension]: 'archive',
};

export interface ExportToFile {
  /** Id of a note or a carnet, or an address that ends with it. */
  readonly what: string;
  /** Where the file is written; one that is there is replaced when the new one is whole. */
  readonly file: string;
  /** Default: what the ending of the file's name says. */
  readonly form?: FileForm | undefined;
  /** Of a printed book; default for what is not said. */
  readonly options?: Partial<Record<keyof BookOptions, unknown>> | undefined;
  /** As it was at this moment: a date of ISO 8601, as `2026-03-05T14:00:00Z`; without a time, the end of that day. Default: now. */
  readonly at?: string | undefined;
  /** The edition of the carnet of this number, made as it was frozen where nothing else is said. */
  readonly edition?: string | undefined;
  /** Id or whole name of the person whose rights count. Default: the person of this computer. */
  readonly as?: string | undefined;
  readonly onProgress?: ((progress: number) => void) | undefined;
}

const sentences = {
  not_allowed: 'That person may not read it, or not as it was then.',
  invalid_request: 'There was nothing of it yet at that moment.',
  export_unavailable: 'A PDF needs a Chromium on this machine: install it, or name it with CALEPIN_CHROMIUM.',
  export_failed: 'The export could not be made.',
};

const refuse = (sentence: string): AppError => new AppError('invalid_request', sentence);

/** @param local - the person of this computer; null in a community's data. */
async function findPerson(
  persons: PersonStore,
  local: PersonRecord | null,
  asked: string | undefined,
): Promise<PersonId> {
  if (asked === undefined) {
    if (local === null)
      throw refuse('This is a community’s data: say for whom with --as=<id or whole name of a person>.');
    return local.id;
  }
  const found = (await persons.list()).filter(({ id, name }) => id === asked || name === asked);
  const [person] = found;
  if (person === undefined) throw refuse(`Nobody here is "${asked}", by id or by whole name.`);
  if (found.length > 1)
    throw refuse(
      `${found.length} people are named "${asked}": give the id of one (${found.map(({ id }) => id).join(', ')}).`,
    );
  return person.id;
}

type Subject =
  | { readonly subject: 'note'; readonly subjectId: NoteId }
  | { readonly subject: 'carnet'; readonly subjectId: CarnetId };

async function findSubject(relay: Relay, what: string): Promise<Subject> {
  const id =
    what
      .replace(/[/?#]+$/, '')
      .split('/')
      .at(-1) ?? '';
  const { catalogue } = relay.operations;
  if (isId(id)) {
    const [carnetId, noteId] = [id as CarnetId, id as NoteId];
    if ((await catalogue.carnets.get(carnetId)) !== null) return { subject: 'carnet', subjectId: carnetId };
    if ((await catalogue.notes.get(noteId)) !== null) return { subject: 'note', subjectId: noteId };
  }
  throw refuse(`No note and no carnet here has the id "${id}": it is the end of its address.`);
}

function formOf({ file, form }: ExportToFile): FileForm {
  const name = file.toLowerCase();
  const said = form ?? (name.endsWith(archiveExtension) ? 'archive' : endings[path.extname(name)]);
  if (said === undefined)
    throw refuse(
      'Say what to make with --form=pdf, epub, docx, site, markdown or archive (a site and Markdown are a .zip).',
    );
  return said;
}

const wholeDay = /^\d{4}-\d\d-\d\d$/;

/** The moment that somebody names; a day is that of this machine's clock. */
function momentOf({ at, edition }: Pick<ExportToFile, 'at' | 'edition'>): BookMoment {
  if (at !== undefined && edition !== undefined) throw refuse('Say a moment or an edition, not both.');
  if (edition !== undefined) {
    if (!/^[1-9]\d{0,5}$/.test(edition)) throw refuse(`"${edition}" is no number of an edition.`);
    return momentOfEdition(Number(edition));
  }
  if (at === undefined) return 'now';
  const time = Date.parse(wholeDay.test(at) ? `${at}T23:59:59.999` : at);
  if (!/^\d{4}-/.test(at) || Number.isNaN(time) || time < 0)
    throw refuse(`"${at}" is no moment: write it as 2026-03-05 or 2026-03-05T14:00:00Z.`);
  return momentOfTime(time);
}

/** How the edition that is asked for was made into a book; null for what is none. */
async function frozenOptions(
  { operations: { catalogue } }: Relay,
  subject: Subject,
  moment: BookMoment,
): Promise<BookOptions | null> {
  const number = editionOf(moment);
  if (number === null) return null;
  const edition =
    subject.subject === 'carnet' ? await catalogue.editions.get(subject.subjectId, number) : null;
  if (edition === null || edition.withdrawn !== null) throw refuse(`There is no edition ${number} of it.`);
  return edition.options;
}

/**
 * Makes a note or a carnet of a data folder into a file, as the interface would, with what one person may read. Calepin must not run over that folder.
 * @returns the path of the file and its size in bytes.
 * @throws AppError with a sentence: `invalid_request`, `conflict` (Calepin runs), `not_allowed`, `export_unavailable` (no Chromium), `export_failed`.
 */
export async function exportToFile(
  config: Config,
  asked: ExportToFile,
): Promise<{ readonly file: string; readonly bytes: number; readonly pages: number | null }> {
  const to = formOf(asked);
  const moment = momentOf(asked);
  if (to === 'archive' && moment !== 'now') throw refuse('An archive holds everything up to now.');
  const options = bookOptionsSchema.safeParse(asked.options ?? {});
  if (!options.success)
    throw refuse(
      `There is no such ${options.error.issues[0]?.path.join('.') ?? 'option'}: ${options.error.issues[0]?.message ?? ''}`,
    );
  if (!existsSync(path.join(config.dataFolder, databaseName)))
    throw new AppError('storage_failed', `There is no Calepin in the data folder ${config.dataFolder}.`);
  const file = path.resolve(asked.file);
  const interfaceFolder = path.join(import.meta.dirname, '..', 'dist', 'renderer');
  if (to === 'site' && (await builtStyleSheet(interfaceFolder)) === null)
    throw new AppError(
      'export_unavailable',
      'A site has the look of Calepin: start it once, which builds that.',
    );
  const printer = to === 'pdf' ? findPdfPrinter(config.chromium, config.searchPath) : null;
  if (to === 'pdf' && printer === null)
    throw new AppError('export_unavailable', sentences.export_unavailable);
  const lock = lockDataFolder(config.dataFolder);
  let [relay, adapters] = [null as Relay | null, null as RelayAdapters | null];
  try {
    adapters = await sqliteAdapters(config.dataFolder);
    const local = await adapters.catalogue.persons.firstOfKind('local');
    relay = await createRelay(
      {
        // As one computer's it would make a person in a community's data.
        mode: local === null ? 'community' : 'local',
        host: '127.0.0.1',
        port: 0,
        publicUrl: config.publicUrl,
        version: '',
        interfaceFolder,
        pdfPrinter: printer,
      },
      adapters,
    );
    const person = await findPerson(adapters.catalogue.persons, local, asked.as);
    const subject = await findSubject(relay, asked.what);
    const { exports } = relay.operations;
    const frozen = await frozenOptions(relay, subject, moment);
    const chosen = bookOptionsSchema.parse({ ...frozen, ...asked.options });
    const { id } = exports.start(
      to === 'archive'
        ? {
            subject: 'archive',
            of: { kind: subject.subject, id: subject.subjectId } as ArchiveSubject,
            language: 'fr',
          }
        : { ...subject, moment, to, ...chosen },
      person,
    );
    for (;;) {
      const status = exports.status(id, person);
      if (status === null || status.errorCode !== null)
        throw new AppError(
          'export_failed',
          sentences[(status?.errorCode ?? 'export_failed') as keyof typeof sentences] ??
            sentences.export_failed,
        );
      asked.onProgress?.(status.progress);
      if (status.step === 'done') break;
      await sleep(50);
    }
    const made = exports.file(id, person);
    if (made === null) throw new AppError('export_failed', sentences.export_failed);
    await mkdir(path.dirname(file), { recursive: true });
    // Beside its place first: who had a file there keeps it until the new one is whole.
    const beside = `${file}.part`;
    try {
      await writeFile(beside, made.open());
      await rename(beside, file);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
    return { file, bytes: made.bytes, pages: exports.status(id, person)?.pages ?? null };
  } finally {
    // A relay closes what it stands on.
    await (relay ?? adapters)?.close();
    lock.close();
  }
}
