import type { BodyMark, BodyNode } from '../noteContent.ts';
import type { SheetField } from '../sheet.ts';

/** The first of the Yjs ids that a piece of content has; a text of n UTF-16 units has n of them, one after the other. */
export interface ItemId {
  readonly client: number;
  readonly clock: number;
}

/** A mark, and the id of the formatting that brought it. */
export interface TracedMark extends BodyMark {
  readonly id: ItemId | null;
}

/**
 * A node of a note's body that still knows which Yjs items it is made of, so that one can ask who wrote and who removed
 * each character. Ids are null where the content comes from nowhere (tests, imports).
 */
export interface TracedNode {
  readonly type: string;
  /** Without those that are null: absent and null mean the same. */
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly attrIds: Readonly<Record<string, ItemId>>;
  readonly marks: readonly TracedMark[];
  /** Text nodes only. */
  readonly text: string | null;
  readonly id: ItemId | null;
  readonly content: readonly TracedNode[];
}

/** A sheet at one moment: a text as its text nodes, forms as one text node each, a single value as one. */
export type TracedSheet = Readonly<Record<SheetField, readonly TracedNode[]>>;

/** A note at one moment: title as text nodes, body as a `doc` node. */
export interface TracedNote {
  readonly title: readonly TracedNode[];
  readonly sheet: TracedSheet;
  readonly body: TracedNode;
}

function withoutNull(attrs: Readonly<Record<string, unknown>> | undefined): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attrs ?? {}).filter(([, value]) => value !== null && value !== undefined),
  );
}

/** Content that comes from nowhere as a traced node, all of whose ids are null. */
export function untraced(node: BodyNode): TracedNode {
  return {
    type: node.type,
    attrs: withoutNull(node.attrs),
    attrIds: {},
    marks: (node.marks ?? []).map((mark) => ({ ...mark, id: null })),
    text: node.text ?? null,
    id: null,
    content: (node.content ?? []).map(untraced),
  };
}

/** Attributes that are not content: names of blocks for links and threads. */
const silentAttrs = new Set(['id', 'suggestion']);
/** Marks that are not content either. */
const silentMarks = new Set(['commentAnchor']);

/** The marks that a reader sees, in a fixed order. */
export function visibleMarks(node: TracedNode): readonly TracedMark[] {
  return node.marks
    .filter((mark) => !silentMarks.has(mark.type))
    .toSorted((a, b) => (a.type < b.type ? -1 : a.type > b.type ? 1 : 0));
}

/** The attributes that a reader sees. */
export function visibleAttrs(node: TracedNode): readonly (readonly [string, unknown])[] {
  return Object.entries(node.attrs)
    .filter(([name]) => !silentAttrs.has(name))
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

const signatures = new WeakMap<TracedNode, string>();

/** Two nodes with the same signature look the same to a reader. */
export function signature(node: TracedNode): string {
  let known = signatures.get(node);
  if (known === undefined) {
    known =
      JSON.stringify([
        node.type,
        node.text ?? '',
        visibleAttrs(node),
        visibleMarks(node).map((mark) => [mark.type, mark.attrs ?? null]),
      ]) + (node.content.length > 0 ? `[${joinedTexts(node.content).join(',')}]` : '');
    signatures.set(node, known);
  }
  return known;
}

/** The signatures of children, neighbouring texts of the same formatting taken as one: an edit cuts them, a reader does not see it. */
function joinedTexts(nodes: readonly TracedNode[]): string[] {
  const out: string[] = [];
  let text = '';
  let format: string | null = null;
  const flush = (): void => {
    if (format !== null) out.push(JSON.stringify([text, format]));
    text = '';
    format = null;
  };
  for (const node of nodes) {
    if (node.text === null) {
      flush();
      out.push(signature(node));
      continue;
    }
    const own = JSON.stringify(visibleMarks(node).map((mark) => [mark.type, mark.attrs ?? null]));
    if (own !== format) flush();
    format = own;
    text += node.text;
  }
  flush();
  return out;
}

/** The node again as ProseMirror JSON. */
export function toBody(node: TracedNode): BodyNode {
  const marks = node.marks.map(({ type, attrs }): BodyMark => (attrs ? { type, attrs } : { type }));
  return {
    type: node.type,
    ...(Object.keys(node.attrs).length > 0 ? { attrs: node.attrs } : {}),
    ...(node.text === null ? {} : { text: node.text }),
    ...(marks.length > 0 ? { marks } : {}),
    ...(node.content.length > 0 ? { content: node.content.map(toBody) } : {}),
  };
}
