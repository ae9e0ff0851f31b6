import { sheetFields } from '#shared/document/sheet.ts';
import type { TracedSheet } from '#shared/document/compare/TracedNode.ts';
import type { NoteComparison } from '#shared/document/compare/compareNotes.ts';
import { compareNotes } from '#shared/document/compare/compareNotes.ts';
import { untraced } from '#shared/document/compare/TracedNode.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';

const inline = new Set([
  'text',
  'footnote',
  'mathInline',
  'hardBreak',
  'noteLink',
  'mention',
  'crossReference',
]);

function showInline(node: BodyNode): string {
  const text =
    node.text ?? `<${node.type}${node.content ? `: ${node.content.map(showInline).join('')}` : ''}>`;
  const marks = node.marks ?? [];
  if (marks.some((mark) => mark.type === 'added')) return `{+${text}+}`;
  if (marks.some((mark) => mark.type === 'removed')) return `{-${text}-}`;
  const formatted = marks.find((mark) => mark.type === 'formatted');
  if (!formatted) return text;
  const list = (name: string): string[] => formatted.attrs?.[name] as string[];
  return `{${[...list('added').map((one) => `+${one}`), ...list('removed').map((one) => `-${one}`)].join(' ')}: ${text}}`;
}

/** One block a line, indented; its change in brackets; `{+added+}`, `{-removed-}`, `{+bold: formatted}` in the text. */
export function showBody(node: BodyNode, depth = 0): string {
  const change = node.attrs?.['change'] as { kind: string } | undefined;
  const children = node.content ?? [];
  const isText = children.length > 0 && children.every((child) => inline.has(child.type));
  const head = `${'  '.repeat(depth)}${node.type}${change ? ` [${change.kind}]` : ''}`;
  if (isText) return `${head}: ${children.map(showInline).join('')}`;
  return [head, ...children.map((child) => showBody(child, depth + 1))].join('\n');
}

/** Compares two bodies that come from nowhere; the lines of the merged one. */
export function compareBodies(
  before: readonly BodyNode[],
  after: readonly BodyNode[],
): NoteComparison & { lines: string[] } {
  const sheet = Object.fromEntries(sheetFields.map((field) => [field, []])) as unknown as TracedSheet;
  const note = (content: readonly BodyNode[]) => ({
    title: [],
    sheet,
    body: untraced({ type: 'doc', content }),
  });
  const comparison = compareNotes(note(before), note(after));
  return {
    ...comparison,
    lines: (comparison.body.content ?? []).flatMap((node) => showBody(node).split('\n')),
  };
}

export const text = (value: string, ...marks: string[]): BodyNode =>
  marks.length > 0
    ? { type: 'text', text: value, marks: marks.map((type) => ({ type })) }
    : { type: 'text', text: value };
const inlines = (content: string | readonly BodyNode[]): { content?: readonly BodyNode[] } =>
  typeof content !== 'string' ? { content } : content === '' ? {} : { content: [text(content)] };
export const p = (content: string | readonly BodyNode[]): BodyNode => ({
  type: 'paragraph',
  ...inlines(content),
});
export const h = (level: number, content: string): BodyNode => ({
  type: 'heading',
  attrs: { level },
  ...inlines(content),
});
export const ul = (...items: readonly (string | readonly BodyNode[])[]): BodyNode => ({
  type: 'bulletList',
  content: items.map((item) => ({ type: 'listItem', content: typeof item === 'string' ? [p(item)] : item })),
});
export const table = (...rows: readonly (readonly string[])[]): BodyNode => ({
  type: 'table',
  content: rows.map((row) => ({
    type: 'tableRow',
    content: row.map((cell) => ({ type: 'tableCell', content: [p(cell)] })),
  })),
});
export const image = (attachmentId: string, alt: string): BodyNode => ({
  type: 'image',
  attrs: { attachmentId, alt },
});
