import { attributeChoice, attributeText } from './bodyAccess.ts';
import { extractText, forEachNode, type TextOptions } from './extractText.ts';
import type { BodyNode } from './noteContent.ts';

export type NumberedKind = 'figure' | 'table' | 'equation' | 'heading';

/** What a cross-reference can say about its target. */
export interface Reference {
  readonly label: string;
  readonly kind: NumberedKind;
  /** Place among those of its kind; null for a heading. */
  readonly number: number | null;
  /** Text of the heading or of the caption. */
  readonly title: string;
}

/** The numbers of a body: nothing of this is stored, all of it follows the order of the text. */
export interface Numbering {
  /** Number of each footnote node. */
  readonly footnotes: ReadonlyMap<BodyNode, number>;
  /** Each node that carries a label, with its reference. */
  readonly labelled: ReadonlyMap<BodyNode, Reference>;
  /** The same by label; the first wins where two nodes carry one label. */
  readonly references: ReadonlyMap<string, Reference>;
}

/** Where counting starts, so that a carnet can count through its notes. */
export interface NumberingStart {
  readonly figure: number;
  readonly table: number;
  readonly equation: number;
}

function kindOf(node: BodyNode): NumberedKind | null {
  switch (node.type) {
    case 'heading':
      return 'heading';
    case 'image':
      return 'figure';
    case 'table':
      return 'table';
    case 'figure':
      return attributeChoice(node, 'kind', ['figure', 'table']);
    case 'mathBlock':
      return 'equation';
    default:
      return null;
  }
}

function titleOfTarget(node: BodyNode, options: TextOptions): string {
  if (node.type === 'heading') return extractText(node, options);
  const caption = (node.content ?? []).find((child) => child.type === 'figureCaption');
  return caption ? extractText(caption, options) : '';
}

/**
 * Numbers footnotes, and the figures, tables and formulas that carry a label (what nobody refers to has no number).
 * Used by the reading page, the exports and the book alike, keyed by the nodes of the very `body` that is given.
 */
export function numberBody(
  body: BodyNode,
  options: TextOptions = {},
  start: NumberingStart = { figure: 0, table: 0, equation: 0 },
): Numbering {
  const footnotes = new Map<BodyNode, number>();
  const labelled = new Map<BodyNode, Reference>();
  const references = new Map<string, Reference>();
  const counts = { ...start };
  forEachNode(body, (node) => {
    if (node.type === 'footnote') footnotes.set(node, footnotes.size + 1);
    const kind = kindOf(node);
    const label = attributeText(node, 'label');
    if (kind === null || label === null) return;
    const number = kind === 'heading' ? null : (counts[kind] += 1);
    const reference: Reference = { label, kind, number, title: titleOfTarget(node, options) };
    labelled.set(node, reference);
    if (!references.has(label)) references.set(label, reference);
  });
  return { footnotes, labelled, references };
}
