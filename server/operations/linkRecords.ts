import type { CarnetId, CommunityId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { AuditRecord } from '../storage/ports/Trace.ts';

/** The lines of the register when a note or a carnet goes from one community (or none) to another: on it, and on each community, whose page tells of it. */
export function linkRecords(
  by: PersonId,
  kind: 'note' | 'carnet',
  id: NoteId | CarnetId,
  before: CommunityId | null,
  after: CommunityId | null,
): Omit<AuditRecord, 'at'>[] {
  const line = (act: string, subjectId: AuditRecord['subjectId'], value: string | null) => ({
    by,
    act,
    subjectId,
    person: null,
    value,
  });
  return [
    line(`${kind}.community`, id, after),
    ...(before === null ? [] : [line(`community.unlink_${kind}`, before, id)]),
    ...(after === null ? [] : [line(`community.link_${kind}`, after, id)]),
  ];
}
