import { useCallback, useSyncExternalStore } from 'react';
import type * as Y from 'yjs';
import { titleOf } from '#shared/document/fields.ts';

/** The title of an open document, followed. */
export function useTitle(doc: Y.Doc): string {
  const subscribe = useCallback(
    (listener: () => void) => {
      const title = titleOf(doc);
      title.observe(listener);
      return () => title.unobserve(listener);
    },
    [doc],
  );
  return useSyncExternalStore(subscribe, () => titleOf(doc).toJSON());
}
