import type { BaseId, CarnetId } from '#shared/domain/ids.ts';
import type { AttachmentBytes } from './AttachmentBytes.ts';
import type { AttachmentStore } from './AttachmentStore.ts';
import type { AttemptStore } from './AttemptStore.ts';
import type { CollectionStore } from './CollectionStore.ts';
import type { CommunityStore } from './CommunityStore.ts';
import type { DerivedStore } from './DerivedStore.ts';
import type { EditionStore } from './EditionStore.ts';
import type { FeedSecretStore } from './FeedSecretStore.ts';
import type { FollowedRelayStore } from './FollowedRelayStore.ts';
import type { IdentityStore } from './IdentityStore.ts';
import type { IncidentStore } from './IncidentStore.ts';
import type { InvitationStore } from './InvitationStore.ts';
import type { LeavingStore } from './LeavingStore.ts';
import type { NoteStore } from './NoteStore.ts';
import type { NoticeSettingsStore, NoticeStore } from './NoticeStore.ts';
import type { PersonStore } from './PersonStore.ts';
import type { PublishedRowStore } from './PublishedRowStore.ts';
import type { ReadMarkStore } from './ReadMarkStore.ts';
import type { Register } from './Register.ts';
import type { RemovalStore } from './RemovalStore.ts';
import type { ReportStore } from './ReportStore.ts';
import type { RequestStore } from './RequestStore.ts';
import type { SearchIndex } from './SearchIndex.ts';
import type { SettingsStore } from './SettingsStore.ts';
import type { ThreadStore } from './ThreadStore.ts';

/** Everything that a relay keeps beside the update log and its versions. */
export interface Catalogue {
  readonly persons: PersonStore;
  readonly identities: IdentityStore;
  /** Empty at a community relay. */
  readonly followedRelays: FollowedRelayStore;
  readonly notes: NoteStore;
  readonly carnets: CollectionStore<CarnetId>;
  readonly bases: CollectionStore<BaseId>;
  readonly editions: EditionStore;
  readonly publishedRows: PublishedRowStore;
  readonly communities: CommunityStore;
  readonly requests: RequestStore;
  readonly threads: ThreadStore;
  readonly notices: NoticeStore;
  readonly noticeSettings: NoticeSettingsStore;
  readonly feedSecrets: FeedSecretStore;
  readonly readMarks: ReadMarkStore;
  readonly reports: ReportStore;
  readonly register: Register;
  readonly incidents: IncidentStore;
  readonly leaving: LeavingStore;
  readonly invitations: InvitationStore;
  readonly attachments: AttachmentStore;
  readonly attachmentBytes: AttachmentBytes;
  readonly derived: DerivedStore;
  readonly search: SearchIndex;
  readonly removal: RemovalStore;
  readonly settings: SettingsStore;
  readonly attempts: AttemptStore;
}
