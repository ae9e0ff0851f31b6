import { useCallback, useRef, useSyncExternalStore } from 'react';
import type * as Y from 'yjs';
import { contentOfDoc, type CollectionContentNow } from './collectionContent.ts';

/** The content of a carnet's live document, read again after each change; null while it is not there. */
export function useDocContent(doc: Y.Doc | null): CollectionContentNow | null {
  const cache = useRef<{ doc: Y.Doc; content: CollectionContentNow } | null>(null);
  const subscribe = useCallback(
    (onChange: () => void) => {
      const onUpdate = (): void => {
        cache.current = null;
        onChange();
      };
      doc?.on('update', onUpdate);
      return () => doc?.off('update', onUpdate);
    },
    [doc],
  );
  const read = useCallback(() => {
    if (doc === null) return null;
    if (cache.current?.doc !== doc) cache.current = { doc, content: contentOfDoc(doc) };
    return cache.current.content;
  }, [doc]);
  return useSyncExternalStore(subscribe, read);
}
