import type { BodyMark, BodyNode } from './noteContent.ts';
import type { CalloutKind, FigureKind } from './vocabulary.ts';

/** A piece of a line: plain text, or a node made by one of the helpers below. */
export type Inline = string | BodyNode;
/** One or several pieces of a line. */
export type Line = Inline | readonly Inline[];

function toArray<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}

function inline(line: Line): BodyNode[] {
  return toArray<Inline>(line)
    .map((piece) => (typeof piece === 'string' ? { type: 'text', text: piece } : piece))
    .filter((node) => node.type !== 'text' || (node.text ?? '').length > 0);
}

function block(type: string, content: readonly BodyNode[], attrs?: Record<string, unknown>): BodyNode {
  return { type, ...(attrs ? { attrs } : {}), ...(content.length > 0 ? { content } : {}) };
}

/** A whole body. */
export function body(...blocks: readonly BodyNode[]): BodyNode {
  return { type: 'doc', content: blocks };
}

export function paragraph(...pieces: readonly Inline[]): BodyNode {
  return block('paragraph', inline(pieces));
}

export function heading(level: 1 | 2 | 3 | 4, line: Line, attrs: Record<string, unknown> = {}): BodyNode {
  return block('heading', inline(line), { level, ...attrs });
}

/** An item of a list: a line, or several blocks. */
export type Item = Line | { readonly blocks: readonly BodyNode[] };

function itemBlocks(item: Item): readonly BodyNode[] {
  return typeof item === 'object' && 'blocks' in item ? item.blocks : [paragraph(...inline(item as Line))];
}

export function bulletList(...items: readonly Item[]): BodyNode {
  return block(
    'bulletList',
    items.map((item) => block('listItem', itemBlocks(item))),
  );
}

export function orderedList(...items: readonly Item[]): BodyNode {
  return block(
    'orderedList',
    items.map((item) => block('listItem', itemBlocks(item))),
  );
}

/** Tasks, each done or not. */
export function taskList(...tasks: readonly { readonly done: boolean; readonly item: Item }[]): BodyNode {
  return block(
    'taskList',
    tasks.map(({ done, item }) => block('taskItem', itemBlocks(item), { checked: done })),
  );
}

export function blockquote(...blocks: readonly BodyNode[]): BodyNode {
  return block('blockquote', blocks);
}

export function callout(kind: CalloutKind, ...blocks: readonly BodyNode[]): BodyNode {
  return block('callout', blocks, { kind });
}

export function codeBlock(language: string | null, code: string): BodyNode {
  return block('codeBlock', inline(code), { language });
}

export function mathBlock(latex: string): BodyNode {
  return block('mathBlock', [], { latex });
}

export function horizontalRule(): BodyNode {
  return block('horizontalRule', []);
}

export function pageBreak(): BodyNode {
  return block('pageBreak', []);
}

/** A table with one row of header cells; a cell is a line. */
export function table(header: readonly Line[], ...rows: readonly (readonly Line[])[]): BodyNode {
  const row = (type: string, cells: readonly Line[]): BodyNode =>
    block(
      'tableRow',
      cells.map((cell) => block(type, [paragraph(...inline(cell))])),
    );
  return block('table', [row('tableHeader', header), ...rows.map((cells) => row('tableCell', cells))]);
}

/** Blocks under one caption. */
export function figure(
  kind: FigureKind,
  caption: Line,
  content: readonly BodyNode[],
  label: string | null = null,
): BodyNode {
  const captionNode = block('figureCaption', inline(caption));
  return block('figure', kind === 'table' ? [captionNode, ...content] : [...content, captionNode], {
    kind,
    label,
  });
}

/** A picture; `attrs` are those of the schema's `image`. */
export function image(attrs: Record<string, unknown>, caption?: Line): BodyNode {
  return block('image', caption === undefined ? [] : [block('figureCaption', inline(caption))], attrs);
}

export function details(summary: Line, ...blocks: readonly BodyNode[]): BodyNode {
  return block('details', [block('detailsSummary', inline(summary)), block('detailsContent', blocks)]);
}

export function footnote(...pieces: readonly Inline[]): BodyNode {
  return block('footnote', inline(pieces));
}

export function hardBreak(): BodyNode {
  return block('hardBreak', []);
}

export function mathInline(latex: string): BodyNode {
  return block('mathInline', [], { latex });
}

/** A link to a note, showing its current title, or the author's own words. */
export function noteLink(noteId: string, words: string | null = null): BodyNode {
  return block('noteLink', [], { noteId, text: words });
}

export function mention(personId: string, name: string): BodyNode {
  return block('mention', [], { personId, name });
}

export function crossReference(label: string, form: 'number' | 'title' | 'page' = 'number'): BodyNode {
  return block('crossReference', [], { label, form });
}

/** Text with a mark; a piece that has marks already gets one more. */
export function marked(mark: BodyMark, piece: Inline): BodyNode {
  const node: BodyNode = typeof piece === 'string' ? { type: 'text', text: piece } : piece;
  return { ...node, marks: [...(node.marks ?? []), mark] };
}

export const bold = (piece: Inline): BodyNode => marked({ type: 'bold' }, piece);
export const italic = (piece: Inline): BodyNode => marked({ type: 'italic' }, piece);
export const code = (piece: Inline): BodyNode => marked({ type: 'code' }, piece);
export const link = (href: string, piece: Inline): BodyNode =>
  marked({ type: 'link', attrs: { href } }, piece);
export const highlight = (color: string, piece: Inline): BodyNode =>
  marked({ type: 'highlight', attrs: { color } }, piece);
/** A passage in another language. */
export const inLanguage = (lang: string, piece: Inline): BodyNode =>
  marked({ type: 'language', attrs: { lang } }, piece);
