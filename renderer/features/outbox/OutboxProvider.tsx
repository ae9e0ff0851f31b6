import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { PersonId } from '#shared/domain/ids.ts';
import { reconnectDelay } from '../../collaboration/index.ts';
import { showThread } from './showThread.ts';
import { threadsApi } from './threadsApi.ts';
import { IndexedDbOutboxStore } from './IndexedDbOutboxStore.ts';
import { MemoryOutboxStore } from './MemoryOutboxStore.ts';
import { Outbox, type OutboxOptions, type OutboxState } from './Outbox.ts';
import type { OutboxStore } from './WaitingWords.ts';

const OutboxContext = createContext<Outbox | null>(null);
const nothing: OutboxState = { words: [], isOffline: false };

function openStore(person: PersonId): Promise<OutboxStore> {
  // Where the browser keeps nothing, words wait as long as the window is open.
  return IndexedDbOutboxStore.open(person).catch(() => new MemoryOutboxStore());
}

/** What guests who became this person wrote here and did not send. What cannot be taken now is taken the next time. */
async function takeIn(former: readonly PersonId[], into: OutboxStore): Promise<void> {
  for (const guest of former) {
    if (!(await IndexedDbOutboxStore.keeps(guest))) continue;
    const store = await IndexedDbOutboxStore.open(guest);
    for (const words of await store.list()) {
      await into.put(words);
      await store.remove(words.id);
    }
    store.close();
  }
}

/** One window at a time sends a person's words, where the browser can tell. */
function alone(person: PersonId): OutboxOptions['alone'] {
  const { locks } = navigator as { readonly locks?: LockManager };
  return locks === undefined ? undefined : (work) => locks.request(`calepin-words-${person}`, work);
}

/** Keeps and sends what a person says in discussions, whichever page is open. */
export function OutboxProvider({
  person,
  former,
  children,
}: {
  readonly person: PersonId | null;
  /** The guests who they were, once they are no more. */
  readonly former: readonly PersonId[];
  readonly children: ReactNode;
}) {
  const client = useQueryClient();
  const [outbox, setOutbox] = useState<Outbox | null>(null);
  const latest = useRef(former);
  useEffect(() => {
    latest.current = former;
  }, [former]);
  useEffect(() => {
    if (person === null) return undefined;
    let opened: Outbox | null = null;
    let isLeft = false;
    void (async () => {
      const store = await openStore(person);
      await takeIn(latest.current, store).catch(() => {});
      if (isLeft) return store.close();
      const held = alone(person);
      opened = new Outbox({
        store,
        api: threadsApi,
        delay: (failures) => reconnectDelay(failures, Math.random()),
        onSaid: (words, thread) => showThread(client, words.note, thread),
        ...(held === undefined ? {} : { alone: held }),
      });
      opened.flush();
      setOutbox(opened);
    })();
    const retry = (): void => opened?.flush();
    const onVisibility = (): void => {
      if (document.visibilityState === 'visible') retry();
    };
    window.addEventListener('online', retry);
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      isLeft = true;
      window.removeEventListener('online', retry);
      document.removeEventListener('visibilitychange', onVisibility);
      setOutbox(null);
      opened?.close();
    };
  }, [person, client]);
  return <OutboxContext value={outbox}>{children}</OutboxContext>;
}

/** The messages of this person that are on their way; null until the device's store is open. */
export function useOutbox(): Outbox | null {
  return useContext(OutboxContext);
}

/** What waits, and whether it waits for the network. */
export function useWaitingWords(): OutboxState {
  const outbox = useOutbox();
  return useSyncExternalStore(
    (listener) => outbox?.subscribe(listener) ?? (() => {}),
    () => outbox?.state ?? nothing,
  );
}
