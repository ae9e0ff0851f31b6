import { positionsOf } from '#shared/document/markRanges.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';

/** Says of each block of an earlier body that the note does not hold any more where it stands (`was`: the position before it), so that it can be put back. */
export function markPlaces(body: BodyNode, now: BodyNode): BodyNode {
  const known = new Set((now.content ?? []).map((node) => JSON.stringify(node)));
  let at = 0;
  const content = (body.content ?? []).map((node): BodyNode => {
    const was = at;
    at += positionsOf(node);
    const isEmpty = node.type === 'paragraph' && (node.content ?? []).length === 0;
    return isEmpty || known.has(JSON.stringify(node)) ? node : { ...node, attrs: { ...node.attrs, was } };
  });
  return { ...body, content };
}
