import { foldText } from '#shared/domain/foldText.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import type { NoteKind } from '#shared/domain/Note.ts';

/** A note of an import, as links find it. */
export interface LinkedNote {
  readonly id: NoteId;
  readonly path: string;
  readonly title: string;
  readonly kind: NoteKind;
  readonly labels: Readonly<Record<string, string>>;
}

/** Where an address of a file leads. */
export type Target =
  | { readonly kind: 'note'; readonly note: LinkedNote; readonly part: string | null }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'part'; readonly part: string }
  | { readonly kind: 'web'; readonly href: string }
  | { readonly kind: 'nowhere' };

const schemePattern = /^[a-z][a-z0-9+.-]*:/i;
const notionId = /\s+[0-9a-f]{32}$/i;

/** A name without the id that Notion writes at its end. */
export const withoutNotionId = (name: string): string => name.replace(notionId, '');

/** The name of a file, without its folder and its ending, as a title. */
export function nameOfPath(path: string): string {
  const last = path.split('/').at(-1) ?? '';
  return withoutNotionId(last.replace(/\.[A-Za-z0-9]{1,8}$/, ''))
    .replaceAll(/[_\s]+/g, ' ')
    .trim();
}

const keyOf = (path: string): string => path.normalize('NFC').toLowerCase();

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** @returns null where it leads out of the tree. */
function joinPath(folder: string, address: string): string | null {
  const parts = address.startsWith('/') || folder === '' ? [] : folder.split('/');
  for (const part of address.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}

/** The files of an import, and what an address in one of them leads to. */
export class ImportTree {
  readonly #files = new Map<string, string>();
  readonly #notes = new Map<string, LinkedNote>();
  /** By the last part of its path, with its ending and without it. */
  readonly #byName = new Map<string, string[]>();
  readonly #byTitle = new Map<string, LinkedNote>();

  constructor(paths: readonly string[], notes: readonly LinkedNote[]) {
    for (const path of paths) {
      this.#files.set(keyOf(path), path);
      const name = keyOf(path.split('/').at(-1) ?? '');
      for (const one of new Set([name, name.replace(/\.[a-z0-9]{1,8}$/, '')]))
        this.#byName.set(one, [...(this.#byName.get(one) ?? []), path]);
    }
    for (const note of notes) {
      this.#notes.set(keyOf(note.path), note);
      const title = foldText(note.title);
      if (!this.#byTitle.has(title)) this.#byTitle.set(title, note);
    }
  }

  /** @param from - path of the file that it stands in. */
  find(address: string, from: string): Target {
    const href = address.trim();
    if (href.startsWith('wiki:')) return this.#wiki(href.slice(5), from);
    if (href.startsWith('#')) return { kind: 'part', part: decoded(href.slice(1)) };
    if (href.startsWith('//')) return { kind: 'web', href: `https:${href}` };
    if (schemePattern.test(href)) return { kind: 'web', href };
    const [written = '', part] = href.split('#', 2);
    const path = written.replace(/\?.*$/, '');
    if (path === '') return { kind: 'nowhere' };
    const folder = from.split('/').slice(0, -1).join('/');
    const place = part === undefined ? null : decoded(part);
    for (const one of new Set([decoded(path), path])) {
      const joined = joinPath(folder, one);
      const found = joined === null ? null : this.#at(joined, place);
      if (found !== null) return found;
    }
    return { kind: 'nowhere' };
  }

  #at(path: string, part: string | null): Target | null {
    for (const ending of ['', '.md', '.markdown', '.html']) {
      const key = keyOf(path + ending);
      const note = this.#notes.get(key);
      if (note !== undefined) return { kind: 'note', note, part };
      const file = this.#files.get(key);
      if (file !== undefined) return { kind: 'file', path: file };
    }
    return null;
  }

  /** As Obsidian does: a path from the top, else the nearest file of that name, else a title. */
  #wiki(address: string, from: string): Target {
    const [path = '', part = null] = address.split('#', 2);
    if (path.trim() === '') return part === null ? { kind: 'nowhere' } : { kind: 'part', part };
    const whole = this.#at(path.trim(), part);
    if (whole !== null) return whole;
    const wanted = keyOf(path.trim());
    const named = this.#byName.get(wanted.split('/').at(-1) ?? '') ?? [];
    const fitting = named.filter((one) => {
      const key = keyOf(one);
      return key.endsWith(wanted) || key.replace(/\.[a-z0-9]{1,8}$/, '').endsWith(wanted);
    });
    const folder = from.split('/').slice(0, -1).join('/');
    const nearest = fitting.find((one) => one.startsWith(`${folder}/`)) ?? fitting[0];
    if (nearest !== undefined) return this.#at(nearest, part) ?? { kind: 'nowhere' };
    const note = this.#byTitle.get(foldText(path.trim()));
    return note === undefined ? { kind: 'nowhere' } : { kind: 'note', note, part };
  }
}
