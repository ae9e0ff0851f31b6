import type { NoteId } from '../../domain/ids.ts';
import type { BodyNode, NoteContent } from '../noteContent.ts';
import { englishWelcome } from './english.ts';
import { frenchWelcome } from './french.ts';

/** A note of the welcome carnet; `key` names it in the links of the others. */
export interface WelcomeNote<Key extends string = string> {
  readonly key: Key;
  readonly title: string;
  readonly body: (idOf: (key: Key) => string) => BodyNode;
}

/** The carnet that a first launch shows: it teaches by example and can be thrown away. */
export interface WelcomeCarnet<Key extends string = string> {
  readonly language: string;
  readonly title: string;
  readonly description: string;
  readonly notes: readonly WelcomeNote<Key>[];
}

/** The welcome carnet with its notes' ids made and the links between them resolved. */
export interface WelcomeContent {
  readonly title: string;
  readonly description: string;
  readonly language: string;
  /** In reading order. */
  readonly notes: readonly { readonly id: NoteId; readonly content: NoteContent }[];
}

/**
 * The content of the welcome carnet.
 * @param language - of the interface: English for `en…`, French for every other.
 * @param newNoteId - a fresh id, asked once per note.
 */
export function welcomeContent(language: string, newNoteId: () => NoteId): WelcomeContent {
  const carnet: WelcomeCarnet = /^en(-|$)/i.test(language) ? englishWelcome : frenchWelcome;
  const ids = new Map(carnet.notes.map((note) => [note.key, newNoteId()]));
  const idOf = (key: string): string => {
    const id = ids.get(key);
    if (id === undefined) throw new Error(`no welcome note is called ${key}`);
    return id;
  };
  return {
    title: carnet.title,
    description: carnet.description,
    language: carnet.language,
    notes: carnet.notes.map((note) => ({
      id: idOf(note.key) as NoteId,
      content: { title: note.title, body: note.body(idOf), language: carnet.language },
    })),
  };
}
