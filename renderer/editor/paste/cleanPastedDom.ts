import { rebuildWordLists } from './wordLists.ts';

/** What was left out of a paste and that the person should know of. */
export interface PasteReport {
  /** Pictures that stand on other sites: they are not linked to, and cannot be taken over from here. */
  readonly remoteImages: number;
  /** Pictures that came inside the paste, as `data:` addresses. */
  readonly inlineImages: readonly string[];
}

/** Removed with all that they hold. */
const dropped =
  'script, style, meta, link, title, head, xml, iframe, object, embed, applet, form, input, select, textarea, svg, canvas, template, noscript, base';

const headingStyles: readonly (readonly [RegExp, 1 | 2 | 3 | 4])[] = [
  [/^mso(title|heading1)$/i, 1],
  [/^mso(subtitle|heading2)$/i, 2],
  [/^msoheading3$/i, 3],
  [/^msoheading[4-9]$/i, 4],
];

function rename(element: Element, tag: string): Element {
  const next = element.ownerDocument.createElement(tag);
  next.append(...element.childNodes);
  element.replaceWith(next);
  return next;
}

function unwrap(element: Element): void {
  element.replaceWith(...element.childNodes);
}

function styleOf(element: Element): string {
  return (element.getAttribute('style') ?? '').toLowerCase();
}

function wrapContent(element: Element, tag: string): void {
  const inner = element.ownerDocument.createElement(tag);
  inner.append(...element.childNodes);
  element.append(inner);
}

/** Formatting that writers meant and that sources say by style alone becomes an element; every style is then dropped. */
function styleToElements(root: Element): void {
  for (const element of root.querySelectorAll('[style]')) {
    const style = styleOf(element);
    const tag = element.tagName.toLowerCase();
    if (/display:\s*none|mso-hide:\s*all/.test(style)) {
      element.remove();
      continue;
    }
    // Google Docs wraps everything in <b style="font-weight:normal">.
    if ((tag === 'b' || tag === 'strong') && /font-weight:\s*(normal|400)/.test(style)) {
      unwrap(element);
      continue;
    }
    if (!['span', 'font', 'a'].includes(tag)) continue;
    if (/font-weight:\s*(bold|[6-9]00)/.test(style)) wrapContent(element, 'strong');
    if (/font-style:\s*italic/.test(style)) wrapContent(element, 'em');
    if (/text-decoration[^;]*underline/.test(style) && tag !== 'a' && !element.closest('a'))
      wrapContent(element, 'u');
    if (/text-decoration[^;]*line-through/.test(style)) wrapContent(element, 's');
    if (/vertical-align:\s*super/.test(style)) wrapContent(element, 'sup');
    if (/vertical-align:\s*sub(?!-)/.test(style)) wrapContent(element, 'sub');
  }
}

function mapHeadings(root: Element): void {
  for (const element of root.querySelectorAll('p[class]')) {
    const name = element.getAttribute('class') ?? '';
    const level = headingStyles.find(([pattern]) => pattern.test(name))?.[1];
    if (level) rename(element, `h${level}`);
  }
  for (const element of root.querySelectorAll('[role="heading"][aria-level]')) {
    if (/^h[1-6]$/i.test(element.tagName)) continue;
    const level = Math.min(4, Math.max(1, Number(element.getAttribute('aria-level')) || 4));
    rename(element, `h${level}`);
  }
  for (const element of root.querySelectorAll('h5, h6')) rename(element, 'h4');
  // A heading is no bold text: sources write it so, and the reading page sets headings itself.
  for (const element of root.querySelectorAll(
    'h1 b, h2 b, h3 b, h4 b, h1 strong, h2 strong, h3 strong, h4 strong',
  ))
    unwrap(element);
}

function takeImages(root: Element): PasteReport {
  let remoteImages = 0;
  const inlineImages: string[] = [];
  for (const image of root.querySelectorAll('img')) {
    // What comes from a note of this application carries its attachment and stays.
    if (image.closest('figure[data-type="image"]')) {
      image.removeAttribute('src');
      continue;
    }
    const src = image.getAttribute('src') ?? '';
    if (/^data:image\/(png|jpeg|gif|webp|avif)[;,]/i.test(src)) inlineImages.push(src);
    else if (!/^data:/i.test(src) && !isTracker(image)) remoteImages += 1;
    image.remove();
  }
  return { remoteImages, inlineImages };
}

/** A picture of one pixel counts visits; nobody misses it. */
function isTracker(image: Element): boolean {
  return [image.getAttribute('width'), image.getAttribute('height')].some(
    (side) => side === '0' || side === '1',
  );
}

function dropNoise(root: Element): void {
  for (const element of root.querySelectorAll(dropped)) {
    // The checkbox of a task list tells whether the task is done.
    if (element.matches('input[type="checkbox"]') && element.closest('li')) continue;
    element.remove();
  }
  for (const element of root.querySelectorAll('o\\:p, w\\:sdt, v\\:shape, v\\:imagedata')) {
    if (element.textContent?.trim()) unwrap(element);
    else element.remove();
  }
  // Footnotes and comments of Word: their calls point at places that do not come along.
  for (const element of root.querySelectorAll('a[href^="#_"], a[name]')) {
    if (!element.getAttribute('href') || element.getAttribute('href')?.startsWith('#_')) unwrap(element);
  }
  const comments: Comment[] = [];
  const walker = root.ownerDocument.createTreeWalker(root, 128);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) comments.push(node as Comment);
  for (const comment of comments) comment.remove();
}

/** GitHub, Google Docs: a list of checkboxes. */
function mapTasks(root: Element): void {
  for (const list of root.querySelectorAll('ul')) {
    const items = [...list.children].filter((child) => child.tagName === 'LI');
    const boxes = items.map((item) =>
      item.querySelector(':scope > input[type="checkbox"], :scope > p > input[type="checkbox"]'),
    );
    const isTasks =
      items.length > 0 &&
      items.every((item, at) => boxes[at] != null || item.getAttribute('role') === 'checkbox') &&
      list.getAttribute('data-type') !== 'taskList';
    if (!isTasks) continue;
    list.setAttribute('data-type', 'taskList');
    items.forEach((item, at) => {
      const isDone =
        boxes[at]?.hasAttribute('checked') === true || item.getAttribute('aria-checked') === 'true';
      item.setAttribute('data-type', 'taskItem');
      item.setAttribute('data-checked', String(isDone));
      boxes[at]?.remove();
    });
  }
  for (const box of root.querySelectorAll('input')) if (!box.closest('[data-type="taskItem"]')) box.remove();
}

/** Google Docs puts nested lists beside the items that they belong to. */
function nestLists(root: Element): void {
  for (const list of root.querySelectorAll('ul > ul, ul > ol, ol > ul, ol > ol')) {
    const item = list.previousElementSibling;
    if (item?.tagName === 'LI') item.append(list);
  }
}

function dropAttributes(root: Element): void {
  for (const element of root.querySelectorAll('*')) {
    for (const { name } of [...element.attributes]) {
      const isKept =
        name.startsWith('data-') ||
        ['href', 'alt', 'colspan', 'rowspan', 'start', 'type', 'class', 'open', 'checked'].includes(name);
      if (!isKept || (name === 'class' && !/language-/.test(element.getAttribute('class') ?? '')))
        element.removeAttribute(name);
    }
  }
}

/** In a code block `code` says the language; read as the mark of code in the line, it would mark every letter. */
function mapCode(root: Element): void {
  for (const code of root.querySelectorAll('pre code')) {
    const name = code.getAttribute('class') ?? '';
    rename(code, 'span').setAttribute('class', name);
  }
}

function dropEmptySpans(root: Element): void {
  for (const element of root.querySelectorAll('span:not([data-type]), font')) {
    if (element.parentElement?.tagName !== 'PRE') unwrap(element);
  }
  // Word keeps a line of nothing between blocks; tables of Google Docs end with one.
  for (const element of root.querySelectorAll('p')) {
    const isBlank =
      (element.textContent ?? '').replace(/[\s\u00a0]/g, '') === '' && !element.querySelector('img, br');
    if (isBlank && element.parentElement?.children.length !== 1) element.remove();
  }
}

/** True for what was copied from a note: it is trusted no more, but it is not to be cleaned of its own structure. */
export function isOwnSlice(root: Element): boolean {
  return root.querySelector('[data-pm-slice]') !== null || root.closest('[data-pm-slice]') !== null;
}

/**
 * Cleans what was copied from Word, Google Docs, LibreOffice or a web page, before the schema reads it: lists become lists,
 * styles that mean something become elements, all others go, and so do scripts, frames and pictures from elsewhere. The
 * schema and its `validate` remain what keeps out the rest (threat model, A11).
 * @param root - a detached element that holds the paste; changed in place.
 */
export function cleanPastedDom(root: Element): PasteReport {
  const images = takeImages(root);
  if (isOwnSlice(root)) return images;
  rebuildWordLists(root);
  dropNoise(root);
  mapHeadings(root);
  styleToElements(root);
  nestLists(root);
  mapTasks(root);
  mapCode(root);
  for (const element of root.querySelectorAll('br.Apple-interchange-newline')) element.remove();
  dropAttributes(root);
  dropEmptySpans(root);
  return images;
}
