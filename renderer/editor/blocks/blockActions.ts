import type { Editor } from '@tiptap/core';
import { Fragment, type Node, type ResolvedPos } from '@tiptap/pm/model';
import { TextSelection, type Transaction } from '@tiptap/pm/state';

/** A block as a person sees it: a paragraph, a list item, a whole table. */
export interface BlockPlace {
  readonly node: Node;
  /** Position before it. */
  readonly at: number;
  readonly parent: Node;
  /** Its place among the children of `parent`. */
  readonly index: number;
}

const items = new Set(['listItem', 'taskItem']);
const holders = new Set(['doc', 'blockquote', 'callout', 'detailsContent', 'figure']);

/** The block that a position is in. Null in an empty document. */
export function blockAround($pos: ResolvedPos): BlockPlace | null {
  for (let depth = $pos.depth; depth > 0; depth -= 1) {
    const node = $pos.node(depth);
    const parent = $pos.node(depth - 1);
    if (items.has(node.type.name) || holders.has(parent.type.name)) {
      return { node, at: $pos.before(depth), parent, index: $pos.index(depth - 1) };
    }
  }
  const node = $pos.nodeAfter;
  return node?.isBlock === true ? { node, at: $pos.pos, parent: $pos.parent, index: $pos.index() } : null;
}

/** The block at a position before it. */
export function blockAt(doc: Node, at: number): BlockPlace | null {
  if (at < 0 || at > doc.content.size) return null;
  const $pos = doc.resolve(at);
  const node = $pos.nodeAfter;
  return node === null ? null : { node, at, parent: $pos.parent, index: $pos.index() };
}

/**
 * Exchanges a block with its neighbour. The neighbour is what is taken out and put back, so that the caret, and the marks
 * that others have on the block being moved, stay in it.
 */
function moveBlock(transaction: Transaction, block: BlockPlace, direction: -1 | 1): boolean {
  const neighbour = block.parent.maybeChild(block.index + direction);
  if (!neighbour) return false;
  if (direction === 1) {
    const from = block.at + block.node.nodeSize;
    transaction.delete(from, from + neighbour.nodeSize).insert(block.at, neighbour);
  } else {
    const from = block.at - neighbour.nodeSize;
    transaction.delete(from, block.at).insert(from + block.node.nodeSize, neighbour);
  }
  return true;
}

function withoutIds(node: Node): Node {
  const content = node.isText ? node.content : Fragment.from(node.children.map(withoutIds));
  return node.isText
    ? node
    : node.type.create('id' in node.attrs ? { ...node.attrs, id: null } : node.attrs, content, node.marks);
}

/** Moves the block of the caret, or the one at a position, up (-1) or down (1). @returns false at the edge. */
export function moveBlockBy(editor: Editor, direction: -1 | 1, at?: number): boolean {
  return editor.commands.command(({ tr, state, dispatch }) => {
    const block = at === undefined ? blockAround(state.selection.$from) : blockAt(state.doc, at);
    if (!block?.parent.maybeChild(block.index + direction)) return false;
    if (dispatch) {
      moveBlock(tr, block, direction);
      tr.scrollIntoView();
    }
    return true;
  });
}

/** Puts a copy of the block after it, with the caret in the copy. */
export function duplicateBlock(editor: Editor, at?: number): boolean {
  return editor.commands.command(({ tr, state, dispatch }) => {
    const block = at === undefined ? blockAround(state.selection.$from) : blockAt(state.doc, at);
    if (!block) return false;
    if (dispatch) {
      const end = block.at + block.node.nodeSize;
      tr.insert(end, withoutIds(block.node));
      tr.setSelection(TextSelection.near(tr.doc.resolve(end + 1))).scrollIntoView();
    }
    return true;
  });
}

/** Takes a block away; a list or a holder that would be left empty goes with it. */
export function deleteBlock(editor: Editor, at?: number): boolean {
  return editor.commands.command(({ tr, state, dispatch }) => {
    const block = at === undefined ? blockAround(state.selection.$from) : blockAt(state.doc, at);
    if (!block) return false;
    if (dispatch) {
      const $at = state.doc.resolve(block.at);
      const isLast = $at.depth > 0 && $at.parent.childCount === 1;
      if (isLast) tr.delete($at.before(), $at.after());
      else tr.delete(block.at, block.at + block.node.nodeSize);
      tr.scrollIntoView();
    }
    return true;
  });
}

/** Puts an empty paragraph after a block, with the caret in it. */
export function addBlockAfter(editor: Editor, at: number): boolean {
  return editor.commands.command(({ tr, state, dispatch }) => {
    const block = blockAt(state.doc, at);
    if (!block) return false;
    if (dispatch) {
      const isItem = items.has(block.node.type.name);
      const paragraph = state.schema.nodes['paragraph']?.create();
      const added = isItem ? block.node.type.create(null, paragraph) : paragraph;
      if (!added) return false;
      const end = at + block.node.nodeSize;
      tr.insert(end, added);
      tr.setSelection(TextSelection.near(tr.doc.resolve(end + 1))).scrollIntoView();
    }
    return true;
  });
}

/** The id of a block, given to it when it has none: the one moment at which an id is written. */
export function ensureBlockId(editor: Editor, at: number): string | null {
  const node = editor.state.doc.nodeAt(at);
  if (!node || !('id' in node.attrs)) return null;
  if (typeof node.attrs['id'] === 'string') return node.attrs['id'];
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  const id = btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
  editor.view.dispatch(editor.state.tr.setNodeAttribute(at, 'id', id));
  return id;
}
