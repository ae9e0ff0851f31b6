import type { PersonId } from '#shared/domain/ids.ts';
import type { DocumentSessionOptions } from './DocumentSessionOptions.ts';
import type { OfflineStore } from './OfflineStore.ts';
import type { SessionRegistry } from './SessionRegistry.ts';

/** What guests who became this person kept here. What cannot be taken now is taken the next time. */
async function takeIn(former: readonly PersonId[], store: OfflineStore): Promise<void> {
  const [{ IndexedDbOfflineStore }, { takeInFormer }] = await Promise.all([
    import('./IndexedDbOfflineStore.ts'),
    import('./takeInFormer.ts'),
  ]);
  for (const guest of former) {
    if (!(await IndexedDbOfflineStore.keeps(guest))) continue;
    const kept = await IndexedDbOfflineStore.open(guest);
    try {
      await takeInFormer(kept, store);
    } finally {
      await kept.close();
    }
  }
}

async function openStore(personId: PersonId | null): Promise<OfflineStore> {
  const { MemoryOfflineStore } = await import('./MemoryOfflineStore.ts');
  if (personId === null) return new MemoryOfflineStore();
  try {
    const { IndexedDbOfflineStore } = await import('./IndexedDbOfflineStore.ts');
    return await IndexedDbOfflineStore.open(personId);
  } catch {
    // The browser keeps nothing here. Nothing is then said to be saved on this device.
    return new MemoryOfflineStore();
  }
}

/** The open documents of one person in this window, or of a visitor; their code is loaded on the way. */
export interface OpenRegistry {
  readonly registry: Promise<SessionRegistry>;
  /** The registry once it is open. */
  readonly current: SessionRegistry | null;
  /** Resolves when what was on its way to this device is there. */
  close(): Promise<void>;
}

/** @param options.person - read when the registry is open; null for a visitor, of whom this browser keeps nothing. */
export function openRegistry(options: {
  readonly personId: PersonId | null;
  /** The guests who they were: what these kept here and did not send is theirs. */
  readonly former: readonly PersonId[];
  /** The documents that were open before, on their way to this device. */
  readonly after: Promise<void>;
  readonly person: () => DocumentSessionOptions['person'];
  readonly api: DocumentSessionOptions['api'];
  readonly origin: string;
}): OpenRegistry {
  let current: SessionRegistry | null = null;
  let isClosed = false;
  const registry = (async () => {
    const [{ SessionRegistry: Registry }, store] = await Promise.all([
      import('./SessionRegistry.ts'),
      openStore(options.personId),
    ]);
    if (options.former.length > 0 && store.durable) {
      await options.after;
      await takeIn(options.former, store).catch(() => {});
    }
    current = new Registry({ api: options.api, origin: options.origin, store, person: options.person() });
    if (isClosed) void current.close();
    return current;
  })();
  // Whoever uses the registry hears of a failure; nobody else has to.
  registry.catch(() => {});
  return {
    registry,
    get current() {
      return current;
    },
    async close() {
      isClosed = true;
      await current?.close();
    },
  };
}
