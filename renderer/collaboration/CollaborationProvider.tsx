import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { PersonId } from '#shared/domain/ids.ts';
import { CollaborationContext } from './CollaborationContext.ts';
import type { DocumentSessionOptions } from './DocumentSession.ts';
import { IndexedDbOfflineStore } from './IndexedDbOfflineStore.ts';
import { MemoryOfflineStore } from './MemoryOfflineStore.ts';
import type { OfflineStore } from './OfflineStore.ts';
import { SessionRegistry } from './SessionRegistry.ts';

export interface CollaborationProviderProps {
  /** Who is signed in; null for a visitor, of whom this browser keeps nothing. */
  readonly person: DocumentSessionOptions['person'];
  readonly api: DocumentSessionOptions['api'];
  /** The relay's origin. */
  readonly origin: string;
  /** Shown for the instant in which the store opens. */
  readonly fallback?: ReactNode;
  readonly children: ReactNode;
}

async function openStore(personId: PersonId | null): Promise<OfflineStore> {
  if (personId === null) return new MemoryOfflineStore();
  try {
    return await IndexedDbOfflineStore.open(personId);
  } catch {
    // The browser keeps nothing here. Nothing is then said to be saved on this device.
    return new MemoryOfflineStore();
  }
}

/** Everything below may open documents with `useDocumentSession`. Another person signing in closes the first one's documents. */
export function CollaborationProvider({
  person,
  api,
  origin,
  fallback = null,
  children,
}: CollaborationProviderProps) {
  const [registry, setRegistry] = useState<SessionRegistry | null>(null);
  const id = person?.id ?? null;
  const name = person?.name;
  const colour = person?.colour;
  const latestPerson = useRef(person);
  useEffect(() => {
    latestPerson.current = person;
  }, [person]);

  useEffect(() => {
    let isGone = false;
    let opened: SessionRegistry | null = null;
    void openStore(id).then((store) => {
      if (isGone) {
        void store.close();
        return;
      }
      opened = new SessionRegistry({ api, origin, store, person: latestPerson.current });
      setRegistry(opened);
    });
    return () => {
      isGone = true;
      setRegistry(null);
      void opened?.close();
    };
  }, [id, api, origin]);

  // A new name or hue closes nothing.
  useEffect(() => {
    if (registry !== null && id !== null && name !== undefined && colour !== undefined) {
      registry.renameSelf({ id, name, colour });
    }
  }, [registry, id, name, colour]);

  useEffect(() => {
    if (registry === null) return;
    const onHidden = () => {
      if (document.visibilityState === 'hidden') void registry.flush();
      else registry.retryNow();
    };
    const onPageHide = () => void registry.flush();
    const onOnline = () => registry.retryNow();
    const onOffline = () => registry.noteNoNetwork();
    const onBeforeUnload = (event: BeforeUnloadEvent) => {
      void registry.flush();
      if (registry.hasUnstoredChanges) event.preventDefault();
    };
    document.addEventListener('visibilitychange', onHidden);
    window.addEventListener('pagehide', onPageHide);
    window.addEventListener('online', onOnline);
    window.addEventListener('offline', onOffline);
    window.addEventListener('beforeunload', onBeforeUnload);
    return () => {
      document.removeEventListener('visibilitychange', onHidden);
      window.removeEventListener('pagehide', onPageHide);
      window.removeEventListener('online', onOnline);
      window.removeEventListener('offline', onOffline);
      window.removeEventListener('beforeunload', onBeforeUnload);
    };
  }, [registry]);

  if (registry === null) return fallback;
  return <CollaborationContext value={registry}>{children}</CollaborationContext>;
}
