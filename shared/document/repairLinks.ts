import * as Y from 'yjs';
import { bodyOf } from './fields.ts';
import { addressOfMark } from './malformedAddress.ts';
import { markNameOf } from './names.ts';

/** What a link leads to: a note, by its id, or an address. */
export type LinkTarget =
  | { readonly kind: 'note'; readonly noteId: string }
  | { readonly kind: 'address'; readonly href: string };

const isElement = (node: unknown): node is Y.XmlElement =>
  node instanceof Y.XmlElement && !(node instanceof Y.XmlHook);

function visit(parent: Y.XmlFragment | Y.XmlElement, on: (node: Y.XmlElement | Y.XmlText) => void): void {
  // A copy: what is visited may be taken out.
  for (const child of parent.toArray()) {
    if (child instanceof Y.XmlText) on(child);
    else if (isElement(child)) {
      visit(child, on);
      on(child);
    }
  }
}

/** Puts words where an element stands, in the text beside it where there is one. */
function putWords(element: Y.XmlElement, words: string): void {
  const { parent } = element;
  if (!(parent instanceof Y.XmlElement || parent instanceof Y.XmlFragment)) return;
  const at = parent.toArray().indexOf(element);
  const [before, after] = [element.prevSibling, element.nextSibling];
  parent.delete(at, 1);
  if (words === '') return;
  if (before instanceof Y.XmlText) before.insert(before.length, words, {});
  else if (after instanceof Y.XmlText) after.insert(0, words, {});
  else {
    const text = new Y.XmlText();
    text.insert(0, words);
    parent.insert(at, [text]);
  }
}

function eachLink(
  doc: Y.Doc,
  target: LinkTarget,
  onNote: (element: Y.XmlElement) => void,
  onAddress: (text: Y.XmlText, at: number, length: number, name: string) => void,
): number {
  let count = 0;
  visit(bodyOf(doc), (node) => {
    if (target.kind === 'note') {
      if (!isElement(node) || node.nodeName !== 'noteLink' || node.getAttribute('noteId') !== target.noteId)
        return;
      count += 1;
      onNote(node);
    } else if (node instanceof Y.XmlText) {
      let at = 0;
      const found: [number, number, string][] = [];
      for (const part of node.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[]) {
        const length = typeof part.insert === 'string' ? part.insert.length : 1;
        for (const [name, value] of Object.entries(part.attributes ?? {})) {
          if (markNameOf(name) !== 'link') continue;
          if (addressOfMark(value as Record<string, unknown>) === target.href) found.push([at, length, name]);
        }
        at += length;
      }
      count += found.length;
      for (const [start, length, name] of found) onAddress(node, start, length, name);
    }
  });
  return count;
}

/**
 * Makes every link of a note's body to a target lead elsewhere. Call it in a transaction.
 * @param next - the id of a note for a link to a note, an address for an address.
 * @returns how many links there were.
 */
export function replaceLinks(doc: Y.Doc, target: LinkTarget, next: string): number {
  return eachLink(
    doc,
    target,
    (element) => element.setAttribute('noteId', next),
    (text, at, length, name) => text.format(at, length, { [name]: { href: next } }),
  );
}

/**
 * Takes every link of a note's body to a target out; the words that it stood under stay. Call it in a transaction.
 * @returns how many links there were.
 */
export function removeLinks(doc: Y.Doc, target: LinkTarget): number {
  return eachLink(
    doc,
    target,
    (element) => {
      const words: unknown = element.getAttribute('text');
      putWords(element, typeof words === 'string' ? words : '');
    },
    (text, at, length, name) => text.format(at, length, { [name]: null }),
  );
}
