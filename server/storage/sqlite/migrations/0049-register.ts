import type { Migration } from './Migration.ts';

const acts: readonly (readonly [string, string])[] = [
  ['account_created', 'account.created'],
  ['sign_in_refused', 'account.refused'],
  ['account_deleted', 'account.deleted'],
  ['invited', 'relay.invited'],
  ['invitation_revoked', 'relay.invitation_revoked'],
  ['role_changed', 'relay.role'],
];
const whatItWas = ['note', 'carnet', 'base'];
const renamed = acts.map(([from, to]) => `WHEN '${from}' THEN '${to}'`).join(' ');

/**
 * One register instead of two: that of rights on notes, carnets and communities, and that of accounts and roles of the relay. Every line of both is carried over, in the order of
 * their times (of the same time, as each had them); from where they came was not kept then. An act says what it is on: `note.visibility`, `account.signed_in`.
 */
export const register: Migration = {
  name: '0049-register',
  statements: [
    `CREATE TABLE register (
      number INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, by_person TEXT, act TEXT NOT NULL, subject_id TEXT, person TEXT, value TEXT,
      session TEXT, device TEXT
    ) STRICT`,
    `INSERT INTO register (at, by_person, act, subject_id, person, value)
      SELECT at, by_person, act, subject_id, person, value FROM (
        SELECT at, 0 AS origin, number, by_person,
          CASE WHEN act != 'destroyed' THEN act
            -- What it was is told by what was done to it before, if anything was.
            ${whatItWas.map((kind) => `WHEN EXISTS (SELECT 1 FROM audit AS other WHERE other.subject_id = audit.subject_id AND other.act LIKE '${kind}.%') THEN '${kind}.destroyed'`).join(' ')}
            ELSE 'document.destroyed' END AS act,
          subject_id, person, value
        FROM audit
        UNION ALL
        SELECT at, 1 AS origin, number, person AS by_person,
          CASE kind ${renamed} WHEN 'exported' THEN iif(detail = 'person', 'account', detail) || '.exported' ELSE 'account.' || kind END AS act,
          iif(subject IN (SELECT id FROM person), NULL, subject) AS subject_id,
          iif(subject IN (SELECT id FROM person), subject, NULL) AS person,
          iif(kind = 'exported', NULL, detail) AS value
        FROM access_event
      ) ORDER BY at, origin, number`,
    `CREATE INDEX register_subject ON register (subject_id, number) WHERE subject_id IS NOT NULL`,
    `CREATE INDEX register_by ON register (by_person, number) WHERE by_person IS NOT NULL`,
    `CREATE INDEX register_person ON register (person, number) WHERE person IS NOT NULL`,
    `CREATE INDEX register_act ON register (act, number)`,
    `DROP TABLE audit`,
    `DROP TABLE access_event`,
  ],
};
