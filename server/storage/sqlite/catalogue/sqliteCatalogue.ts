import path from 'node:path';
import { FileAttachmentBytes } from '../../FileAttachmentBytes.ts';
import type { Catalogue } from '../../ports/Catalogue.ts';
import type { SqliteDatabase } from '../SqliteDatabase.ts';
import { catalogueDatabase } from './CatalogueDatabase.ts';
import { SqliteAttachmentStore } from './SqliteAttachmentStore.ts';
import { SqliteAttemptStore } from './SqliteAttemptStore.ts';
import { SqliteCollectionStore } from './SqliteCollectionStore.ts';
import { SqliteCommunityStore } from './SqliteCommunityStore.ts';
import { SqliteDerivedStore } from './SqliteDerivedStore.ts';
import { SqliteEditionStore } from './SqliteEditionStore.ts';
import { SqliteFeedSecretStore } from './SqliteFeedSecretStore.ts';
import { SqliteFollowedRelayStore } from './SqliteFollowedRelayStore.ts';
import { SqliteHomeAnswerStore } from './SqliteHomeAnswerStore.ts';
import { SqliteIdentityStore } from './SqliteIdentityStore.ts';
import { SqliteIncidentStore } from './SqliteIncidentStore.ts';
import { SqliteInvitationStore } from './SqliteInvitationStore.ts';
import { SqliteLeavingStore } from './SqliteLeavingStore.ts';
import { SqliteMeetingStore } from './SqliteMeetingStore.ts';
import { SqliteMirrorStore } from './SqliteMirrorStore.ts';
import { SqliteNoteStore } from './SqliteNoteStore.ts';
import { SqliteNoticeSettingsStore } from './SqliteNoticeSettingsStore.ts';
import { SqliteNoticeStore } from './SqliteNoticeStore.ts';
import { SqlitePersonStore } from './SqlitePersonStore.ts';
import { SqlitePublishedRowStore } from './SqlitePublishedRowStore.ts';
import { SqliteReadMarkStore } from './SqliteReadMarkStore.ts';
import { SqliteRegister } from './SqliteRegister.ts';
import { SqliteRemovalStore } from './SqliteRemovalStore.ts';
import { SqliteReportStore } from './SqliteReportStore.ts';
import { SqliteRequestStore } from './SqliteRequestStore.ts';
import { SqliteSearchIndex } from './SqliteSearchIndex.ts';
import { SqliteSettingsStore } from './SqliteSettingsStore.ts';
import { SqliteStatementStore } from './SqliteStatementStore.ts';
import { SqliteThreadStore } from './SqliteThreadStore.ts';

/**
 * The catalogue of a relay that keeps everything in one folder.
 * @param database - with `migrations` applied; it is closed by who opened it.
 * @param dataFolder - attachments go into its folder `attachments`.
 */
export function sqliteCatalogue(database: SqliteDatabase, dataFolder: string): Catalogue {
  const db = catalogueDatabase(database);
  return {
    persons: new SqlitePersonStore(db),
    identities: new SqliteIdentityStore(db),
    followedRelays: new SqliteFollowedRelayStore(db),
    homeAnswers: new SqliteHomeAnswerStore(db),
    notes: new SqliteNoteStore(db),
    carnets: new SqliteCollectionStore(db, 'carnet'),
    bases: new SqliteCollectionStore(db, 'base'),
    editions: new SqliteEditionStore(db),
    publishedRows: new SqlitePublishedRowStore(db),
    communities: new SqliteCommunityStore(db),
    requests: new SqliteRequestStore(db),
    threads: new SqliteThreadStore(db),
    notices: new SqliteNoticeStore(db),
    noticeSettings: new SqliteNoticeSettingsStore(db),
    feedSecrets: new SqliteFeedSecretStore(db),
    readMarks: new SqliteReadMarkStore(db),
    reports: new SqliteReportStore(db),
    register: new SqliteRegister(db),
    incidents: new SqliteIncidentStore(db),
    leaving: new SqliteLeavingStore(db),
    meetings: new SqliteMeetingStore(db),
    statements: new SqliteStatementStore(db),
    invitations: new SqliteInvitationStore(db),
    attachments: new SqliteAttachmentStore(db),
    attachmentBytes: new FileAttachmentBytes(path.join(dataFolder, 'attachments')),
    derived: new SqliteDerivedStore(db),
    search: new SqliteSearchIndex(db),
    removal: new SqliteRemovalStore(db),
    settings: new SqliteSettingsStore(db),
    attempts: new SqliteAttemptStore(db),
    mirrored: new SqliteMirrorStore(db),
  };
}
