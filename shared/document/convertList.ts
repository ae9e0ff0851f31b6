import { type CommandProps, findParentNode } from '@tiptap/core';
import { Fragment } from '@tiptap/pm/model';
import { TextSelection } from '@tiptap/pm/state';

const listNames: ReadonlySet<string> = new Set(['bulletList', 'orderedList', 'taskList']);

/**
 * Turns the list around the caret into one of another kind whose items are of another kind too (bullets into tasks).
 * TipTap's own toggle wraps the new list inside the old item, which the lenient content expressions allow.
 * @param listName - the kind of list that is wanted.
 * @param itemName - the kind of its items.
 * @returns false, with nothing changed, when there is no such list around the caret.
 */
export function convertList(
  { state, tr, dispatch }: CommandProps,
  listName: string,
  itemName: string,
): boolean {
  const list = findParentNode((node) => listNames.has(node.type.name))(tr.selection);
  const listType = state.schema.nodes[listName];
  const itemType = state.schema.nodes[itemName];
  if (!list || !listType || !itemType || list.node.firstChild?.type === itemType) return false;
  if (!dispatch) return true;
  const items = list.node.children.map((item) =>
    itemType.create({ ...item.attrs }, item.content, item.marks),
  );
  const { anchor, head } = tr.selection;
  const shared = { id: list.node.attrs['id'] as unknown, lang: list.node.attrs['lang'] as unknown };
  tr.replaceWith(list.pos, list.pos + list.node.nodeSize, listType.create(shared, Fragment.from(items)));
  // The new list has the size of the old one: the caret stays on its letter.
  tr.setSelection(TextSelection.create(tr.doc, anchor, head));
  return true;
}
