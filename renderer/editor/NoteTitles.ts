import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { type EditorServices, useEditorServices } from './EditorServices.ts';

/** What is known of a linked note: not yet asked, its title, or that the person may not read it. */
export type KnownTitle =
  | { readonly state: 'asked' }
  | { readonly state: 'known'; readonly title: string }
  | { readonly state: 'unavailable' };

const asked: KnownTitle = { state: 'asked' };
const unavailable: KnownTitle = { state: 'unavailable' };

/** Titles older than this are asked again when shown, in milliseconds. */
const freshMs = 30_000;

/** Current titles of linked notes, asked for together and shared by every link. */
export class NoteTitles {
  readonly #ask: EditorServices['noteTitles'];
  readonly #titles = new Map<string, { readonly known: KnownTitle; readonly at: number }>();
  readonly #listeners = new Set<() => void>();
  #waiting = new Set<string>();

  constructor(ask: EditorServices['noteTitles']) {
    this.#ask = ask;
  }

  /** What is known now; asks when nothing recent is. */
  get(noteId: string): KnownTitle {
    const entry = this.#titles.get(noteId);
    if (!entry || Date.now() - entry.at > freshMs) this.#want(noteId);
    return entry?.known ?? asked;
  }

  /** Remembers a title just learnt elsewhere (a note found or made). */
  learn(noteId: string, title: string): void {
    this.#titles.set(noteId, { known: { state: 'known', title }, at: Date.now() });
    this.#tell();
  }

  /** @returns the way to stop listening. */
  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #want(noteId: string): void {
    if (this.#waiting.has(noteId)) return;
    if (this.#waiting.size === 0) queueMicrotask(() => void this.#send());
    this.#waiting.add(noteId);
  }

  async #send(): Promise<void> {
    const ids = [...this.#waiting];
    this.#waiting = new Set();
    try {
      const titles = await this.#ask(ids);
      for (const id of ids) {
        const title = titles.get(id);
        this.#titles.set(id, {
          known: title === undefined ? unavailable : { state: 'known', title },
          at: Date.now(),
        });
      }
    } catch {
      // No answer says nothing about the notes: what was known stays, and is asked again later.
      for (const id of ids)
        this.#titles.set(id, { known: this.#titles.get(id)?.known ?? asked, at: Date.now() });
    }
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

const stores = new WeakMap<EditorServices, NoteTitles>();

/** The titles that belong to these services. */
export function noteTitlesOf(services: EditorServices): NoteTitles {
  let titles = stores.get(services);
  if (!titles) {
    titles = new NoteTitles((ids) => services.noteTitles(ids));
    stores.set(services, titles);
  }
  return titles;
}

/** The current title of a linked note, followed. */
export function useNoteTitle(noteId: string): KnownTitle {
  const services = useEditorServices();
  const titles = useMemo(() => noteTitlesOf(services), [services]);
  const known = useSyncExternalStore(titles.subscribe, () => titles.get(noteId));
  useEffect(() => {
    titles.get(noteId);
  }, [titles, noteId]);
  return known;
}
