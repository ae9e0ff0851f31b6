import type { Query, QueryClient, QueryKey } from '@tanstack/react-query';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { useSyncExternalStore } from 'react';
import { sessionSchema } from '#shared/api/session.ts';
import { ApiError } from './ApiError.ts';
import { keys } from './queries.ts';

/** An answer of the relay, as this browser keeps it. */
interface StoredAnswer {
  readonly hash: string;
  readonly key: QueryKey;
  readonly data: unknown;
  /** Unix milliseconds. */
  readonly at: number;
}

interface Schema extends DBSchema {
  answers: { key: string; value: StoredAnswer; indexes: { at: number } };
}

/** What the pages of opened notes need, and the lists that lead to them. */
const keptKinds: ReadonlySet<unknown> = new Set([
  'session',
  'notes',
  'note',
  'collections',
  'collection',
  'communities',
]);
/** Beyond it the oldest go. */
const maxAnswers = 500;
/** How long answers wait to be kept together, in milliseconds. */
const togetherMs = 500;

const open = (): Promise<IDBPDatabase<Schema>> =>
  openDB<Schema>('calepin-answers', 1, {
    upgrade(fresh) {
      fresh.createObjectStore('answers', { keyPath: 'hash' }).createIndex('at', 'at');
    },
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });

/** Whether somebody is signed in, by what the relay answered. */
const isSomebody = (session: unknown): boolean => sessionSchema.safeParse(session).data?.person != null;

async function write(changed: ReadonlyMap<string, StoredAnswer | null>, isSignedOut: boolean): Promise<void> {
  const database = await open();
  try {
    const transaction = database.transaction('answers', 'readwrite');
    const { store } = transaction;
    // Of whoever signed out, nothing stays; what they had not sent is elsewhere, and theirs.
    if (isSignedOut) await store.clear();
    else {
      for (const [hash, answer] of changed) await (answer === null ? store.delete(hash) : store.put(answer));
      let surplus = (await store.count()) - maxAnswers;
      for (let cursor = await store.index('at').openCursor(); cursor !== null && surplus > 0; surplus--) {
        await cursor.delete();
        cursor = await cursor.continue();
      }
    }
    await transaction.done;
  } finally {
    database.close();
  }
}

/** What becomes of the kept answer of a question: undefined, nothing. */
function newsOf(query: Query): StoredAnswer | null | undefined {
  const { data, dataUpdatedAt, error, status } = query.state;
  // What is refused now is not shown later. Where there was no answer, the one before stays.
  if (status === 'error') return error instanceof ApiError ? null : undefined;
  if (status !== 'success') return undefined;
  return { hash: query.queryHash, key: query.queryKey, data, at: dataUpdatedAt };
}

/**
 * Keeps what the relay answers about the pages that were opened, so that they open without it. Nothing is kept of visitors. Where the browser keeps nothing, nothing is
 * missing but that.
 */
export function keepAnswers(client: QueryClient): void {
  let changed = new Map<string, StoredAnswer | null>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const keep = (): void => {
    timer = null;
    const answers = changed;
    changed = new Map();
    write(answers, !isSomebody(client.getQueryData(keys.session))).catch(() => undefined);
  };
  client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || !['success', 'error'].includes(event.action.type)) return;
    if (!keptKinds.has(event.query.queryKey[0])) return;
    const news = newsOf(event.query);
    if (news === undefined) return;
    changed.set(event.query.queryHash, news);
    timer ??= setTimeout(keep, togetherMs);
  });
}

let shownFrom: number | null = null;
const listeners = new Set<() => void>();
function show(from: number | null): void {
  shownFrom = from;
  for (const listener of listeners) listener();
}

/** Of when the pages are that are shown without the relay, Unix milliseconds; null once it has answered. */
export function useShownFrom(): number | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => shownFrom,
  );
}

/** Between two questions whether the relay is there again, in milliseconds, beside those when the device says that it is. */
const askAgainMs = 10_000;

function waitForRelay(client: QueryClient): void {
  const ask = async (): Promise<void> => {
    await client.refetchQueries({ queryKey: keys.session, exact: true });
    if (client.getQueryState(keys.session)?.status !== 'success') return;
    clearInterval(timer);
    removeEventListener('online', onOnline);
    show(null);
    await client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
  };
  const onOnline = (): void => void ask();
  const timer = setInterval(onOnline, askAgainMs);
  addEventListener('online', onOnline);
}

/**
 * Takes up what was kept, where the relay does not answer at the start. Asked again and again, it replaces it all once it does.
 * @returns false where nobody was signed in here, or nothing is kept.
 */
export async function takeUpAnswers(client: QueryClient): Promise<boolean> {
  const answers = await open()
    .then(async (database) => {
      const all = await database.getAll('answers');
      database.close();
      return all;
    })
    .catch((): StoredAnswer[] => []);
  const session = answers.find(({ key }) => key[0] === keys.session[0]);
  if (session === undefined || !isSomebody(session.data)) return false;
  for (const { key, data, at } of answers) client.setQueryData(key, data, { updatedAt: at });
  show(session.at);
  waitForRelay(client);
  return true;
}
