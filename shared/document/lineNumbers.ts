import { inlineNames } from './bodyAccess.ts';
import type { BodyNode } from './noteContent.ts';

/** The lines of passages.ts in a body as JSON: the number of each block that is one. */
export function lineNumbers(body: BodyNode): Map<BodyNode, number> {
  const numbers = new Map<BodyNode, number>();
  const walk = (node: BodyNode): void => {
    const content = node.content ?? [];
    if (content.some((child) => inlineNames.has(child.type))) numbers.set(node, numbers.size);
    else for (const child of content) walk(child);
  };
  walk(body);
  return numbers;
}
