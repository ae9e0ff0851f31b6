import type { Migration } from './Migration.ts';

/**
 * Sign-in by better-auth, whose tables have its names of columns and its dates as text. A row of `auth_user` is how a person signs in, under the person's own id; its e-mail is null
 * for who has no account (the person of a computer, guests). Sessions of before cannot be carried over: of their secrets only a hash was kept.
 */
export const accounts: Migration = {
  name: '0007-accounts',
  statements: [
    `DROP TABLE session`,
    `CREATE TABLE auth_user (
      id TEXT PRIMARY KEY REFERENCES person (id) ON DELETE CASCADE, name TEXT NOT NULL, email TEXT UNIQUE, emailVerified INTEGER NOT NULL,
      image TEXT, createdAt TEXT NOT NULL, updatedAt TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
    `CREATE TABLE auth_session (
      id TEXT PRIMARY KEY, expiresAt TEXT NOT NULL, token TEXT NOT NULL UNIQUE, createdAt TEXT NOT NULL, updatedAt TEXT NOT NULL,
      ipAddress TEXT, userAgent TEXT, userId TEXT NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX auth_session_user ON auth_session (userId)`,
    `CREATE TABLE auth_account (
      id TEXT PRIMARY KEY, accountId TEXT NOT NULL, providerId TEXT NOT NULL, userId TEXT NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
      accessToken TEXT, refreshToken TEXT, idToken TEXT, accessTokenExpiresAt TEXT, refreshTokenExpiresAt TEXT, scope TEXT, password TEXT,
      createdAt TEXT NOT NULL, updatedAt TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX auth_account_user ON auth_account (userId)`,
    `CREATE TABLE auth_verification (
      id TEXT PRIMARY KEY, identifier TEXT NOT NULL, value TEXT NOT NULL, expiresAt TEXT NOT NULL, createdAt TEXT NOT NULL, updatedAt TEXT NOT NULL
    ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX auth_verification_identifier ON auth_verification (identifier)`,
    `ALTER TABLE person ADD COLUMN role TEXT NOT NULL DEFAULT 'member'`,
    `UPDATE person SET role = 'administrator', kind = 'guest' WHERE kind = 'owner'`,
    `UPDATE invitation SET role = 'administrator' WHERE role = 'owner'`,
    // Whoever held that link is signed out: another is printed.
    `DELETE FROM setting WHERE key = 'owner-invited'`,
    // How often something was tried for one account (its e-mail is not in the key), until when the count stands.
    `CREATE TABLE attempt (key TEXT PRIMARY KEY, count INTEGER NOT NULL, until INTEGER NOT NULL) STRICT, WITHOUT ROWID`,
    // The register of who came in and whose rights changed. It names people by id, and outlives them.
    `CREATE TABLE access_event (
      number INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, kind TEXT NOT NULL, person TEXT, subject TEXT, detail TEXT
    ) STRICT`,
  ],
};
