import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { PersonId } from '#shared/domain/ids.ts';
import { platform } from '../platform/index.ts';
import { CollaborationContext } from './CollaborationContext.ts';
import type { DocumentSessionOptions } from './DocumentSessionOptions.ts';
import { type OpenRegistry, openRegistry } from './openRegistry.ts';

export interface CollaborationProviderProps {
  /** Who is signed in; null for a visitor, of whom this browser keeps nothing. */
  readonly person: DocumentSessionOptions['person'];
  /** The guests who they were, once they are no more. */
  readonly former: readonly PersonId[];
  readonly api: DocumentSessionOptions['api'];
  /** The relay's origin. */
  readonly origin: string;
  readonly children: ReactNode;
}

/** Everything below may open documents with `useDocumentSession`. Another person signing in closes the first one's documents. */
export function CollaborationProvider({ person, former, api, origin, children }: CollaborationProviderProps) {
  const [open, setOpen] = useState<OpenRegistry | null>(null);
  const id = person?.id ?? null;
  const name = person?.name;
  const colour = person?.colour;
  const latest = useRef({ person, former });
  const before = useRef(Promise.resolve());
  useEffect(() => {
    latest.current = { person, former };
  }, [person, former]);

  useEffect(() => {
    const opened = openRegistry({
      personId: id,
      former: latest.current.former,
      after: before.current,
      person: () => latest.current.person,
      api,
      origin,
    });
    setOpen(opened);
    return () => {
      setOpen(null);
      before.current = opened.close().catch(() => {});
    };
  }, [id, api, origin]);

  // A new name or hue closes nothing.
  useEffect(() => {
    if (id !== null && name !== undefined && colour !== undefined)
      open?.current?.renameSelf({ id, name, colour });
  }, [open, id, name, colour]);

  useWindowEvents(open);

  if (open === null) return null;
  return <CollaborationContext value={open.registry}>{children}</CollaborationContext>;
}

/** The window is hidden, left, or back on a network: what is open hears of it. */
function useWindowEvents(open: OpenRegistry | null): void {
  useEffect(() => {
    if (open === null) return;
    const leave = () => void open.current?.leave();
    const retry = () => open.current?.retryNow();
    const onVisibility = () => (document.visibilityState === 'hidden' ? leave() : retry());
    const onOffline = () => open.current?.noteNoNetwork();
    const onBeforeUnload = (event: BeforeUnloadEvent) => {
      leave();
      if (open.current?.hasUnstoredChanges === true) event.preventDefault();
    };
    document.addEventListener('visibilitychange', onVisibility);
    window.addEventListener('pagehide', leave);
    window.addEventListener('online', retry);
    window.addEventListener('offline', onOffline);
    window.addEventListener('beforeunload', onBeforeUnload);
    const stopHearing = platform.onRelayBack(retry);
    // The desktop waits for this before a window closes.
    const stopWaiting = platform.onBeforeClose(async () => open.current?.flush());
    return () => {
      stopWaiting();
      stopHearing();
      document.removeEventListener('visibilitychange', onVisibility);
      window.removeEventListener('pagehide', leave);
      window.removeEventListener('online', retry);
      window.removeEventListener('offline', onOffline);
      window.removeEventListener('beforeunload', onBeforeUnload);
    };
  }, [open]);
}
