import type { MessageId, NoteId, PersonId, ThreadId } from '#shared/domain/ids.ts';
import type { Thread, ThreadMessage } from '#shared/domain/Thread.ts';
import type { MessageText, ThreadRecord, ThreadStore, ThreadSummary } from '../ports/ThreadStore.ts';
import type { Trace } from '../ports/Trace.ts';
import type { MemoryTables } from './MemoryTables.ts';

/** What is said about notes, in memory. Maps keep the order in which things came. */
export class MemoryThreadStore implements ThreadStore {
  readonly #tables: MemoryTables;

  constructor(tables: MemoryTables) {
    this.#tables = tables;
  }

  async start(thread: Thread, message: ThreadMessage, trace: Trace): Promise<boolean> {
    const { threads, messages } = this.#tables;
    if (threads.has(thread.id) || messages.has(message.id)) return false;
    threads.set(thread.id, thread);
    messages.set(message.id, message);
    this.#tables.write(trace);
    return true;
  }

  async reply(message: ThreadMessage, trace: Trace): Promise<boolean> {
    if (this.#tables.messages.has(message.id)) return false;
    this.#tables.messages.set(message.id, message);
    this.#tables.write(trace);
    return true;
  }

  async get(id: ThreadId): Promise<ThreadRecord | null> {
    const thread = this.#tables.threads.get(id);
    return thread === undefined ? null : this.#record(thread);
  }

  async ofNote(note: NoteId): Promise<readonly ThreadRecord[]> {
    return [...this.#tables.threads.values()]
      .filter((thread) => thread.note === note)
      .map((thread) => this.#record(thread));
  }

  async newestOf(notes: readonly NoteId[], limit: number): Promise<readonly ThreadSummary[]> {
    const standing = Map.groupBy(
      [...this.#tables.messages.values()].filter((message) => message.deletedAt === null),
      (message) => message.thread,
    );
    return [...this.#tables.threads.values()]
      .flatMap((thread): ThreadSummary[] => {
        const messages = standing.get(thread.id) ?? [];
        if (!notes.includes(thread.note) || messages.length === 0) return [];
        const lastAt = Math.max(...messages.map((message) => message.createdAt));
        return [{ thread, lastAt, messageCount: messages.length }];
      })
      .toSorted((a, b) => b.lastAt - a.lastAt)
      .slice(0, limit);
  }

  async edit(id: MessageId, { text, mentions }: MessageText, at: number, trace: Trace): Promise<boolean> {
    return this.#change(id, trace, (message) =>
      message.text === text ? null : { ...message, text, mentions, editedAt: at },
    );
  }

  async retract(id: MessageId, at: number, trace: Trace): Promise<boolean> {
    return this.#change(id, trace, (message) => ({ ...message, text: '', mentions: [], deletedAt: at }));
  }

  async resolve(
    id: ThreadId,
    resolved: { readonly by: PersonId; readonly at: number } | null,
    trace: Trace,
  ): Promise<boolean> {
    const thread = this.#tables.threads.get(id);
    if (thread === undefined || (thread.resolvedAt === null) === (resolved === null)) return false;
    const { at: resolvedAt, by: resolvedBy } = resolved ?? { at: null, by: null };
    this.#tables.threads.set(id, { ...thread, resolvedAt, resolvedBy });
    this.#tables.write(trace);
    return true;
  }

  async writtenBy(person: PersonId): Promise<readonly { thread: Thread; message: ThreadMessage }[]> {
    return [...this.#tables.messages.values()].flatMap((message) => {
      const thread = this.#tables.threads.get(message.thread);
      const isTheirs = message.by === person && message.deletedAt === null;
      return isTheirs && thread !== undefined ? [{ thread, message }] : [];
    });
  }

  async messagesBy(person: PersonId, since: number): Promise<number> {
    return [...this.#tables.messages.values()].filter(
      ({ by, createdAt }) => by === person && createdAt >= since,
    ).length;
  }

  #record(thread: Thread): ThreadRecord {
    const messages = [...this.#tables.messages.values()].filter((one) => one.thread === thread.id);
    return { ...thread, messages };
  }

  #change(id: MessageId, trace: Trace, next: (message: ThreadMessage) => ThreadMessage | null): boolean {
    const message = this.#tables.messages.get(id);
    const changed = message === undefined || message.deletedAt !== null ? null : next(message);
    if (changed === null) return false;
    this.#tables.messages.set(id, changed);
    this.#tables.write(trace);
    return true;
  }
}
