import type { Migration } from './Migration.ts';

/** The public halves of passkeys, as better-auth's plugin keeps them. */
export const passkeys: Migration = {
  name: '0009-passkeys',
  statements: [
    `CREATE TABLE auth_passkey (
      id TEXT PRIMARY KEY, name TEXT, publicKey TEXT NOT NULL, userId TEXT NOT NULL REFERENCES auth_user (id) ON DELETE CASCADE,
      credentialID TEXT NOT NULL UNIQUE, counter INTEGER NOT NULL, deviceType TEXT NOT NULL, backedUp INTEGER NOT NULL, transports TEXT,
      createdAt TEXT, aaguid TEXT
    ) STRICT, WITHOUT ROWID`,
    `CREATE INDEX auth_passkey_user ON auth_passkey (userId)`,
  ],
};
