import Database from 'better-sqlite3';
import { expect } from 'vitest';
import * as Y from 'yjs';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { LogRow } from '#server/storage/ports/UpdateLog.ts';
import { LogOperations } from '#server/storage/sqlite/logOperations.ts';
import { readPage } from '#server/storage/sqlite/readJournal.ts';
import { letterOf, type PromisedWriter } from './PromisedWriter.ts';

/** How far a log was read. */
export interface Reading {
  /** The last row of each document. */
  readonly rows: Map<DocumentId, number>;
  /** How many letters of each writer there are. */
  readonly letters: Map<PromisedWriter, number>;
}

export const newReading = (): Reading => ({ rows: new Map(), letters: new Map() });

/** From the journal's segments and from the rows that are in none. */
function* rowsAfter(database: Database.Database, document: DocumentId, after: number): Generator<LogRow> {
  for (let last = after; ;) {
    const page = readPage(database, document, last, Number.MAX_SAFE_INTEGER);
    yield* page;
    if (page.length === 0) return;
    last = page.at(-1)?.seq ?? last;
  }
}

/**
 * Reads a log as the relay would: in order, each row as written, each letter once, nothing that nobody typed; a checkpoint says what its rows say.
 * @param reading - how far it was read before; brought up to date.
 * @throws when the file or the log is not sound.
 */
export function readLog(file: string, writers: readonly PromisedWriter[], reading: Reading): void {
  const database = new Database(file, { fileMustExist: true });
  try {
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    const log = new LogOperations(database);
    for (const document of new Set(writers.map((writer) => writer.document))) {
      const its = writers.filter((writer) => writer.document === document);
      const checkpoint = log.checkpoint(document);
      const collected = new Map(checkpoint && Y.decodeStateVector(checkpoint.stateVector));
      for (const row of rowsAfter(database, document, reading.rows.get(document) ?? 0)) {
        expect(row.seq, 'no hole in the log').toBe((reading.rows.get(document) ?? 0) + 1);
        reading.rows.set(document, row.seq);
        for (const struct of Y.decodeUpdate(row.bytes).structs) {
          const writer = its.find(({ doc }) => doc.clientID === struct.id.client);
          if (!writer || !(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString))
            throw new Error(`row ${row.seq} holds what nobody wrote`);
          let count = reading.letters.get(writer) ?? 0;
          expect(row.person).toBe(writer.person);
          expect(struct.id.clock, 'each letter once, in order').toBe(count);
          for (const letter of struct.content.str) expect(letter).toBe(letterOf(count++));
          reading.letters.set(writer, count);
        }
        if (row.seq !== checkpoint?.seq) continue;
        const clocks = its.flatMap((writer) => {
          const count = reading.letters.get(writer) ?? 0;
          return count === 0 ? [] : ([[writer.doc.clientID, count]] as const);
        });
        expect(collected, 'the checkpoint says what its rows say').toEqual(new Map(clocks));
      }
    }
  } finally {
    database.close();
  }
}

/** Who was promised more at a moment than the log in a file has, as sentences. */
export function betrayed(file: string, writers: readonly PromisedWriter[], moment: bigint): string[] {
  const reading = newReading();
  readLog(file, writers, reading);
  return writers.flatMap((writer, at) => {
    const [has, must] = [reading.letters.get(writer) ?? 0, writer.acknowledgedAt(moment)];
    return has < must ? [`writer ${at} has ${has} letters of ${must}`] : [];
  });
}
