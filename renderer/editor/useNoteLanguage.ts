import { useCallback, useSyncExternalStore } from 'react';
import type * as Y from 'yjs';
import { languageOf, settingsOf } from '#shared/document/fields.ts';

/** The language tag of an open note, followed: anyone who writes it may change it. */
export function useNoteLanguage(doc: Y.Doc): string {
  const follow = useCallback(
    (onChange: () => void) => {
      const settings = settingsOf(doc);
      settings.observe(onChange);
      return () => settings.unobserve(onChange);
    },
    [doc],
  );
  return useSyncExternalStore(follow, () => languageOf(doc));
}
