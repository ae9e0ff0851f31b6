import { type Compilable, type Kysely, type RawBuilder, sql } from 'kysely';
import type { CommunityPersonRole } from '#shared/domain/Community.ts';
import { absentKinds } from '#shared/domain/Person.ts';
import type { NotePersonRole } from '../../ports/NoteStore.ts';
import type { CatalogueTables } from './tables.ts';

/** Whether somebody may do what they are named for. @param person - a column. */
export const isPersonHere = (person: RawBuilder<unknown>): RawBuilder<number> =>
  sql<number>`NOT EXISTS (SELECT 1 FROM person AS absent WHERE absent.id = ${person} AND absent.kind IN (${sql.join(absentKinds)}))`;

/** Gives a role on a note, in place of a weaker one. After everyone who is there: two people of the same millisecond keep their order. */
export function notePersonUpsert(
  kysely: Kysely<CatalogueTables>,
  note: string,
  person: string,
  role: NotePersonRole,
  at: number,
): Compilable {
  const after = sql<number>`max(${at}, coalesce((SELECT max(at) + 1 FROM note_person WHERE note = ${note}), 0))`;
  return kysely
    .insertInto('note_person')
    .values({ note, person, role, at: after })
    .onConflict((conflict) =>
      conflict
        .columns(['note', 'person'])
        .doUpdateSet({ role, at: after })
        .where(
          sql<boolean>`(note_person.role = 'reader' AND excluded.role != 'reader') OR (note_person.role = 'commenter' AND excluded.role = 'author')`,
        ),
    );
}

/** Lets a person into a community, or gives them another role there; they keep their place in its list. */
export function communityPersonUpsert(
  kysely: Kysely<CatalogueTables>,
  community: string,
  person: string,
  role: CommunityPersonRole,
  at: number,
): Compilable {
  const after = sql<number>`max(${at}, coalesce((SELECT max(at) + 1 FROM community_person WHERE community = ${community}), 0))`;
  return kysely
    .insertInto('community_person')
    .values({ community, person, role, at: after })
    .onConflict((conflict) => conflict.columns(['community', 'person']).doUpdateSet({ role }));
}
