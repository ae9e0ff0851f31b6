import { type RawBuilder, sql } from 'kysely';
import type { Asker } from '#shared/permissions/permissions.ts';

/**
 * The condition, on table `note`, under which the policy may let someone read a note: a filter before the policy itself is asked, so it must let through
 * at least what `noteRole` does. test/contract holds the two equal.
 */
export function noteVisibleTo(asker: Asker): RawBuilder<boolean> {
  if (asker === null) return sql<boolean>`(note.trashed_at IS NULL AND note.visibility = 'public')`;
  const named = (roles: RawBuilder<unknown>) =>
    sql<boolean>`EXISTS (SELECT 1 FROM note_person p WHERE p.note = note.id AND p.person = ${asker.id} AND p.role IN (${roles}))`;
  const inCommunity = (roles: RawBuilder<unknown>) =>
    sql<boolean>`EXISTS (SELECT 1 FROM community_person c WHERE c.community = note.community AND c.person = ${asker.id} AND c.role IN (${roles}))`;
  const isAuthor = sql<boolean>`(${named(sql`'author'`)} OR (note.author_mode = 'community' AND ${inCommunity(sql`'responsable'`)}))`;
  // What the note says of itself comes first: of most notes nothing else is looked up then.
  return sql<boolean>`((note.trashed_at IS NULL AND note.visibility IN ('public', 'members'))
    OR ${isAuthor} OR (note.trashed_at IS NULL AND (
      (note.visibility = 'community' AND ${inCommunity(sql`'responsable', 'member'`)})
      OR ${named(sql`'reader', 'commenter'`)}
    )))`;
}
