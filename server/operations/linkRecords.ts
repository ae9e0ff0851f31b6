import type { CollectionKind } from '#shared/domain/Collection.ts';
import type { CommunityId, DocumentId, PersonId } from '#shared/domain/ids.ts';
import type { RegisterAct, RegisterLine } from '#shared/domain/Register.ts';

/** The lines of the register when a note, a carnet or a base goes from one community (or none) to another: on it, and on each community, whose page tells of it. */
export function linkRecords(
  by: PersonId,
  kind: 'note' | CollectionKind,
  id: DocumentId,
  before: CommunityId | null,
  after: CommunityId | null,
): RegisterLine[] {
  const line = (act: RegisterAct, subjectId: string, value: string | null) => ({
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
