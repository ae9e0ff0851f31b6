import type { Node, NodeType } from '@tiptap/pm/model';
import { equalityDeep } from 'lib0/function';
import * as Y from 'yjs';
import { alignElements } from './alignElements.ts';
import {
  childrenOf,
  type ContentItem,
  forget,
  isElement,
  itemsOf,
  linkElement,
  type NoteMapping,
  nodeOf,
} from './NoteMapping.ts';
import { readFragment } from './readElement.ts';
import { createText, writeText } from './writeText.ts';

/** What writing needs to know besides the nodes. */
export interface Writing {
  readonly mapping: NoteMapping;
  /** Place of the caret after the edit, in the whole document; -1 where there is none. */
  readonly caret: number;
}

/** Attributes that the schema does not know stay: a newer application wrote them. */
function writeAttributes(element: Y.XmlElement, attrs: Node['attrs']): void {
  const now = element.getAttributes() as Record<string, unknown>;
  for (const [name, value] of Object.entries(attrs)) {
    if (value === null || value === undefined) {
      if (Object.hasOwn(now, name)) element.removeAttribute(name);
    } else if (!equalityDeep(now[name], value)) element.setAttribute(name, value as string);
  }
}

function createElement(node: Node, mapping: NoteMapping): Y.XmlElement {
  const element = new Y.XmlElement(node.type.name);
  for (const [name, value] of Object.entries(node.attrs))
    if (value !== null && value !== undefined) element.setAttribute(name, value as string);
  element.insert(0, createAll(itemsOf(node), mapping));
  mapping.set(element as Y.AbstractType<unknown>, node);
  return element;
}

function createAll(items: readonly ContentItem[], mapping: NoteMapping): (Y.XmlElement | Y.XmlText)[] {
  return items.map((item) =>
    item.kind === 'text' ? createText(item.nodes) : createElement(item.node, mapping),
  );
}

const lengthOf = (item: ContentItem): number =>
  item.kind === 'text' ? item.nodes.reduce((sum, node) => sum + node.nodeSize, 0) : item.node.nodeSize;

/** The piece of text that goes on in the texts that are there: the longest. */
function longestText(items: readonly ContentItem[]): number {
  let longest = -1;
  for (const [at, item] of items.entries()) {
    if (item.kind !== 'text') continue;
    const best = items[longest];
    if (!best || lengthOf(item) > lengthOf(best)) longest = at;
  }
  return longest;
}

/** Children of a parent between two that stay: indexes in the shared document, end excluded. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * Makes a span of children say what `items` say. None of the elements in it stays; texts do, even empty.
 * @param at - where the content of the parent begins, in the whole document.
 * @param writing - and the type of the parent.
 */
function writeSpan(
  parent: Y.XmlFragment,
  span: Span,
  items: readonly ContentItem[],
  at: number,
  writing: Writing & { readonly type: NodeType },
): void {
  const { mapping, caret, type } = writing;
  const children = childrenOf(parent).slice(span.from, span.to);
  for (let index = children.length - 1; index >= 0; index -= 1) {
    const child = children[index];
    // What is not shown was not removed by anyone.
    if (!isElement(child) || nodeOf(mapping, child) === undefined) continue;
    forget(mapping, child);
    parent.delete(span.from + index, 1);
    children.splice(index, 1);
  }
  const texts = type.inlineContent
    ? children.filter((child): child is Y.XmlText => child instanceof Y.XmlText)
    : [];
  const goesOn = texts.length > 0 ? longestText(items) : -1;
  const item = items[goesOn];
  const after = items.slice(goesOn + 1);
  if (after.length > 0) parent.insert(span.from + children.length, createAll(after, mapping));
  if (item?.kind === 'text') {
    parent.insert(span.from, createAll(items.slice(0, goesOn), mapping));
    writeText(texts, item.nodes, { schema: type.schema, caret: caret - at - item.offset });
  } else if (texts.length > 0) writeText(texts, [], { schema: type.schema, caret: -1 });
}

/**
 * Makes the children of an element or fragment say what `node` says, by the smallest edit: what did not change is not
 * written, so that it keeps its author and joins with what others write in it at the same time. To be called in a transaction.
 * @param at - where the content of `node` begins, in the whole document.
 */
export function writeChildren(parent: Y.XmlFragment, node: Node, at: number, writing: Writing): void {
  const { mapping } = writing;
  const items = itemsOf(node);
  const children = childrenOf(parent);
  const shown = children.flatMap((child, index) => {
    const now = isElement(child) ? nodeOf(mapping, child) : undefined;
    return isElement(child) && now ? [{ element: child, now, index }] : [];
  });
  const wanted = items.flatMap((item, index) => (item.kind === 'element' ? [{ item, index }] : []));
  const pairs = alignElements(
    shown.map(({ now }) => now),
    wanted.map(({ item }) => item.node),
  );
  // From the end, so that the places before stay what they were.
  let end = { child: children.length, item: items.length };
  for (let last = pairs.length - 1; last >= -1; last -= 1) {
    const pair = pairs[last];
    const before = pair ? shown[pair[0]] : undefined;
    const after = pair ? wanted[pair[1]] : undefined;
    const start = { child: (before?.index ?? -1) + 1, item: (after?.index ?? -1) + 1 };
    if (start.child < end.child || start.item < end.item)
      writeSpan(parent, { from: start.child, to: end.child }, items.slice(start.item, end.item), at, {
        ...writing,
        type: node.type,
      });
    if (!before || !after) break;
    const { node: next, offset } = after.item;
    if (before.now !== next) {
      if (before.now.eq(next)) linkElement(before.element, next, mapping);
      else writeElement(before.element, next, at + offset, writing);
    }
    end = { child: before.index, item: after.index };
  }
}

function writeElement(element: Y.XmlElement, node: Node, at: number, writing: Writing): void {
  writeAttributes(element, node.attrs);
  writeChildren(element, node, at + 1, writing);
  writing.mapping.set(element as Y.AbstractType<unknown>, node);
}

/** Makes a fragment say what a document says, by the smallest edit. To be called in a transaction. */
export function writeFragment(fragment: Y.XmlFragment, node: Node): void {
  const mapping: NoteMapping = new Map();
  readFragment(fragment, node.type.schema, mapping);
  writeChildren(fragment, node, 0, { mapping, caret: -1 });
}
