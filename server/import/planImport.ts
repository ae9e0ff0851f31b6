import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '#shared/api/errorCodes.ts';
import { type ImportPreview, maxImportTitles } from '#shared/api/imports.ts';
import { maxAttachmentBytes } from '#shared/api/attachments.ts';
import type { NoteSheet } from '#shared/document/sheet.ts';
import type { AttachmentId, NoteId } from '#shared/domain/ids.ts';
import { defaultLicence, type Licence } from '#shared/domain/Licence.ts';
import type { NoteKind } from '#shared/domain/Note.ts';
import { lookAtFile } from '../attachments/lookAtFile.ts';
import { newId } from '../secrets.ts';
import { attachmentHeadBytes } from '../storage/ports/AttachmentBytes.ts';
import { decodeText } from './decodeText.ts';
import { importLimits } from './importLimits.ts';
import { LossList, reportOf } from './ImportReport.ts';
import type { ImportSource } from './ImportSource.ts';
import { ImportTree, nameOfPath, withoutNotionId } from './ImportTree.ts';
import { announcedType, endingOf } from './mediaTypes.ts';
import { type MetBeside, previewOfBeside } from './metBeside.ts';
import type { PageReader } from './PageReader.ts';
import type { PageBeside } from './praxisPage.ts';
import type { PageFormat, ReadPage } from './readPage.ts';
import { addressesOf, type Medium, resolveBody } from './resolveBody.ts';

/** A note that an import makes. */
export interface PlannedNote {
  readonly id: NoteId;
  readonly title: string;
  readonly kind: NoteKind;
  readonly language: string;
  readonly licence: Licence;
  readonly category: string | null;
  readonly sheet: NoteSheet | null;
  readonly media: readonly AttachmentId[];
  /** Of a page of another platform: it is written below the text when it is made. */
  readonly beside: PageBeside | null;
  /** Name of the file, in the folder of the import, that holds its body. */
  readonly file: string;
}

/** All that an import makes, with its ids: nothing of it is there yet. */
export interface ImportPlan {
  readonly kind: 'files';
  readonly notes: readonly PlannedNote[];
  readonly media: ReadonlyMap<AttachmentId, Medium>;
  /** Of a carnet made of it. */
  readonly description: string;
  readonly preview: ImportPreview;
}

export interface PlanOptions {
  readonly source: ImportSource;
  readonly reader: Pick<PageReader, 'read'>;
  /** Where bodies are kept until they are made. */
  readonly folder: string;
  /** What was sent is called so. */
  readonly fileName: string;
  /** What pages name, as the person has it here; default: nothing. */
  readonly meet?: (besides: readonly PageBeside[]) => Promise<MetBeside>;
  /** Of notes that do not say theirs. */
  readonly language: string;
  readonly signal: AbortSignal;
  /** Share done, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

const formats: Readonly<Record<string, PageFormat>> = {
  md: 'markdown',
  markdown: 'markdown',
  html: 'html',
  htm: 'html',
  docx: 'docx',
  mdown: 'markdown',
  txt: 'text',
  text: 'text',
};

/** A file that was read, before it is known where its links lead. */
interface Read {
  readonly id: NoteId;
  readonly path: string;
  readonly page: ReadPage;
  readonly title: string;
}

const collator = new Intl.Collator('fr', { numeric: true });
/** Folder by folder, each with its own files first. */
function byPlace(a: { readonly path: string }, b: { readonly path: string }): number {
  const [left, right] = [a.path.split('/'), b.path.split('/')];
  for (let at = 0; at < Math.min(left.length, right.length); at += 1) {
    const isLast = [at === left.length - 1, at === right.length - 1];
    if (isLast[0] !== isLast[1]) return isLast[0] === true ? -1 : 1;
    const order = collator.compare(left[at] ?? '', right[at] ?? '');
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/** The folder that all of them are in, with its slash; empty for none. */
function sharedFolder(paths: readonly string[]): string {
  const [first] = paths;
  const folder = first?.includes('/') === true ? `${first.split('/')[0] ?? ''}/` : '';
  return folder !== '' && paths.every((one) => one.startsWith(folder)) ? folder : '';
}

class Planner {
  readonly #options: PlanOptions;
  readonly #root: string;
  readonly #unread: string[] = [];
  /** Whether all notes are in one file, so that no folder says a category. */
  #isOneFile = false;
  readonly #media = new Map<string, Medium | null>();

  constructor(options: PlanOptions) {
    this.#options = options;
    this.#root = sharedFolder(options.source.files.map((file) => file.path));
  }

  async plan(): Promise<ImportPlan> {
    const { source, onProgress, signal } = this.#options;
    const { pages, index } = await this.#readPages();
    if (pages.length === 0) throw new AppError('import_empty', 'nothing that can become a note');
    const tree = new ImportTree(
      source.files.map((file) => file.path),
      pages.map(({ id, path: where, title, page }) => ({
        id,
        path: where,
        title,
        kind: page.kind,
        labels: page.labels,
      })),
    );
    const places = new Map(
      index?.page.index?.order.map((href, at) => {
        const target = tree.find(href, index.path);
        return [target.kind === 'note' ? target.note.id : ('' as NoteId), at] as const;
      }),
    );
    const last = places.size;
    const ordered = [...pages].sort(
      (a, b) => (places.get(a.id) ?? last) - (places.get(b.id) ?? last) || byPlace(a, b),
    );
    const notes: PlannedNote[] = [];
    const report: Parameters<typeof reportOf>[0][number][] = [];
    let links = 0;
    for (const [at, read] of ordered.entries()) {
      signal.throwIfAborted();
      const { note, losses, linked } = await this.#resolve(read, tree, at);
      notes.push(note);
      report.push({ title: note.title, losses });
      links += linked;
      onProgress(0.6 + (0.4 * (at + 1)) / ordered.length);
    }
    const besides = notes.flatMap(({ beside }) => beside ?? []);
    const met = besides.length === 0 ? undefined : await this.#options.meet?.(besides);
    return this.#finish(
      ordered,
      notes,
      report,
      links,
      index,
      met ?? { terms: new Map(), carnets: new Map() },
    );
  }

  /** Reads all texts; one at the head of our own export tells which files are notes. */
  async #readPages(): Promise<{ pages: Read[]; index: Read | null }> {
    const { source, reader, signal, onProgress } = this.#options;
    const candidates = this.#candidates();
    if (candidates.length > importLimits.notes)
      throw new AppError('import_too_large', 'more notes than an import takes');
    const all: Read[] = [];
    let bytes = 0;
    for (const [at, { path: where, size, format }] of candidates.entries()) {
      signal.throwIfAborted();
      bytes += size;
      if (bytes > importLimits.allTextBytes) throw new AppError('import_too_large', 'too much text');
      const most = format === 'docx' ? importLimits.entryBytes : importLimits.textBytes;
      const read = size > most ? null : await source.read(where);
      const page =
        read === null ? null : await reader.read(format === 'docx' ? read : decodeText(read), format, signal);
      if (page === null) this.#unread.push(where);
      else if (page.notes !== undefined && candidates.length === 1)
        return this.#notesOf(where, page, page.notes);
      else all.push({ id: newId<NoteId>(), path: where, page, title: page.title || nameOfPath(where) });
      onProgress((0.6 * (at + 1)) / candidates.length);
    }
    const index = all.find(({ page }) => page.index !== null) ?? null;
    if (index === null) return { pages: all, index };
    // Of our own export: what it does not list is a file of a note.
    const tree = new ImportTree(
      source.files.map((file) => file.path),
      all.map((read) => ({ ...read, kind: read.page.kind, labels: {} })),
    );
    const listed = new Set(
      index.page.index?.order.map((href) => {
        const target = tree.find(href, index.path);
        return target.kind === 'note' ? target.note.id : null;
      }),
    );
    return { pages: all.filter(({ id }) => listed.has(id)), index };
  }

  /** The notes of a carnet that is one file. */
  #notesOf(
    where: string,
    page: ReadPage,
    notes: NonNullable<ReadPage['notes']>,
  ): { pages: Read[]; index: Read } {
    this.#isOneFile = true;
    const read = (path: string, one: ReadPage): Read => ({
      id: newId<NoteId>(),
      path,
      page: one,
      title: one.title || nameOfPath(path),
    });
    return {
      pages: notes.map((note) => read(`${where}/${note.name}`, note.page)),
      index: read(where, page),
    };
  }

  /** Documents of Word, and texts without marks, are notes where nothing else is; beside others they are files. */
  #candidates(): { path: string; size: number; format: PageFormat }[] {
    const readable = this.#options.source.files.flatMap((file) => {
      const format = formats[endingOf(file.path)];
      return format === undefined ? [] : [{ ...file, format }];
    });
    const marked = readable.filter(({ format }) => format === 'markdown' || format === 'html');
    const documents = readable.filter(({ format }) => format === 'docx');
    return (marked.length > 0 ? marked : documents.length > 0 ? documents : readable).sort(byPlace);
  }

  async #resolve(
    { id, path: where, page, title }: Read,
    tree: ImportTree,
    at: number,
  ): Promise<{ note: PlannedNote; losses: ReturnType<LossList['all']>; linked: number }> {
    const { folder, language } = this.#options;
    for (const address of addressesOf(page.body)) {
      const target = tree.find(address, where);
      if (target.kind === 'file') await this.#lookAt(target.path);
      else if (address.startsWith('data:')) await this.#putAside(address);
    }
    const resolved = resolveBody(page.body, {
      path: where,
      tree,
      labels: page.labels,
      mediumOf: (one) => this.#media.get(one) ?? null,
    });
    const file = `note-${at}.json`;
    await writeFile(path.join(folder, file), JSON.stringify(resolved.body), { mode: 0o600 });
    const losses = new LossList();
    losses.addAll(page.losses);
    losses.addAll(resolved.losses);
    return {
      note: {
        id,
        title,
        kind: page.kind,
        language: page.language ?? language,
        licence: page.licence ?? defaultLicence,
        category: page.category ?? (this.#isOneFile ? null : this.#folderOf(where)),
        sheet: page.sheet,
        media: resolved.media,
        beside: page.beside,
        file,
      },
      losses: losses.all(),
      linked: resolved.notes.length,
    };
  }

  /** The first folder below what they all share. */
  #folderOf(where: string): string | null {
    const parts = where.slice(this.#root.length).split('/');
    return parts.length > 1 ? withoutNotionId(parts[0] ?? '') : null;
  }

  async #lookAt(where: string): Promise<void> {
    if (this.#media.has(where)) return;
    const { source } = this.#options;
    const size = source.files.find((file) => file.path === where)?.size ?? 0;
    let medium: Medium | null = null;
    if (size <= maxAttachmentBytes)
      try {
        const bytes = await source.read(where);
        const seen = lookAtFile(bytes.subarray(0, attachmentHeadBytes), announcedType(where));
        const name = (where.split('/').at(-1) ?? '').slice(0, 200);
        medium = { id: newId<AttachmentId>(), path: where, isOwnFile: false, name, bytes: size, ...seen };
      } catch (error) {
        if (!(error instanceof AppError) || error.code === 'import_unreadable') throw error;
      }
    this.#media.set(where, medium);
  }

  /** Keeps a picture that a page holds in its text. */
  async #putAside(address: string): Promise<void> {
    if (this.#media.has(address)) return;
    const found = /^data:([a-z]+\/[a-z0-9.+-]+);base64,([A-Za-z0-9+/=\s]+)$/i.exec(address);
    const bytes = Buffer.from(found?.[2] ?? '', 'base64');
    let medium: Medium | null = null;
    if (bytes.length > 0 && bytes.length <= maxAttachmentBytes)
      try {
        const seen = lookAtFile(bytes.subarray(0, attachmentHeadBytes), found?.[1] ?? '');
        const name = `image.${seen.type.split('/')[1] ?? 'png'}`;
        const file = `medium-${this.#media.size}`;
        await writeFile(path.join(this.#options.folder, file), bytes, { mode: 0o600 });
        medium = {
          id: newId<AttachmentId>(),
          path: file,
          isOwnFile: true,
          name,
          bytes: bytes.length,
          ...seen,
        };
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
      }
    this.#media.set(address, medium);
  }

  #finish(
    pages: readonly Read[],
    notes: readonly PlannedNote[],
    report: Parameters<typeof reportOf>[0],
    links: number,
    index: Read | null,
    met: MetBeside,
  ): ImportPlan {
    const shown = new Set(notes.flatMap((note) => note.media));
    const media = new Map(
      [...this.#media.values()].flatMap((one) =>
        one !== null && shown.has(one.id) ? [[one.id, one] as const] : [],
      ),
    );
    const used = new Set([
      ...pages.map((page) => page.path),
      ...[...media.values()].map((medium) => medium.path),
      ...this.#unread,
      ...(index === null ? [] : [index.path]),
    ]);
    const unused = this.#options.source.files.map((file) => file.path).filter((one) => !used.has(one));
    return {
      kind: 'files',
      notes,
      media,
      description: index?.page.index?.description ?? '',
      preview: {
        notes: notes.map(({ title, kind, media: own, category, beside }, at) => ({
          title,
          path: pages[at]?.path ?? '',
          kind,
          media: own.length,
          category,
          beside: beside === null ? null : previewOfBeside(beside, met),
        })),
        media: {
          count: media.size,
          bytes: [...media.values()].reduce((sum, { bytes }) => sum + bytes, 0),
        },
        links,
        title: index?.title || withoutNotionId(this.#root.slice(0, -1)) || nameOfPath(this.#options.fileName),
        losses: reportOf(report),
        unused: { count: unused.length, paths: unused.slice(0, maxImportTitles) },
        unread: { count: this.#unread.length, paths: this.#unread.slice(0, maxImportTitles) },
        archive: null,
      },
    };
  }
}

/**
 * Reads what was sent and decides what would be made of it, with the ids that it would have; makes nothing.
 * @throws AppError `import_unreadable`, `import_empty`, `import_too_large`; an AbortError.
 */
export function planImport(options: PlanOptions): Promise<ImportPlan> {
  return new Planner(options).plan();
}
