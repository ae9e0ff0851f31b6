import type { BodyNode } from './noteContent.ts';

/**
 * The same content in the one form that an editor has of it: attributes that are null left out, and neighbouring texts of the same formatting joined, since an edit, or two people who began one
 * line, may have cut them.
 */
export function normalBody({ attrs, content, ...node }: BodyNode): BodyNode {
  const kept = Object.entries(attrs ?? {}).filter(([, value]) => value !== null && value !== undefined);
  const children: BodyNode[] = [];
  for (const child of content ?? []) {
    const last = children.at(-1);
    const isSame =
      last?.text !== undefined &&
      child.text !== undefined &&
      JSON.stringify(last.marks ?? []) === JSON.stringify(child.marks ?? []);
    if (isSame) children[children.length - 1] = { ...last, text: `${last.text}${child.text}` };
    else children.push(normalBody(child));
  }
  return {
    ...node,
    ...(kept.length > 0 ? { attrs: Object.fromEntries(kept) } : {}),
    ...(children.length > 0 ? { content: children } : {}),
  };
}
