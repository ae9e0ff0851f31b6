import type { Node } from '@tiptap/pm/model';
import * as Y from 'yjs';

/**
 * Which node of the editor stands for which element of the shared document. An element without a node is not shown, and
 * whoever writes leaves it alone. Texts have no entry: they are read where they stand. y-tiptap's helpers for positions take
 * this map as it is.
 */
export type NoteMapping = Map<Y.AbstractType<unknown>, Node | Node[]>;

/** The node that stands for an element, if it is shown. */
export function nodeOf(mapping: NoteMapping, element: Y.XmlElement): Node | undefined {
  const node = mapping.get(element as Y.AbstractType<unknown>);
  return Array.isArray(node) ? undefined : node;
}

/** A text between two elements of a line: one run of text nodes, as ProseMirror has it. */
export interface TextRun {
  readonly kind: 'text';
  readonly nodes: readonly Node[];
  /** Where it begins, counted from the beginning of its parent's content. */
  readonly offset: number;
}
/** A node that is no text. */
export interface ElementItem {
  readonly kind: 'element';
  readonly node: Node;
  readonly offset: number;
}
export type ContentItem = TextRun | ElementItem;

/** The children of a node, with neighbouring text nodes (which differ by their marks) taken together. */
export function itemsOf(node: Node): ContentItem[] {
  const items: ContentItem[] = [];
  let texts: Node[] | null = null;
  node.forEach((child, offset) => {
    if (child.isText && texts) texts.push(child);
    else if (child.isText) {
      texts = [child];
      items.push({ kind: 'text', nodes: texts, offset });
    } else {
      texts = null;
      items.push({ kind: 'element', node: child, offset });
    }
  });
  return items;
}

/** The children of an element or fragment, as they stand in the document. */
export function childrenOf(parent: Y.XmlFragment): (Y.XmlElement | Y.XmlText | Y.XmlHook)[] {
  return parent.toArray() as (Y.XmlElement | Y.XmlText | Y.XmlHook)[];
}

/** True for an element proper: a hook is a map that calls itself an element. */
export function isElement(child: unknown): child is Y.XmlElement {
  return child instanceof Y.XmlElement && !(child instanceof Y.XmlHook);
}

/** Forgets an element that is about to go, and what it holds. */
export function forget(mapping: NoteMapping, element: Y.XmlElement): void {
  mapping.delete(element as Y.AbstractType<unknown>);
  for (const child of childrenOf(element)) if (isElement(child)) forget(mapping, child);
}

/**
 * Makes the nodes of `node` stand for the elements of `parent`, whose content is equal: nodes that a transaction put into the
 * editor's document are others than those that were read.
 */
export function linkChildren(parent: Y.XmlFragment, node: Node, mapping: NoteMapping): void {
  const shown = childrenOf(parent).filter(
    (child) => isElement(child) && nodeOf(mapping, child) !== undefined,
  );
  const items = itemsOf(node).filter((item) => item.kind === 'element');
  for (const [at, child] of shown.entries()) {
    const item = items[at];
    if (!item || !isElement(child)) return;
    if (nodeOf(mapping, child) !== item.node) linkElement(child, item.node, mapping);
  }
}

/** The same for an element itself. */
export function linkElement(element: Y.XmlElement, node: Node, mapping: NoteMapping): void {
  mapping.set(element as Y.AbstractType<unknown>, node);
  linkChildren(element, node, mapping);
}
