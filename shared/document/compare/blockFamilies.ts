import type { TracedNode } from './TracedNode.ts';

const families: Readonly<Record<string, string>> = {
  paragraph: 'text',
  heading: 'text',
  codeBlock: 'text',
  bulletList: 'list',
  orderedList: 'list',
  taskList: 'list',
  listItem: 'item',
  taskItem: 'item',
  blockquote: 'quote',
  callout: 'quote',
  tableCell: 'cell',
  tableHeader: 'cell',
};

const textBlocks = new Set(['paragraph', 'heading', 'codeBlock', 'figureCaption', 'detailsSummary']);
const inlines = new Set([
  'text',
  'footnote',
  'mathInline',
  'hardBreak',
  'noteLink',
  'mention',
  'crossReference',
]);
const media = new Set(['image', 'file', 'audio', 'video']);
const mediaSource = ['attachmentId', 'src'];

/** Blocks of the same family can be the same block at two moments: a paragraph becomes a heading, a list gets numbers. */
export function familyOf(node: TracedNode): string {
  return families[node.type] ?? node.type;
}

/** True for a block that holds text and what stands in the line. */
export function isTextBlock(node: TracedNode): boolean {
  return textBlocks.has(node.type) || node.content.some((child) => inlines.has(child.type));
}

/** True for a picture, a file, a sound, a film. */
export function isMedia(node: TracedNode): boolean {
  return media.has(node.type);
}

/** What a picture or a file is, whatever its caption and size on the page. */
export function mediaKey(node: TracedNode): string {
  return JSON.stringify(mediaSource.map((name) => node.attrs[name] ?? null));
}

/** True for a block without text of its own: a rule, a page break, a formula. */
export function isLeaf(node: TracedNode): boolean {
  return (
    node.content.length === 0 &&
    (node.type === 'horizontalRule' || node.type === 'pageBreak' || node.type === 'mathBlock')
  );
}
