import type { Kysely } from 'kysely';
import type { MessageId, NoteId, PersonId, ThreadId } from '#shared/domain/ids.ts';
import type { Thread, ThreadMessage } from '#shared/domain/Thread.ts';
import type { MessageText, ThreadRecord, ThreadStore, ThreadSummary } from '../../ports/ThreadStore.ts';
import type { Trace } from '../../ports/Trace.ts';
import { type CatalogueDatabase, inTransaction, slices } from './CatalogueDatabase.ts';
import type { CatalogueTables } from './tables.ts';
import { traceInserts } from './traceInserts.ts';

function toThread(row: CatalogueTables['thread']): Thread {
  const { anchor_start: start, anchor_end: end, quote } = row;
  return {
    id: row.id as ThreadId,
    note: row.note as NoteId,
    by: row.by_person as PersonId | null,
    createdAt: row.created_at,
    anchor: start === null || end === null || quote === null ? null : { start, end, quote },
    resolvedAt: row.resolved_at,
    resolvedBy: row.resolved_by as PersonId | null,
  };
}

function toMessage(row: CatalogueTables['thread_message']): ThreadMessage {
  return {
    id: row.id as MessageId,
    thread: row.thread as ThreadId,
    by: row.by_person as PersonId | null,
    text: row.text,
    mentions: JSON.parse(row.mentions) as PersonId[],
    createdAt: row.created_at,
    writtenAt: row.written_at,
    editedAt: row.edited_at,
    deletedAt: row.deleted_at,
  };
}

const messageInsert = (kysely: Kysely<CatalogueTables>, message: ThreadMessage) =>
  kysely
    .insertInto('thread_message')
    .values({
      id: message.id,
      thread: message.thread,
      by_person: message.by,
      text: message.text,
      mentions: JSON.stringify(message.mentions),
      created_at: message.createdAt,
      written_at: message.writtenAt,
      edited_at: message.editedAt,
      deleted_at: message.deletedAt,
    })
    .onConflict((conflict) => conflict.column('id').doNothing());

const isWritten = ({ numInsertedOrUpdatedRows }: { numInsertedOrUpdatedRows?: bigint | undefined }) =>
  (numInsertedOrUpdatedRows ?? 0n) > 0n;

/** What is said about notes, over SQLite. */
export class SqliteThreadStore implements ThreadStore {
  readonly #db: CatalogueDatabase;

  constructor(db: CatalogueDatabase) {
    this.#db = db;
  }

  start(thread: Thread, message: ThreadMessage, trace: Trace): Promise<boolean> {
    return this.#write(trace, async (kysely) => {
      const taken = await kysely
        .selectFrom('thread_message')
        .select('id')
        .where('id', '=', message.id)
        .executeTakeFirst();
      if (taken !== undefined) return false;
      const result = await kysely
        .insertInto('thread')
        .values({
          id: thread.id,
          note: thread.note,
          by_person: thread.by,
          created_at: thread.createdAt,
          anchor_start: thread.anchor?.start ?? null,
          anchor_end: thread.anchor?.end ?? null,
          quote: thread.anchor?.quote ?? null,
          resolved_at: thread.resolvedAt,
          resolved_by: thread.resolvedBy,
        })
        .onConflict((conflict) => conflict.column('id').doNothing())
        .executeTakeFirst();
      return isWritten(result) && isWritten(await messageInsert(kysely, message).executeTakeFirst());
    });
  }

  reply(message: ThreadMessage, trace: Trace): Promise<boolean> {
    return this.#write(trace, async (kysely) =>
      isWritten(await messageInsert(kysely, message).executeTakeFirst()),
    );
  }

  async get(id: ThreadId): Promise<ThreadRecord | null> {
    const row = await this.#db.kysely
      .selectFrom('thread')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined) return null;
    const messages = await this.#db.kysely
      .selectFrom('thread_message')
      .selectAll()
      .where('thread', '=', id)
      .orderBy('number')
      .execute();
    return { ...toThread(row), messages: messages.map(toMessage) };
  }

  async ofNote(note: NoteId): Promise<readonly ThreadRecord[]> {
    const [rows, messages] = await Promise.all([
      this.#db.kysely.selectFrom('thread').selectAll().where('note', '=', note).orderBy('number').execute(),
      this.#db.kysely
        .selectFrom('thread_message')
        .selectAll()
        .where('thread', 'in', (eb) => eb.selectFrom('thread').select('id').where('note', '=', note))
        .orderBy('number')
        .execute(),
    ]);
    const byThread = Map.groupBy(messages.map(toMessage), (message) => message.thread);
    return rows.map((row) => ({ ...toThread(row), messages: byThread.get(row.id as ThreadId) ?? [] }));
  }

  async newestOf(notes: readonly NoteId[], limit: number): Promise<readonly ThreadSummary[]> {
    const found: ThreadSummary[] = [];
    for (const slice of slices(notes)) {
      const rows = await this.#db.kysely
        .selectFrom('thread')
        .innerJoin('thread_message', 'thread_message.thread', 'thread.id')
        .selectAll('thread')
        .select((eb) => [
          eb.fn.max<number>('thread_message.created_at').as('last_at'),
          eb.fn.countAll<number>().as('count'),
        ])
        .where('thread.note', 'in', slice)
        .where('thread_message.deleted_at', 'is', null)
        .groupBy('thread.id')
        .orderBy('last_at', 'desc')
        .limit(limit)
        .execute();
      for (const row of rows)
        found.push({ thread: toThread(row), lastAt: row.last_at, messageCount: row.count });
    }
    return found.toSorted((a, b) => b.lastAt - a.lastAt).slice(0, limit);
  }

  edit(id: MessageId, { text, mentions }: MessageText, at: number, trace: Trace): Promise<boolean> {
    return this.#write(trace, async (kysely) => {
      const { numUpdatedRows } = await kysely
        .updateTable('thread_message')
        .set({ text, mentions: JSON.stringify(mentions), edited_at: at })
        .where('id', '=', id)
        .where('deleted_at', 'is', null)
        .where('text', '!=', text)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    });
  }

  retract(id: MessageId, at: number, trace: Trace): Promise<boolean> {
    return this.#write(trace, async (kysely) => {
      const { numUpdatedRows } = await kysely
        .updateTable('thread_message')
        .set({ text: '', mentions: '[]', deleted_at: at })
        .where('id', '=', id)
        .where('deleted_at', 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    });
  }

  resolve(
    id: ThreadId,
    resolved: { readonly by: PersonId; readonly at: number } | null,
    trace: Trace,
  ): Promise<boolean> {
    return this.#write(trace, async (kysely) => {
      const { numUpdatedRows } = await kysely
        .updateTable('thread')
        .set({ resolved_at: resolved?.at ?? null, resolved_by: resolved?.by ?? null })
        .where('id', '=', id)
        .where('resolved_at', resolved === null ? 'is not' : 'is', null)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    });
  }

  async writtenBy(person: PersonId): Promise<readonly { thread: Thread; message: ThreadMessage }[]> {
    const messages = await this.#db.kysely
      .selectFrom('thread_message')
      .selectAll()
      .where('by_person', '=', person)
      .where('deleted_at', 'is', null)
      .orderBy('number')
      .execute();
    const threads = new Map<string, Thread>();
    for (const slice of slices([...new Set(messages.map((message) => message.thread))])) {
      const rows = await this.#db.kysely.selectFrom('thread').selectAll().where('id', 'in', slice).execute();
      for (const row of rows) threads.set(row.id, toThread(row));
    }
    return messages.flatMap((row) => {
      const thread = threads.get(row.thread);
      return thread === undefined ? [] : [{ thread, message: toMessage(row) }];
    });
  }

  async messagesBy(person: PersonId, since: number): Promise<number> {
    const { count } = await this.#db.kysely
      .selectFrom('thread_message')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('by_person', '=', person)
      .where('created_at', '>=', since)
      .executeTakeFirstOrThrow();
    return count;
  }

  /** Writes, and its trace with it when something was written. */
  async #write(trace: Trace, write: (kysely: Kysely<CatalogueTables>) => Promise<boolean>): Promise<boolean> {
    const written = await inTransaction(this.#db, async (kysely) =>
      (await write(kysely)) ? { value: true, then: traceInserts(kysely, trace) } : null,
    );
    return written ?? false;
  }
}
