import type { KeyObject } from 'node:crypto';
import type { NoteId } from '#shared/domain/ids.ts';
import type { Accounts } from '../accounts/Accounts.ts';
import type { History } from '../history/History.ts';
import type { ExportJobs } from '../export/ExportJobs.ts';
import type { ImportJobs } from '../import/ImportJobs.ts';
import type { PagePictures } from '../export/pages/PagePictures.ts';
import type { LaunchSecret } from '../LaunchSecret.ts';
import type { HomeAnswers } from '../mirror/HomeAnswers.ts';
import type { MirrorFace } from '../mirror/MirrorFace.ts';
import type { RelayFollower } from '../mirror/RelayFollower.ts';
import type { MeetingCopies } from '../meeting/MeetingCopies.ts';
import type { JoinedMeetings } from '../meeting/JoinedMeetings.ts';
import type { MeetingHost } from '../meeting/MeetingHost.ts';
import type { NoticeLetters } from '../mail/NoticeLetters.ts';
import type { ExamineLog } from '../proof/Examined.ts';
import type { Proofs } from '../proof/Proofs.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { SittingStore } from '../storage/ports/SittingStore.ts';
import type { UpdateLog } from '../storage/ports/UpdateLog.ts';
import type { VersionStore } from '../storage/ports/VersionStore.ts';
import type { BackupKeeper } from '../backup/BackupKeeper.ts';
import type { ThinningKeeper } from '../thinning/ThinningKeeper.ts';
import type { TicketOffice } from '../ws/TicketOffice.ts';
import type { Sessions } from './sessions.ts';

/** What the routes need beside what the operations do. */
export interface HttpRelay extends RelayContext {
  readonly mode: 'local' | 'community';
  /** Version of the application. */
  readonly version: string;
  readonly exports: ExportJobs;
  readonly imports: ImportJobs;
  readonly pages: PagePictures;
  /** The community relays that are followed; null at one. */
  readonly follower: RelayFollower | null;
  /** What those answer, and answered; null at one. */
  readonly homeAnswers: HomeAnswers | null;
  /** The meetings of other computers that its person joined; null at a community relay. */
  readonly joined: JoinedMeetings | null;
  /** Keeps copies of what those meetings hold; null where no copies are kept. */
  readonly meetingCopies: Pick<MeetingCopies, 'bringUp'> | null;
  /** Keeps copies of their documents; null where there are none. */
  readonly mirror: MirrorFace | null;
  readonly history: History;
  readonly proofs: Proofs;
  readonly thinning: ThinningKeeper;
  /** Copies of all that is here; null where whoever keeps the relay makes them by command. */
  readonly backups: BackupKeeper | null;
  readonly versions: VersionStore;
  readonly sittings: SittingStore;
  /** The log as it is stored: rows under the ids that they were written with. */
  readonly journals: UpdateLog;
  /** Holds a whole log against its chain. */
  readonly examine: ExamineLog;
  /** Ed25519: signs heads and archives. */
  readonly signingKey: KeyObject;
  /** Folder of the built interface. */
  readonly interfaceFolder: string;
  /** Where people reach this relay, without a slash at its end. */
  readonly publicUrl: () => string;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly launchSecret: LaunchSecret;
  readonly meetings: MeetingHost;
  readonly tickets: TicketOffice;
  /** Aborted when the relay stops: long answers end. */
  readonly stopping: AbortSignal;
  /** Signs the links that stop letters. */
  readonly letterSecret: string;
  /** Sends what people are told by e-mail. */
  readonly letters: NoticeLetters;
  readonly versionCount: (note: NoteId) => Promise<number>;
}
