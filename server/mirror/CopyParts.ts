import type { Logger } from 'pino';
import type { AttachmentId, DocumentId, PersonId } from '#shared/domain/ids.ts';
import type { RelayDocuments } from '../room/RelayDocuments.ts';
import type { MirrorRecord } from '../storage/ports/MirrorStore.ts';
import type { UpdateLog } from '../storage/ports/UpdateLog.ts';
import type { SendPace } from './SendPace.ts';
import type { Speakers } from './speakersOf.ts';

/** What was kept of rows that a home does not have. */
export interface KeptUnsent {
  /** The last row that is in it. */
  readonly last: number;
  /** What was made of them, and its last row; null: they hold nothing of anybody's. */
  readonly made: { readonly document: DocumentId; readonly seq: number } | null;
}

/** What a copy does beside its log. */
export interface CopyDuties {
  /** Makes the catalogue's part of it, or brings it up to what the home says. @throws AppError `home_unreachable`, `not_signed_in`, `not_allowed`. */
  readonly readSheet: (record: MirrorRecord) => Promise<void>;
  /** Makes it at the home, empty, if it is not there. @throws as `readSheet`; `conflict` when something else has its id. */
  readonly place: (record: MirrorRecord) => Promise<void>;
  /** The person of this computer. */
  readonly localPerson: () => Promise<PersonId | null>;
  /** Who somebody of the home is here. */
  readonly personOf: (person: PersonId) => PersonId;
  /** People whom its rows name get a name here. */
  readonly learnPeople: (people: ReadonlyMap<string, string>) => Promise<void>;
  /** For whom rows may be sent to its home. @throws AppError `home_unreachable`, `not_signed_in`. */
  readonly speakersOf: (record: MirrorRecord, people: readonly (PersonId | null)[]) => Promise<Speakers>;
  /** Brings the files that it shows, those that only this computer has to the home. Resolves when the home has what its rows may show. */
  readonly sendFiles: (record: MirrorRecord) => Promise<void>;
  readonly fetchFiles: (record: MirrorRecord) => Promise<void>;
  /** Fetches the bytes of a file again that are lost or damaged here. @returns whether they are here as they were. */
  readonly mendFile: (record: MirrorRecord, file: AttachmentId) => Promise<boolean>;
  /** Rows got other numbers: what was worked out of them is forgotten. @param numbers - the new of the old. */
  readonly renumbered: (document: DocumentId, numbers: ReadonlyMap<number, number>) => Promise<void>;
  /**
   * Makes a note, a carnet or a base of what only this computer has.
   * @param kept - `onlyOwn`: without what came from the home, which may not be read any more; `instead`: what was made of it before more rows came.
   */
  readonly keepUnsent: (
    record: MirrorRecord,
    kept: { readonly after: number; readonly onlyOwn: boolean; readonly instead: KeptUnsent | null },
  ) => Promise<KeptUnsent>;
  /** Takes it off this computer. @throws AppError `conflict` when there are rows behind `last` */
  readonly remove: (record: MirrorRecord, last: number | undefined) => Promise<void>;
  /** It is no copy, and stays: it is in no copy of a carnet of that home any more. */
  readonly forget: (record: MirrorRecord) => Promise<void>;
  /** Puts it into the carnet that it is to be in, at its home. @returns false when that did not. @throws as `readSheet` */
  readonly integrate: (record: MirrorRecord) => Promise<boolean>;
  /** Makes its named versions the same here and at its home. @throws as `readSheet` */
  readonly exchangeVersions: (record: MirrorRecord) => Promise<void>;
}

/** What a copy works with. */
export interface CopyParts {
  readonly log: UpdateLog;
  readonly documents: RelayDocuments;
  readonly logger: Logger;
  readonly now: () => number;
  readonly duties: CopyDuties;
  /** Says a message about the document to the home, if there is a way. */
  readonly send: (message: Uint8Array) => void;
  /** How fast rows may leave for its home. */
  readonly pace: SendPace;
  /** Keeps what is known of it. */
  readonly save: (record: MirrorRecord) => Promise<void>;
  /** Something of its state changed. */
  readonly changed: () => void;
  /** Opens it again, where there is a way. */
  readonly reopen: () => void;
  /** Something failed: it is opened again later. */
  readonly failed: () => void;
  /** It is kept no more. */
  readonly gone: () => void;
}
