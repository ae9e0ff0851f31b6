import { useEffect, useState } from 'react';
import type { DocumentId } from '#shared/domain/ids.ts';
import { useSessionRegistry } from './CollaborationContext.ts';
import type { RecoveredCopy } from './OfflineStore.ts';

/** The recovered copies that this device keeps of a document, or of all when none is named, newest first, and the way to throw one away. */
export function useRecoveredCopies(documentId?: DocumentId): {
  copies: readonly RecoveredCopy[];
  remove: (id: string) => Promise<void>;
} {
  const registry = useSessionRegistry();
  const [copies, setCopies] = useState<readonly RecoveredCopy[]>([]);
  useEffect(() => {
    let isGone = false;
    const read = () =>
      void registry.store.listRecovered(documentId).then(
        (found) => {
          if (!isGone) setCopies(found);
        },
        // The store closed under us: the next registry reads again.
        () => {},
      );
    read();
    const stop = registry.onRecoveredChanged(read);
    return () => {
      isGone = true;
      stop();
    };
  }, [registry, documentId]);
  return { copies, remove: (id) => registry.removeRecovered(id) };
}
