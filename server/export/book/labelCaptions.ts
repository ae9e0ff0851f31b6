import { attributeText } from '#shared/document/bodyAccess.ts';
import { extractText } from '#shared/document/extractText.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';

const numberedTypes = new Set(['image', 'figure']);

/**
 * Gives a label to each figure, table and picture that has a caption and none: on a page only what is referred to has a number, while a book numbers, and lists, all
 * that is captioned. The body is left as it is; what comes back shares what did not change.
 */
export function labelCaptions(body: BodyNode): BodyNode {
  let count = 0;
  const label = (node: BodyNode): BodyNode => {
    const content = node.content?.map(label);
    const same = content === undefined || content.every((child, at) => child === node.content?.[at]);
    const kept = same ? node : { ...node, content };
    if (!numberedTypes.has(node.type) || attributeText(node, 'label') !== null) return kept;
    const caption = node.content?.find((child) => child.type === 'figureCaption');
    if (caption === undefined || extractText(caption) === '') return kept;
    count += 1;
    return { ...kept, attrs: { ...node.attrs, label: `caption_${count}` } };
  };
  return label(body);
}
