import * as Y from 'yjs';
import { bodyOf } from '#shared/document/fields.ts';
import { isLeafName } from '#shared/document/names.ts';

/** How many places an element takes in the document of ProseMirror. */
function sizeOf(child: unknown): number {
  if (child instanceof Y.XmlText) return child.length;
  if (!(child instanceof Y.XmlElement) || child instanceof Y.XmlHook) return 0;
  if (isLeafName(child.nodeName)) return 1;
  return (child.toArray() as unknown[]).reduce((sum: number, one) => sum + sizeOf(one), 2);
}

/**
 * Where a relative position stands in the body of a note as it is: a position of ProseMirror.
 * @returns null where it is in no body, or what it stood in is gone.
 */
export function bodyPosition(doc: Y.Doc, position: Y.RelativePosition): number | null {
  const absolute = Y.createAbsolutePositionFromRelativePosition(position, doc);
  if (absolute === null) return null;
  const { index } = absolute;
  let type: Y.AbstractType<unknown> | null = absolute.type as Y.AbstractType<unknown>;
  let at = 0;
  if (type instanceof Y.XmlText) at = index;
  else if (type instanceof Y.XmlFragment) at = sizeBefore(type, index);
  const body: Y.AbstractType<unknown> = bodyOf(doc) as Y.AbstractType<unknown>;
  while (type !== body) {
    const item: Y.Item | null = type._item;
    if (item === null || item.deleted || !(item.parent instanceof Y.XmlFragment)) return null;
    const siblings = item.parent.toArray() as unknown[];
    if (!(type instanceof Y.XmlText)) at += 1;
    at += sizeBefore(item.parent, siblings.indexOf(type));
    type = item.parent as Y.AbstractType<unknown>;
  }
  return at;
}

function sizeBefore(parent: Y.XmlFragment, index: number): number {
  return (parent.toArray() as unknown[]).slice(0, index).reduce((sum: number, one) => sum + sizeOf(one), 0);
}
