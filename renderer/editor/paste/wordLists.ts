/** What Word says of a list paragraph in its `mso-list` style: `l0 level2 lfo1`. */
interface WordItem {
  readonly list: string;
  readonly level: number;
}

function readItem(element: Element): WordItem | null {
  const style = element.getAttribute('style') ?? '';
  const match = /mso-list:\s*(l\d+)\s+level(\d+)/i.exec(style);
  if (!match) return null;
  return { list: match[1] ?? 'l0', level: Math.min(9, Math.max(1, Number(match[2]))) };
}

/** The number or bullet that Word writes as text before an item. */
function takeMarker(element: Element): string {
  let marker = '';
  for (const span of element.querySelectorAll('span')) {
    if (/mso-list:\s*ignore/i.test(span.getAttribute('style') ?? '')) {
      marker ||= span.textContent?.trim() ?? '';
      span.remove();
    }
  }
  // Older versions mark it by comments alone: <!--[if !supportLists]-->…<!--[endif]-->
  const comments = [...element.childNodes].filter((node) => node.nodeType === 8);
  const from = comments.find((node) => /\[if !supportLists\]/i.test(node.nodeValue ?? ''));
  if (from) {
    let node = from.nextSibling;
    while (node && !(node.nodeType === 8 && /\[endif\]/i.test(node.nodeValue ?? ''))) {
      const after = node.nextSibling;
      marker ||= node.textContent?.trim() ?? '';
      node.parentNode?.removeChild(node);
      node = after;
    }
  }
  return marker;
}

function listTagOf(marker: string): {
  readonly tag: 'ol' | 'ul';
  readonly start: number;
  readonly type: string | null;
} {
  const text = marker.replace(/[\s\u00a0]/g, '');
  const digits = /^\(?(\d+)[.)]?$/.exec(text);
  if (digits) return { tag: 'ol', start: Number(digits[1]), type: null };
  if (/^\(?[ivxlc]{2,}[.)]$/.test(text)) return { tag: 'ol', start: 1, type: 'i' };
  if (/^\(?[IVXLC]{2,}[.)]$/.test(text)) return { tag: 'ol', start: 1, type: 'I' };
  if (/^\(?[a-z][.)]$/.test(text))
    return { tag: 'ol', start: text.replace(/\W/g, '').charCodeAt(0) - 96, type: 'a' };
  if (/^\(?[A-Z][.)]$/.test(text))
    return { tag: 'ol', start: text.replace(/\W/g, '').charCodeAt(0) - 64, type: 'A' };
  return { tag: 'ul', start: 1, type: null };
}

/** Turns Word's list paragraphs, which are paragraphs with a style, into nested lists. The DOM is changed in place. */
export function rebuildWordLists(root: Element): void {
  const document = root.ownerDocument;
  const paragraphs = [...root.querySelectorAll('p, h1, h2, h3, h4, h5, h6')].filter(
    (one) => readItem(one) !== null,
  );
  let stack: { list: Element; level: number; id: string }[] = [];
  let last: Element | null = null;
  for (const paragraph of paragraphs) {
    const item = readItem(paragraph);
    if (!item || !paragraph.parentNode) continue;
    const marker = takeMarker(paragraph);
    const outer = stack[0];
    const follows =
      last !== null && outer !== undefined && outer.id === item.list && nextElement(outer.list) === paragraph;
    if (!follows) stack = [];
    while (stack.length > 0 && (stack.at(-1)?.level ?? 0) > item.level) stack.pop();
    if (stack.length === 0 || (stack.at(-1)?.level ?? 0) < item.level) {
      const { tag, start, type } = listTagOf(marker);
      const list = document.createElement(tag);
      if (tag === 'ol' && start !== 1) list.setAttribute('start', String(start));
      if (type) list.setAttribute('type', type);
      const holder = stack.at(-1)?.list.lastElementChild;
      if (holder) holder.append(list);
      else paragraph.parentNode.insertBefore(list, paragraph);
      stack.push({ list, level: item.level, id: item.list });
    }
    const entry = document.createElement('li');
    const content = document.createElement('p');
    content.append(...paragraph.childNodes);
    entry.append(content);
    stack.at(-1)?.list.append(entry);
    paragraph.remove();
    last = entry;
  }
}

function nextElement(element: Element): Element | null {
  return element.nextElementSibling;
}
