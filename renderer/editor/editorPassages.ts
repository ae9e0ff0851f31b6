import type { Editor } from '@tiptap/core';
import type { LinePlace, Passage } from '#shared/document/passages.ts';

interface EditorLine {
  /** Where its content begins. */
  readonly at: number;
  /** Its children: how many letters each counts, and its size in the editor. */
  readonly children: readonly { readonly letters: number; readonly size: number }[];
}

/** The lines of shared/document/passages.ts, in the editor. */
function linesOf({ state }: Editor): EditorLine[] {
  const lines: EditorLine[] = [];
  state.doc.descendants((node, position) => {
    if (!node.inlineContent) return true;
    if (node.childCount > 0)
      lines.push({
        at: position + 1,
        children: node.children.map((child) => ({
          letters: child.isText ? child.nodeSize : 1,
          size: child.nodeSize,
        })),
      });
    return false;
  });
  return lines;
}

function positionOf(lines: readonly EditorLine[], { line, offset }: LinePlace): number | null {
  const found = lines[line];
  if (found === undefined) return null;
  let { at } = found;
  let left = offset;
  for (const { letters, size } of found.children) {
    if (left < letters) return at + left;
    left -= letters;
    at += size;
  }
  return left === 0 ? at : null;
}

function placeOf(lines: readonly EditorLine[], position: number): LinePlace {
  const line = Math.max(
    0,
    lines.findLastIndex(({ at }) => at <= position),
  );
  let left = position - (lines[line]?.at ?? 0);
  let offset = 0;
  for (const { letters, size } of lines[line]?.children ?? []) {
    if (left <= 0) break;
    offset += left >= size ? letters : letters === size ? left : 0;
    left -= size;
  }
  return { line, offset };
}

/** A passage as the editor shows it; null where it does not. */
export function editorRangeOf(editor: Editor, { start, end }: Passage): Range | null {
  if (editor.isDestroyed) return null;
  const lines = linesOf(editor);
  const [from, to] = [positionOf(lines, start), positionOf(lines, end)];
  if (from === null || to === null) return null;
  const [first, last] = [editor.view.domAtPos(from, 1), editor.view.domAtPos(to, -1)];
  const range = document.createRange();
  range.setStart(first.node, first.offset);
  range.setEnd(last.node, last.offset);
  return range;
}

/** What the page shows as chosen: the editor hears of it a moment later, which a shortcut typed at once would not wait for. */
function chosen({ view, state }: Editor): { readonly from: number; readonly to: number } {
  const selection = document.getSelection();
  const range = selection !== null && selection.rangeCount > 0 ? selection.getRangeAt(0) : null;
  if (range === null || !view.dom.contains(range.startContainer) || !view.dom.contains(range.endContainer))
    return state.selection;
  return {
    from: view.posAtDOM(range.startContainer, range.startOffset),
    to: view.posAtDOM(range.endContainer, range.endOffset),
  };
}

/** The passage that is chosen in the editor; null for a caret alone. */
export function editorPassage(editor: Editor): Passage | null {
  const { from, to } = chosen(editor);
  const lines = linesOf(editor);
  return from >= to || lines.length === 0 ? null : { start: placeOf(lines, from), end: placeOf(lines, to) };
}
