import { hash, randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { escapeHtml, htmlAttributes } from '#shared/document/escapeHtml.ts';
import { type AttachmentId, isId, type PersonId } from '#shared/domain/ids.ts';
import { extractAttachments } from '#shared/document/extractText.ts';
import {
  archiveExtension,
  archiveFormat,
  archiveMark,
  type ArchiveManifest,
  manifestPath,
  signaturePath,
  signedBytes,
} from '../../archive/archiveFormat.ts';
import { peopleInCollection, peopleInNote } from '../../archive/peopleIn.ts';
import { proofExtension, toHex } from '../../proof/proofFile.ts';
import { standingSentences } from '../absences.ts';
import { arrangeBook, type ArrangedBook } from '../book/arrangeBook.ts';
import { bookWords } from '../book/bookWords.ts';
import { bookLabels, joinNames } from '../bookLabels.ts';
import { bookFileName } from '../fileNames.ts';
import { type PlacedNote, placeNotes } from '../placeNotes.ts';
import { siteLabels } from '../site/siteLabels.ts';
import type { SiteStyle } from '../site/SiteStyle.ts';
import { ZipWriter } from '../ZipWriter.ts';
import type { ArchiveContent, JournalPart, NotePart } from './ArchiveContent.ts';
import { ArchiveFile } from './ArchiveFile.ts';
import { archiveStyle } from './archiveStyle.ts';
import { archiveWords } from './archiveWords.ts';
import { historyHtml, type NameOf, noteText, talkHtml } from './notePage.ts';

/** What the file is called. */
export const archiveFileName = ({ book }: ArchiveContent): string =>
  `${bookFileName(book)}${archiveExtension}`;

/** Everybody whose id an archive says, to be named once. */
class Names {
  readonly #known = new Map<PersonId, string>();
  readonly #load: ArchiveContent['namesOf'];

  constructor(load: ArchiveContent['namesOf']) {
    this.#load = load;
  }

  async learn(ids: Iterable<PersonId | null>): Promise<void> {
    const fresh = [...new Set(ids)].filter((id) => id !== null && !this.#known.has(id)) as PersonId[];
    const found = await this.#load(fresh);
    for (const id of fresh) this.#known.set(id, found.get(id) ?? '');
  }

  readonly of: NameOf = (id) => this.#known.get(id) || null;

  /** Who is known by a name. */
  get all(): ArchiveManifest['people'] {
    return [...this.#known].flatMap(([id, name]) => (name === '' ? [] : [{ id, name }]));
  }
}

class Writer {
  readonly #content: ArchiveContent;
  readonly #arranged: ArrangedBook;
  readonly #file: ArchiveFile;
  readonly #names: Names;
  readonly #signal: AbortSignal;
  readonly #title: string;
  /** Stands in rendered HTML for the bytes of files: no text can name it. */
  readonly #mark = `./${randomBytes(12).toString('hex')}-`;
  readonly #manifest: Pick<ArchiveManifest, 'notes' | 'collections'> = { notes: [], collections: [] };
  /** Parts that come behind the page, each waiting in a file of its own: what an archive takes of the memory does not grow with its notes. */
  readonly #behind: { readonly path: string; readonly from: string; readonly packs: boolean }[] = [];
  readonly #folder: string;

  /** @param folder - where parts wait; it is there, and its own. */
  constructor(content: ArchiveContent, zip: ZipWriter, folder: string, signal: AbortSignal) {
    this.#content = content;
    this.#folder = folder;
    this.#arranged = arrangeBook(content.book);
    this.#file = new ArchiveFile(zip, content.loadFile, content.about.madeAt);
    this.#names = new Names(content.namesOf);
    this.#signal = signal;
    this.#title = content.book.title.trim() || bookLabels(content.book.language).untitled;
  }

  async write(style: SiteStyle, onProgress: (share: number) => void): Promise<void> {
    const { book, about } = this.#content;
    await this.#names.learn([about.by]);
    await this.#head(style);
    const notes = placeNotes(this.#arranged.content);
    await this.#home(notes.placed);
    for (const [at, placed] of notes.placed.entries()) {
      this.#signal.throwIfAborted();
      const part = await this.#content.loadNote(placed.note.id, this.#signal);
      await this.#names.learn(peopleInNote(part.note));
      await this.#note(placed, part, notes);
      onProgress((0.95 * (at + 1)) / (notes.placed.length + 1));
    }
    for (const id of this.#content.collections) await this.#collection(id);
    const { withheld } = book.absent;
    // Behind it nothing is read as a page, whatever it holds.
    await this.#file.text('</main><plaintext>');
    for (const { path, from, packs } of this.#behind) {
      this.#signal.throwIfAborted();
      await this.#file.part(path, await readFile(from), packs);
      await rm(from);
    }
    await this.#list(withheld);
  }

  async #list(withheld: number): Promise<void> {
    const { book, about, sign } = this.#content;
    const { key } = sign(new Uint8Array());
    const manifest: ArchiveManifest = {
      format: archiveFormat,
      ...about,
      key: toHex(key),
      title: this.#title,
      language: book.language,
      withheld,
      people: this.#names.all,
      ...this.#manifest,
      media: this.#file.media,
      parts: this.#file.parts,
    };
    const bytes = Buffer.from(JSON.stringify(manifest));
    const { signature } = sign(signedBytes(hash('sha256', bytes, 'buffer')));
    await this.#file.unlisted(manifestPath, bytes);
    await this.#file.unlisted(
      signaturePath,
      Buffer.from(JSON.stringify({ key: toHex(key), signature: toHex(signature) })),
    );
  }

  async #head(style: SiteStyle): Promise<void> {
    const { book } = this.#content;
    const labels = bookLabels(book.language);
    const { css, source } = archiveStyle(style);
    const policy = `default-src 'none'; style-src ${source}; img-src data:; media-src data:; font-src data:; base-uri 'none'; form-action 'none'`;
    await this.#file.text(
      `${archiveMark}\n<html${htmlAttributes({ lang: book.language })}><head><meta charset="utf-8">` +
        `<meta${htmlAttributes({ 'http-equiv': 'Content-Security-Policy', content: policy })}>` +
        `<title>${escapeHtml(this.#title)}</title><meta name="viewport" content="width=device-width, initial-scale=1">` +
        `<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer"><style>${css}</style></head>` +
        `<body><a class="site-skip" href="#text">${siteLabels(labels.language).skip}</a>` +
        `<header class="public-head"><a class="public-home" href="#home">${escapeHtml(this.#title)}</a></header><main id="text">`,
    );
  }

  /** What is opened first: the notes, under the parts that they begin, and what the file is. */
  async #home(placed: readonly PlacedNote[]): Promise<void> {
    const { content, parts } = this.#arranged;
    const labels = bookLabels(content.language);
    const words = archiveWords(labels.language);
    const lines = placed.map(({ id, title, note }) => {
      const authors =
        note.authors.length === 0
          ? ''
          : `<p class="public-note">${escapeHtml(joinNames(note.authors, labels))}</p>`;
      const lang = note.language === content.language ? {} : { lang: note.language };
      return `<li><a${htmlAttributes({ href: `#${id}`, ...lang })}>${escapeHtml(title)}</a>${authors}</li>`;
    });
    const opening = [{ title: labels.contents, from: 0 }, ...parts];
    const lists = opening.map(({ title, from }, at) => {
      const own = lines.slice(from, opening[at + 1]?.from ?? lines.length).join('');
      const heading = title ?? bookWords(labels.language).otherNotes;
      return own === '' ? '' : `<h2>${escapeHtml(heading)}</h2><ol>${own}</ol>`;
    });
    const { description } = content;
    const absences = standingSentences(content)
      .map((sentence) => `<p class="public-meta">${escapeHtml(sentence)}</p>`)
      .join('');
    const { by, madeAt, relay } = this.#content.about;
    const made = words.madeFor(this.#names.of(by) ?? words.somebody, madeAt, relay);
    await this.#file.text(
      `<section class="public-page archive-page archive-home" id="home"><header><h1>${escapeHtml(this.#title)}</h1>` +
        (description.trim() === ''
          ? ''
          : `<p class="public-description">${escapeHtml(description.trim())}</p>`) +
        `</header><section class="public-entries">${lists.join('')}</section>${absences}` +
        `<section class="archive-about"><h2>${words.about}</h2><p>${escapeHtml(words.whatItIs)}</p><p>${escapeHtml(words.comesBack)}</p>` +
        `<p>${escapeHtml(made)}</p></section></section>`,
    );
  }

  async #note(placed: PlacedNote, part: NotePart, notes: ReturnType<typeof placeNotes>): Promise<void> {
    const { note, id } = placed;
    const lang = note.language === this.#content.book.language ? {} : { lang: note.language };
    const words = archiveWords(bookLabels(note.language).language);
    const there = new Set<string>();
    for (const one of [...extractAttachments(note.body)] as AttachmentId[])
      if (isId(one) && (await this.#file.lookAt(one)) !== null) there.add(one);
    const text = noteText(placed, notes, (one) => (there.has(one) ? this.#mark + one : null));
    await this.#file.text(
      `<article class="public-page archive-page"${htmlAttributes({ id, ...lang, 'aria-labelledby': `${id}-title` })}>`,
    );
    await this.#withFiles(text);
    await this.#otherFiles(part.note.files, words.otherFiles);
    await this.#file.text(await historyHtml(placed, part, notes, this.#names.of));
    await this.#file.text(
      `${talkHtml(placed, part, this.#names.of)}<nav class="site-turn"><a href="#home">${words.home}</a></nav></article>`,
    );
    const journal = await this.#journal(part.journal, `journals/${note.id}`);
    const path = `notes/${note.id}.json`;
    this.#manifest.notes.push({
      id: note.id,
      kind: note.kind,
      isBeside: this.#content.beside.has(note.id),
      title: note.title,
      path,
      journal,
    });
    await this.#putBehind(path, Buffer.from(JSON.stringify(part.note)), true);
  }

  /** Writes HTML in which marks stand for the bytes of files. */
  async #withFiles(html: string): Promise<void> {
    for (const [at, piece] of html.split(this.#mark).entries()) {
      if (at > 0) await this.#file.address(piece.slice(0, 22) as AttachmentId);
      await this.#file.text(at === 0 ? piece : piece.slice(22));
    }
  }

  /** Those that only earlier versions showed, so that every file is in the page once. */
  async #otherFiles(ids: readonly AttachmentId[], label: string): Promise<void> {
    const others = ids.filter((id) => !this.#file.isWritten(id));
    if (others.length === 0) return;
    await this.#file.text(`<details class="archive-files"><summary>${escapeHtml(label)}</summary><ul>`);
    for (const id of others) {
      const about = await this.#file.lookAt(id);
      if (about === null) continue;
      await this.#file.text('<li><a href="');
      await this.#file.address(id);
      await this.#file.text(
        `"${htmlAttributes({ download: about.name })}>${escapeHtml(about.name)}</a></li>`,
      );
    }
    await this.#file.text('</ul></details>');
  }

  async #collection(id: ArchiveContent['collections'][number]): Promise<void> {
    const { collection, title, journal: log } = await this.#content.loadCollection(id, this.#signal);
    const { kind, cover } = collection;
    await this.#names.learn(peopleInCollection(collection));
    if (cover.image !== null && !this.#file.isWritten(cover.image)) {
      const about = await this.#file.lookAt(cover.image);
      if (about !== null) {
        await this.#file.text('<img hidden alt="" src="');
        await this.#file.address(cover.image);
        await this.#file.text('">');
      }
    }
    const path = `collections/${id}.json`;
    const journal = await this.#journal(log, `journals/${id}`);
    this.#manifest.collections.push({ id, kind, title, path, journal });
    await this.#putBehind(path, Buffer.from(JSON.stringify(collection)), true);
  }

  async #journal(
    log: JournalPart | null,
    place: string,
  ): Promise<ArchiveManifest['notes'][number]['journal']> {
    if (log === null) return null;
    const path = `${place}${proofExtension}`;
    await this.#putBehind(path, log.bytes, false);
    return { path, ...log.about };
  }

  async #putBehind(path: string, bytes: Uint8Array, packs: boolean): Promise<void> {
    const from = join(this.#folder, String(this.#behind.length));
    await writeFile(from, bytes, { mode: 0o600 });
    this.#behind.push({ path, from, packs });
  }
}

/**
 * Writes an archive: one file that every browser opens as pages without a script and without the network, and that Calepin imports whole.
 * @param path - of the file, which is not there yet.
 * @returns its length in bytes.
 * @throws an AbortError; what loading throws. Nothing is left of the file then.
 */
export async function writeArchive(
  content: ArchiveContent,
  style: SiteStyle,
  path: string,
  signal: AbortSignal,
  onProgress: (share: number) => void,
): Promise<number> {
  const zip = await ZipWriter.create(path);
  const folder = `${path}.parts`;
  try {
    await mkdir(folder, { mode: 0o700 });
    await new Writer(content, zip, folder, signal).write(style, onProgress);
    return await zip.finish();
  } catch (error) {
    await zip.abandon();
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
