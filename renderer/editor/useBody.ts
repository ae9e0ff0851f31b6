import { useEffect, useState } from 'react';
import type * as Y from 'yjs';
import { bodyOf } from '#shared/document/fields.ts';
import { type BodyNode, fragmentToBody } from '#shared/document/noteContent.ts';

/** Shortest time between two readings of a whole body, in milliseconds. */
const pauseMs = 200;

/**
 * The body of an open note as ProseMirror JSON, followed. Read without a schema: the document is not modified.
 * @param isFollowed - false stops reading, for instance while it is edited elsewhere on the page.
 */
export function useBody(doc: Y.Doc, isFollowed = true): BodyNode {
  const [body, setBody] = useState<BodyNode>(() => fragmentToBody(bodyOf(doc)));
  useEffect(() => {
    if (!isFollowed) return undefined;
    const fragment = bodyOf(doc);
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
  }, [doc, isFollowed]);
  return body;
}
