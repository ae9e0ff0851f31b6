import type { Migration } from './Migration.ts';

/** What followed relays answered last. */
export const homeAnswers: Migration = {
  name: '0096-home-answers',
  statements: [
    `CREATE TABLE home_answer (
      relay TEXT NOT NULL, path TEXT NOT NULL, body TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (relay, path)
    ) STRICT`,
    `CREATE INDEX home_answer_age ON home_answer (relay, at)`,
  ],
};
