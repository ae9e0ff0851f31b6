import type { Catalogue } from '../ports/Catalogue.ts';
import { MemoryAttachmentBytes } from './MemoryAttachmentBytes.ts';
import { MemoryAttachmentStore } from './MemoryAttachmentStore.ts';
import { MemoryAttemptStore } from './MemoryAttemptStore.ts';
import { MemoryCollectionStore } from './MemoryCollectionStore.ts';
import { MemoryCommunityStore } from './MemoryCommunityStore.ts';
import { MemoryDerivedStore } from './MemoryDerivedStore.ts';
import { MemoryEditionStore } from './MemoryEditionStore.ts';
import { MemoryFeedSecretStore } from './MemoryFeedSecretStore.ts';
import { MemoryFollowedRelayStore } from './MemoryFollowedRelayStore.ts';
import { MemoryHomeAnswerStore } from './MemoryHomeAnswerStore.ts';
import { MemoryIdentityStore } from './MemoryIdentityStore.ts';
import { MemoryIncidentStore } from './MemoryIncidentStore.ts';
import { MemoryInvitationStore } from './MemoryInvitationStore.ts';
import { MemoryLeavingStore } from './MemoryLeavingStore.ts';
import { MemoryMeetingStore } from './MemoryMeetingStore.ts';
import { MemoryMirrorStore } from './MemoryMirrorStore.ts';
import { MemoryNoteStore } from './MemoryNoteStore.ts';
import { MemoryNoticeSettingsStore, MemoryNoticeStore } from './MemoryNoticeStore.ts';
import { MemoryPersonStore } from './MemoryPersonStore.ts';
import { MemoryPublishedRowStore } from './MemoryPublishedRowStore.ts';
import { MemoryReadMarkStore } from './MemoryReadMarkStore.ts';
import { MemoryRegister } from './MemoryRegister.ts';
import { MemoryRemovalStore } from './MemoryRemovalStore.ts';
import { MemoryReportStore } from './MemoryReportStore.ts';
import { MemoryRequestStore } from './MemoryRequestStore.ts';
import { MemorySearchIndex } from './MemorySearchIndex.ts';
import { MemorySettingsStore } from './MemorySettingsStore.ts';
import { MemoryTables } from './MemoryTables.ts';
import { MemoryStatementStore } from './MemoryStatementStore.ts';
import { MemoryThreadStore } from './MemoryThreadStore.ts';

/** A whole catalogue in memory, gone with the process: the reference adapter of every port. */
export function memoryCatalogue(): Catalogue {
  const tables = new MemoryTables();
  return {
    persons: new MemoryPersonStore(tables),
    identities: new MemoryIdentityStore(tables),
    followedRelays: new MemoryFollowedRelayStore(),
    homeAnswers: new MemoryHomeAnswerStore(),
    meetings: new MemoryMeetingStore(tables),
    statements: new MemoryStatementStore(tables),
    notes: new MemoryNoteStore(tables),
    carnets: new MemoryCollectionStore(tables, 'carnet'),
    bases: new MemoryCollectionStore(tables, 'base'),
    editions: new MemoryEditionStore(tables),
    publishedRows: new MemoryPublishedRowStore(tables),
    communities: new MemoryCommunityStore(tables),
    requests: new MemoryRequestStore(tables),
    threads: new MemoryThreadStore(tables),
    notices: new MemoryNoticeStore(tables),
    noticeSettings: new MemoryNoticeSettingsStore(tables),
    feedSecrets: new MemoryFeedSecretStore(tables),
    readMarks: new MemoryReadMarkStore(tables),
    reports: new MemoryReportStore(tables),
    register: new MemoryRegister(tables),
    incidents: new MemoryIncidentStore(tables),
    leaving: new MemoryLeavingStore(tables),
    invitations: new MemoryInvitationStore(tables),
    attachments: new MemoryAttachmentStore(tables),
    attachmentBytes: new MemoryAttachmentBytes(tables),
    derived: new MemoryDerivedStore(tables),
    search: new MemorySearchIndex(tables),
    removal: new MemoryRemovalStore(tables),
    settings: new MemorySettingsStore(tables),
    attempts: new MemoryAttemptStore(),
    mirrored: new MemoryMirrorStore(),
  };
}
