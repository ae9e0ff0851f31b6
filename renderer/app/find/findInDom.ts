import { findInText } from '../../editor/reading.ts';

const options = { matchCase: false, ignoreAccents: true } as const;

/** What is around every page, and the search itself. */
const notSearched = '[data-not-found], [data-column="sidebar"]';

/** What stands in a line with its neighbours: words may be cut by any of it. */
const isInline = (element: Element): boolean => getComputedStyle(element).display.startsWith('inline');

/** Whether the text is seen, or would be once the fold around it is open. Words for screen readers alone, and what a field holds, are not found. */
function isReadable(element: Element): boolean {
  if (element.closest(`${notSearched}, script, style, textarea, select`) !== null) return false;
  const fold = element.closest('details:not([open])');
  if (fold !== null) return fold.checkVisibility();
  return element.checkVisibility({ visibilityProperty: true });
}

/**
 * Where a page says something, as a person would search for it: without regard to case or accents, also across words in bold and links, never across paragraphs.
 * @param root - what is searched, but for the navigation and for parts marked `data-not-found`.
 * @returns one range for each place, in the order of the page.
 */
export function findInDom(root: Element, query: string): Range[] {
  if (query.trim() === '') return [];
  const blocks = new Map<Element, Element>();
  const blockOf = (element: Element): Element => {
    const known = blocks.get(element);
    if (known !== undefined) return known;
    const parent = element.parentElement;
    const block = element === root || parent === null || !isInline(element) ? element : blockOf(parent);
    blocks.set(element, block);
    return block;
  };
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: Range[] = [];
  let line: { readonly node: Text; readonly from: number }[] = [];
  let text = '';
  let block: Element | null = null;
  const flush = (): void => {
    for (const { from, to } of findInText(text, query, options)) {
      const start = line.findLast((part) => part.from <= from);
      const end = line.findLast((part) => part.from < to);
      if (start === undefined || end === undefined) continue;
      const range = new Range();
      range.setStart(start.node, from - start.from);
      range.setEnd(end.node, to - end.from);
      found.push(range);
    }
    line = [];
    text = '';
  };
  const readable = new Map<Element, boolean>();
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!(node instanceof Text) || parent === null) continue;
    const isSeen = readable.get(parent) ?? isReadable(parent);
    readable.set(parent, isSeen);
    if (!isSeen) continue;
    const own = blockOf(parent);
    if (own !== block) flush();
    block = own;
    line.push({ node, from: text.length });
    text += node.data;
  }
  flush();
  return found;
}

/** Opens the folds around a place, and brings it into sight. */
export function showRange(range: Range): void {
  const element = range.startContainer.parentElement;
  for (let at = element; at !== null; at = at.parentElement)
    if (at instanceof HTMLDetailsElement) at.open = true;
  element?.scrollIntoView({ block: 'center' });
}
