import type { BodyMark, BodyNode } from '#shared/document/noteContent.ts';
import {
  attribute,
  elementsIn,
  hasClass,
  type HtmlElement,
  type HtmlNode,
  isElement,
  isHidden,
  isPlain,
  isText,
  labelOf,
  markOf,
  textOf,
  withMark,
} from './htmlElements.ts';
import type { LossList } from './ImportReport.ts';
import { trimLine } from './lines.ts';

/** A piece of a line: a node that stands in it, a picture that will stand between paragraphs, or the label of what follows. */
export type LinePiece = { readonly node: BodyNode } | { readonly label: string };

const longestLatex = 8000;

/** Reads what stands in lines. */
export class LineReader {
  readonly #from: 'page' | 'word' | 'markdown';
  readonly #losses: LossList;
  /** What our pages, and others, write at their end: the text of each note by its id. */
  readonly #notes = new Map<string, HtmlElement>();
  readonly #called = new Set<HtmlElement>();
  #links = 0;
  #inFootnote = false;

  /** @param root - of the whole page. */
  constructor(from: 'page' | 'word' | 'markdown', losses: LossList, root: readonly HtmlNode[]) {
    this.#from = from;
    this.#losses = losses;
    for (const item of elementsIn(root, 'li')) {
      const id = attribute(item, 'id');
      if (id !== null) this.#notes.set(id, item);
    }
    for (const call of elementsIn(root, 'sup')) {
      const note = this.#noteOf(call);
      if (note !== null) this.#called.add(note);
    }
  }

  read(nodes: readonly HtmlNode[], marks: readonly BodyMark[] = []): LinePiece[] {
    const out: LinePiece[] = [];
    for (const node of nodes) this.#read(node, marks, out);
    return joined(out);
  }

  /** The formula of a `math` element, or of what draws one, as LaTeX; null where it is not written there. */
  latexOf(element: HtmlElement): string | null {
    const source = elementsIn([element], 'annotation').find(
      (one) => attribute(one, 'encoding') === 'application/x-tex',
    );
    return source === undefined ? null : textOf(source).slice(0, longestLatex);
  }

  #read(node: HtmlNode, marks: readonly BodyMark[], out: LinePiece[]): void {
    if (isText(node)) {
      const text = this.#from === 'page' ? node.value.replaceAll(/[ \t\n]+/g, ' ') : node.value;
      if (text !== '') out.push({ node: { type: 'text', text, ...(marks.length > 0 ? { marks } : {}) } });
      return;
    }
    if (!isElement(node) || isHidden(node)) return;
    this.#element(node, marks, out);
  }

  #element(element: HtmlElement, marks: readonly BodyMark[], out: LinePiece[]): void {
    const inside = (more: readonly BodyMark[] = marks): void => {
      for (const child of element.childNodes) this.#read(child, more, out);
    };
    const put = (node: BodyNode): void => {
      out.push({ node: marks.length > 0 ? { ...node, marks } : node });
    };
    switch (element.tagName) {
      case 'br':
        out.push({ node: { type: 'hardBreak' } });
        return;
      case 'wbr':
      case 'input':
        return;
      case 'a':
        this.#link(element, marks, out);
        return;
      case 'img':
      case 'audio':
      case 'video':
      case 'iframe':
      case 'object':
      case 'embed':
        this.#medium(element, marks, out);
        return;
      case 'x-math':
        put({ type: 'mathInline', attrs: { latex: textOf(element).slice(0, longestLatex) } });
        return;
      case 'x-footnote':
        this.#footnote(element.childNodes, out);
        return;
      case 'math': {
        const latex = this.latexOf(element);
        if (latex !== null) put({ type: 'mathInline', attrs: { latex } });
        else inside();
        return;
      }
      default:
        break;
    }
    const called = this.#calledNote(element);
    if (called !== null) {
      this.#footnote(called, out);
      return;
    }
    if (hasClass(element, 'x-math')) {
      put({ type: 'mathInline', attrs: { latex: textOf(element).slice(0, longestLatex) } });
      return;
    }
    const katex = hasClass(element, 'katex') ? this.latexOf(element) : null;
    if (katex !== null) {
      put({ type: 'mathInline', attrs: { latex: katex } });
      return;
    }
    const own = markOf(element);
    // Word underlines its links.
    const isOfLink = this.#from === 'word' && marks.some(({ type }) => type === 'rawLink');
    const mark = isOfLink && own?.type === 'underline' ? null : own;
    if (!isPlain(element)) this.#losses.add('html', element.tagName);
    if (element.tagName === 'q') out.push({ node: { type: 'text', text: '«\u00a0' } });
    inside(withMark(marks, mark));
    if (element.tagName === 'q') out.push({ node: { type: 'text', text: '\u00a0»' } });
  }

  /** Whether an item of a list is the text of a note that is called: it is read there. */
  isCalledNote(item: HtmlElement): boolean {
    return this.#called.has(item);
  }

  /** The note that a call leads to: `<sup><a href="#note-1">1</a></sup>`. */
  #noteOf(element: HtmlElement): HtmlElement | null {
    const link = element.tagName === 'sup' ? elementsIn(element.childNodes, 'a')[0] : undefined;
    const href = link === undefined ? null : attribute(link, 'href');
    return (href === null ? undefined : this.#notes.get(href.replace(/^#/, ''))) ?? null;
  }

  #calledNote(element: HtmlElement): readonly HtmlNode[] | null {
    const note = this.#noteOf(element);
    if (note === null) return null;
    const text = elementsIn(note.childNodes, 'span').find((one) => hasClass(one, 'end-note-text'));
    return text?.childNodes ?? note.childNodes;
  }

  #footnote(nodes: readonly HtmlNode[], out: LinePiece[]): void {
    // One within another has no place of its own.
    if (this.#inFootnote) {
      out.push({ node: { type: 'text', text: ' (' } });
      for (const node of nodes) this.#read(node, [], out);
      out.push({ node: { type: 'text', text: ')' } });
      return;
    }
    this.#inFootnote = true;
    const line = this.read(nodes).flatMap((piece) =>
      'node' in piece && piece.node.type !== 'rawMedia' ? [piece.node] : [],
    );
    this.#inFootnote = false;
    const content = this.#from === 'markdown' ? line : trimLine(line);
    out.push({ node: { type: 'footnote', ...(content.length > 0 ? { content } : {}) } });
  }

  #link(element: HtmlElement, marks: readonly BodyMark[], out: LinePiece[]): void {
    const href = attribute(element, 'href');
    // From a note back to where it is called.
    if (this.#inFootnote && href?.startsWith('#') === true && textOf(element).trim().length <= 2) return;
    const label = labelOf(attribute(element, 'id') ?? attribute(element, 'name'));
    if (href === null) {
      if (label !== null) out.push({ label });
      for (const child of element.childNodes) this.#read(child, marks, out);
      return;
    }
    // A line has its links one beside the other.
    if (marks.some(({ type }) => type === 'rawLink')) {
      for (const child of element.childNodes) this.#read(child, marks, out);
      return;
    }
    this.#links += 1;
    const link: BodyMark = { type: 'rawLink', attrs: { href, link: this.#links } };
    const from = out.length;
    for (const child of element.childNodes) this.#read(child, [...marks, link], out);
    if (out.slice(from).some((piece) => 'node' in piece && piece.node.type === 'rawMedia'))
      this.#losses.add('linkedPictures', href);
  }

  #medium(element: HtmlElement, marks: readonly BodyMark[], out: LinePiece[]): void {
    const { tagName } = element;
    const source = elementsIn(element.childNodes, 'source')[0];
    const src =
      attribute(element, 'src') ??
      attribute(element, 'data') ??
      (source === undefined ? null : attribute(source, 'src'));
    if (src === null || src === '') {
      for (const child of element.childNodes) this.#read(child, marks, out);
      return;
    }
    if (['iframe', 'object', 'embed'].includes(tagName)) {
      this.#losses.add('html', tagName);
      this.#links += 1;
      const link: BodyMark = { type: 'rawLink', attrs: { href: src, link: this.#links } };
      const text = attribute(element, 'title') ?? src;
      out.push({ node: { type: 'text', text, marks: [...marks, link] } });
      return;
    }
    const share = /^(\d{1,3})%$/.exec(attribute(element, 'width') ?? '')?.[1];
    const width = share === undefined ? null : Math.min(100, Math.max(5, Number(share)));
    const attrs = {
      tag: tagName,
      src,
      alt: attribute(element, 'alt'),
      name: attribute(element, 'title') ?? (tagName === 'img' ? null : textOf(element).trim() || null),
      width,
    };
    out.push({ node: { type: 'rawMedia', attrs } });
  }
}

/** Neighbouring texts of the same formatting as one. */
function joined(pieces: readonly LinePiece[]): LinePiece[] {
  const out: LinePiece[] = [];
  for (const piece of pieces) {
    const last = out.at(-1);
    const isSame =
      last !== undefined &&
      'node' in last &&
      'node' in piece &&
      last.node.text !== undefined &&
      piece.node.text !== undefined &&
      JSON.stringify(last.node.marks ?? []) === JSON.stringify(piece.node.marks ?? []);
    if (isSame) out[out.length - 1] = { node: { ...last.node, text: `${last.node.text}${piece.node.text}` } };
    else out.push(piece);
  }
  return out;
}
