import type { Migration } from './Migration.ts';

/** The register of confidentiality incidents (Law 25): each statement is an entry of its own, numbered within its incident. It names people by id, and outlives them. */
export const incidents: Migration = {
  name: '0050-incidents',
  statements: [
    `CREATE TABLE incident_entry (
      place INTEGER PRIMARY KEY AUTOINCREMENT, incident TEXT NOT NULL, number INTEGER NOT NULL, at INTEGER NOT NULL, by_person TEXT NOT NULL, reason TEXT,
      occurred_from TEXT NOT NULL, occurred_until TEXT, known_on TEXT NOT NULL, what TEXT NOT NULL, information TEXT NOT NULL, people_count INTEGER,
      is_serious INTEGER NOT NULL, why TEXT NOT NULL, measures TEXT NOT NULL, people_told_on TEXT, commission_told_on TEXT, UNIQUE (incident, number)
    ) STRICT`,
  ],
};
