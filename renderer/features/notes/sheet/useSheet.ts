import { useCallback, useRef, useSyncExternalStore } from 'react';
import type * as Y from 'yjs';
import {
  addressOf,
  contactOf,
  definitionOf,
  formsOf,
  type NoteSheet,
  readSheet,
  termForms,
} from '#shared/document/sheet.ts';

/** The sheet of an open note, followed: whoever writes the note may change it. */
export function useSheet(doc: Y.Doc): NoteSheet {
  const cache = useRef<{ doc: Y.Doc; sheet: NoteSheet } | null>(null);
  const subscribe = useCallback(
    (onChange: () => void) => {
      const parts = [
        definitionOf(doc),
        addressOf(doc),
        contactOf(doc),
        ...termForms.map((form) => formsOf(doc, form)),
      ] as Y.AbstractType<unknown>[];
      const observer = (): void => {
        cache.current = null;
        onChange();
      };
      for (const part of parts) part.observe(observer);
      return () => {
        for (const part of parts) part.unobserve(observer);
      };
    },
    [doc],
  );
  const read = useCallback(() => {
    if (cache.current?.doc !== doc) cache.current = { doc, sheet: readSheet(doc) };
    return cache.current.sheet;
  }, [doc]);
  return useSyncExternalStore(subscribe, read);
}
