import { useEffect, useState } from 'react';
import type * as Y from 'yjs';
import { bodyOf } from '#shared/document/fields.ts';
import { type BodyNode, fragmentToBody } from '#shared/document/noteContent.ts';

/** Shortest time between two readings of a whole body, in milliseconds. */
const pauseMs = 200;

/**
 * The body of an open note as ProseMirror JSON, followed. Read without a schema: the document is not modified.
 * @param isFollowed - false stops reading, for instance while it is edited elsewhere on the page.
 * @param fragment - what to read of the document; default: the body of a note.
 */
export function useBody(doc: Y.Doc, isFollowed = true, fragment: Y.XmlFragment = bodyOf(doc)): BodyNode {
  const [body, setBody] = useState<BodyNode>(() => fragmentToBody(fragment));
  useEffect(() => {
    if (!isFollowed) return undefined;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const read = () => {
      timer = null;
      setBody(fragmentToBody(fragment));
    };
    const later = () => {
      timer ??= setTimeout(read, pauseMs);
    };
    read();
    fragment.observeDeep(later);
    return () => {
      fragment.unobserveDeep(later);
      if (timer !== null) clearTimeout(timer);
    };
  }, [fragment, isFollowed]);
  return body;
}
