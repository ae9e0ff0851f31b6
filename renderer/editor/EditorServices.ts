import { createContext, useContext } from 'react';
import type { Attachment } from '#shared/api/attachments.ts';

/** A note that `[[` may link to. */
export interface FoundNote {
  readonly id: string;
  readonly title: string;
}

/** Sends files to the relay. */
export interface AttachmentUploader {
  /**
   * @param file - checked by the relay again, whatever its name says.
   * @param onProgress - share sent so far, 0 to 1.
   * @throws AppError `too_large`, `type_not_supported`, or another code when it could not be stored.
   */
  upload(file: File, onProgress: (share: number) => void, signal: AbortSignal): Promise<Attachment>;
  /** Largest file in bytes. */
  readonly maxBytes: number;
}

/** What the editor and the reading page need of the application around them. */
export interface EditorServices {
  readonly attachments: AttachmentUploader;
  /** Address that gives the bytes of an attachment. */
  attachmentUrl(attachmentId: string): string;
  /** Notes that the person may read, best first. */
  searchNotes(query: string, signal: AbortSignal): Promise<readonly FoundNote[]>;
  /** Makes a note with this title. @returns its id. */
  createNote(title: string): Promise<string>;
  /** Current titles of the notes that the person may read; the others are absent. */
  noteTitles(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Goes to a note of this relay. */
  openNote(noteId: string): void;
  /** Address of a note in this application, for `href`. */
  noteUrl(noteId: string): string;
  /** Opens an address outside; called only from a click, with an address that `safeHref` gave back. */
  openAddress(address: string): void;
  /** Tells the person a sentence. */
  notify(sentence: string, kind: 'info' | 'problem'): void;
}

const EditorServicesContext = createContext<EditorServices | null>(null);

/** Gives the services to the editor and the reader below it. */
export const EditorServicesProvider = EditorServicesContext.Provider;

/** The services of the nearest provider. @throws Error where there is none. */
export function useEditorServices(): EditorServices {
  const services = useContext(EditorServicesContext);
  if (!services) throw new Error('EditorServicesProvider is missing');
  return services;
}
