import { useEffect, useState } from 'react';
import type { EditorServices } from './EditorServices.ts';

/** Services that stay the same object while what they call may change. */
class ServicesRelay implements EditorServices {
  #to: EditorServices;
  constructor(to: EditorServices) {
    this.#to = to;
  }

  pointAt(to: EditorServices): void {
    this.#to = to;
  }

  get attachments(): EditorServices['attachments'] {
    return this.#to.attachments;
  }
  attachmentUrl(id: string): string {
    return this.#to.attachmentUrl(id);
  }
  searchNotes(query: string, signal: AbortSignal): ReturnType<EditorServices['searchNotes']> {
    return this.#to.searchNotes(query, signal);
  }
  createNote(title: string): Promise<string> {
    return this.#to.createNote(title);
  }
  noteTitles(ids: readonly string[]): ReturnType<EditorServices['noteTitles']> {
    return this.#to.noteTitles(ids);
  }
  openNote(noteId: string): void {
    this.#to.openNote(noteId);
  }
  noteUrl(noteId: string): string {
    return this.#to.noteUrl(noteId);
  }
  openAddress(address: string): void {
    this.#to.openAddress(address);
  }
  notify(sentence: string, kind: 'info' | 'problem'): void {
    this.#to.notify(sentence, kind);
  }
}

/**
 * The same services for the life of an editor. An editor made again because the application drew itself anew would lose
 * the caret in the middle of a word.
 */
export function useStableServices(services: EditorServices): EditorServices {
  const [relay] = useState(() => new ServicesRelay(services));
  useEffect(() => relay.pointAt(services), [relay, services]);
  return relay;
}
