import { useCallback, useSyncExternalStore } from 'react';
import type { DocumentId } from '#shared/domain/ids.ts';
import { useSessionRegistry } from './CollaborationContext.ts';
import type { DocumentKind } from './DocumentKind.ts';
import type { DocumentSession } from './DocumentSession.ts';
import type { SessionSnapshot } from './SessionSnapshot.ts';

/** A document's session and what the page shows of it. `session` changes when the document had to be opened anew: key the editor by it. */
export type DocumentSessionView = SessionSnapshot & { readonly session: DocumentSession };

/**
 * Opens a document for as long as the component is there. Components that show the same document share one session.
 * @param documentId - the note's or the carnet's id.
 */
export function useDocumentSession(documentId: DocumentId, kind: DocumentKind): DocumentSessionView {
  const registry = useSessionRegistry();
  const hold = useCallback(
    (onChange: () => void) => registry.hold(documentId, kind, onChange),
    [registry, documentId, kind],
  );
  const getSession = useCallback(() => registry.get(documentId, kind), [registry, documentId, kind]);
  const session = useSyncExternalStore(hold, getSession);
  const snapshot = useSyncExternalStore(session.subscribe, session.getSnapshot);
  return { session, ...snapshot };
}

/**
 * A part of what a page shows of a session, for what is drawn anew for that part alone: the whole changes several times a key.
 * @param part - the same value while it means the same.
 */
export function useSessionSnapshot<T>(session: DocumentSession, part: (snapshot: SessionSnapshot) => T): T {
  return useSyncExternalStore(session.subscribe, () => part(session.getSnapshot()));
}
