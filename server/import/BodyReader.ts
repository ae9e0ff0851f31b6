import { attributeText } from '#shared/document/bodyAccess.ts';
import type { BodyMark, BodyNode } from '#shared/document/noteContent.ts';
import { calloutKinds, imageAlignments } from '#shared/document/vocabulary.ts';
import {
  alignmentOf,
  attribute,
  elementsIn,
  hasClass,
  type HtmlElement,
  type HtmlNode,
  isBlock,
  isElement,
  isHidden,
  isPlain,
  isText,
  labelOf,
  languageOf,
  markOf,
  textOf,
  withMark,
} from './htmlElements.ts';
import { captionOf, withCaptions } from './captions.ts';
import { importLimits } from './importLimits.ts';
import type { LossList } from './ImportReport.ts';
import { calloutOf, ofWord } from './ofWord.ts';
import { LineReader, type LinePiece } from './LineReader.ts';
import { trimLine, withAttributes, withoutFirstSpace } from './lines.ts';
import { readTable } from './readTable.ts';

export interface HtmlOptions {
  /** `page`: of the web, whose spaces mean nothing; `word`: made of a document of Word; `markdown`: made of Markdown, whose every space counts. */
  readonly from: 'page' | 'word' | 'markdown';
  readonly losses: LossList;
}

/** Reads blocks. What stands deeper than allowed is read at that depth. */
export class BodyReader {
  readonly losses: LossList;
  readonly isPage: boolean;
  readonly isWord: boolean;
  readonly #lines: LineReader;
  /** The label that our export wrote before what carries it; for the next block. */
  #label: string | null = null;
  #depth = 0;

  constructor({ from, losses }: HtmlOptions, root: readonly HtmlNode[]) {
    this.losses = losses;
    this.isPage = from === 'page';
    this.isWord = from === 'word';
    this.#lines = new LineReader(from, losses, root);
  }

  /** @param marks - of what they stand in, where that is text to HTML. */
  blocks(nodes: readonly HtmlNode[], marks: readonly BodyMark[] = []): BodyNode[] {
    if (this.#depth >= importLimits.depth) {
      this.losses.add('depth');
      return this.#paragraphs(nodes, marks);
    }
    this.#depth += 1;
    const out: BodyNode[] = [];
    let line: HtmlNode[] = [];
    const flush = (): void => {
      out.push(...this.#paragraphs(line, marks));
      line = [];
    };
    for (const node of nodes) {
      if (!isElement(node) || (!isBlock(node) && !this.#holdsBlock(node))) {
        line.push(node);
        continue;
      }
      flush();
      const label = this.#label;
      const [first, ...others] = this.#block(node, marks);
      if (first === undefined) continue;
      // Its own, unless it took it; what no note gives a label keeps it until its caption is found.
      const isTaken = this.#label !== label || label === null || first.type === 'paragraph';
      out.push(isTaken ? first : this.#labelled(first), ...others);
    }
    flush();
    this.#depth -= 1;
    return withCaptions(this.isWord ? ofWord(out) : out);
  }

  readonly #holding = new WeakMap<HtmlElement, boolean>();
  /** Whether an element of the line holds a block: `<b><p>…</p></b>`. */
  #holdsBlock(element: HtmlElement): boolean {
    const known = this.#holding.get(element);
    if (known !== undefined) return known;
    const holds =
      !isHidden(element) &&
      element.tagName !== 'x-footnote' &&
      element.tagName !== 'math' &&
      element.childNodes.some((child) => isElement(child) && (isBlock(child) || this.#holdsBlock(child)));
    this.#holding.set(element, holds);
    return holds;
  }

  #paragraphs(
    nodes: readonly HtmlNode[],
    marks: readonly BodyMark[],
    attrs: BodyNode['attrs'] = {},
  ): BodyNode[] {
    return this.#split(this.#lines.read(nodes, marks), (content) => [
      withAttributes('paragraph', content, attrs),
    ]);
  }

  /** Cuts a line where a picture stands in it: a note has pictures between its paragraphs. */
  #split(pieces: readonly LinePiece[], toBlocks: (line: readonly BodyNode[]) => BodyNode[]): BodyNode[] {
    const out: BodyNode[] = [];
    // Beside a picture, spaces and ends of lines say nothing.
    const trims = this.isPage || pieces.some((piece) => 'node' in piece && piece.node.type === 'rawMedia');
    const space = this.isPage ? /^\s*$/ : /^[ \t\n]*$/;
    let line: BodyNode[] = [];
    const flush = (): void => {
      const blocks = toBlocks(trims ? trimLine(line) : line);
      const isSpace = line.every((node) => node.type === 'text' && space.test(node.text ?? ''));
      if (!isSpace) {
        const [first] = blocks;
        // A label is of what follows it: of a figure, its caption may.
        if (first !== undefined && captionOf(first) !== null) blocks[0] = this.#labelled(first);
        if (first?.type === 'paragraph') this.#label = null;
        out.push(...blocks);
      }
      line = [];
    };
    for (const piece of pieces) {
      if ('label' in piece) this.#label = piece.label;
      else if (piece.node.type === 'rawMedia') {
        flush();
        out.push(this.#labelled(piece.node));
      } else line.push(piece.node);
    }
    flush();
    return out;
  }

  /** Gives a block the label that stood before it. */
  #labelled(node: BodyNode, own: string | null = null): BodyNode {
    const label = own ?? this.#label;
    this.#label = null;
    return label === null ? node : { ...node, attrs: { ...node.attrs, label } };
  }

  #block(element: HtmlElement, marks: readonly BodyMark[]): BodyNode[] {
    const { tagName, childNodes } = element;
    if (isHidden(element)) return [];
    switch (tagName) {
      case 'p':
      case 'dd':
        // After a picture, before a table: of which it is, is known once both are read.
        if (hasClass(element, 'caption'))
          return [withAttributes('figureCaption', this.#plainLine(element.childNodes))];
        return this.#holdsBlock(element) ? this.blocks(childNodes, marks) : this.#text(element, marks);
      case 'dt':
        return this.#paragraphs(childNodes, withMark(marks, { type: 'bold' }));
      case 'h1':
      case 'h2':
      case 'h3':
      case 'h4':
      case 'h5':
      case 'h6':
        return this.#heading(element, Number(tagName.slice(1)), marks);
      case 'ul':
      case 'ol':
        return this.#list(element, marks);
      case 'li':
        return this.#list({ ...element, childNodes: [element], attrs: [] }, marks);
      case 'blockquote':
        return this.#wrapped('blockquote', element);
      case 'aside':
        return this.#callout(element);
      case 'pre':
        return [this.#code(element)];
      case 'table': {
        const box = this.isWord ? calloutOf(element) : null;
        if (box !== null) return this.#wrapped('callout', box.cell, { kind: box.kind });
        return readTable(element, this).map((table) =>
          table.type === 'table' ? this.#labelled(table, labelOf(attribute(element, 'id'))) : table,
        );
      }
      case 'hr':
        return [{ type: 'horizontalRule' }];
      case 'figure':
        return this.#figure(element, marks);
      case 'details':
        return this.#details(element);
      case 'audio':
      case 'video':
      case 'iframe':
      case 'object':
      case 'embed':
        return this.#split(this.#lines.read([element], marks), (line) => [withAttributes('paragraph', line)]);
      case 'x-math-block':
        return [this.#labelled({ type: 'mathBlock', attrs: { latex: textOf(element).slice(0, 8000) } })];
      default:
        return this.#division(element, marks);
    }
  }

  #division(element: HtmlElement, marks: readonly BodyMark[]): BodyNode[] {
    if (hasClass(element, 'page-break')) return [{ type: 'pageBreak' }];
    // Read where their calls stand.
    if (hasClass(element, 'end-notes') || attribute(element, 'role') === 'doc-endnotes') return [];
    if (hasClass(element, 'math-block')) {
      const latex = this.#lines.latexOf(element);
      if (latex !== null)
        return [this.#labelled({ type: 'mathBlock', attrs: { latex } }, labelOf(attribute(element, 'id')))];
    }
    if (!isPlain(element)) this.losses.add('html', element.tagName);
    const mark = isBlock(element) ? null : markOf(element);
    return this.blocks(element.childNodes, withMark(marks, mark));
  }

  #text(element: HtmlElement, marks: readonly BodyMark[]): BodyNode[] {
    return this.#paragraphs(element.childNodes, marks, {
      textAlign: alignmentOf(element),
      lang: languageOf(element),
    });
  }

  #heading(element: HtmlElement, level: number, marks: readonly BodyMark[]): BodyNode[] {
    const own = labelOf(attribute(element, 'id'));
    let isFirst = true;
    return this.#split(this.#lines.read(element.childNodes, marks), (content) => {
      if (!isFirst) return [withAttributes('paragraph', content)];
      isFirst = false;
      return [
        this.#labelled(
          withAttributes('heading', content, {
            level,
            textAlign: alignmentOf(element),
            lang: languageOf(element),
            numbered: hasClass(element, 'unnumbered') ? false : null,
          }),
          own,
        ),
      ];
    });
  }

  #wrapped(type: string, element: HtmlElement, attrs: BodyNode['attrs'] = {}): BodyNode[] {
    const content = this.blocks(element.childNodes);
    // In Markdown an empty one was written; a page has them for its looks.
    if (content.length === 0)
      return this.isPage ? [] : [withAttributes(type, [{ type: 'paragraph' }], attrs)];
    return [withAttributes(type, content, attrs)];
  }

  /** Ours, and Notion's: a coloured ground with a sign. */
  #callout(element: HtmlElement): BodyNode[] {
    const said = attribute(element, 'data-callout');
    const kind = calloutKinds.find((one) => one === said || hasClass(element, `callout-${one}`)) ?? 'info';
    const childNodes = element.childNodes.filter(
      (child) => !isElement(child) || !hasClass(child, 'callout-label'),
    );
    return this.#wrapped('callout', { ...element, childNodes }, { kind });
  }

  #code(element: HtmlElement): BodyNode {
    const [code] = elementsIn(element.childNodes, 'code');
    const classes = `${attribute(element, 'class') ?? ''} ${code === undefined ? '' : (attribute(code, 'class') ?? '')}`;
    const language = /(?:^|\s)lang(?:uage)?-([A-Za-z0-9+#._-]{1,40})(?:\s|$)/.exec(classes)?.[1] ?? null;
    const text = codeOf(element);
    return withAttributes('codeBlock', text === '' ? [] : [{ type: 'text', text }], { language });
  }

  /** Items that are tasks and items that are none make lists of their own. */
  #list(element: HtmlElement, marks: readonly BodyMark[]): BodyNode[] {
    const isOrdered = element.tagName === 'ol';
    const start = Number(attribute(element, 'start') ?? 1);
    const type = /^[1aAiI]$/.test(attribute(element, 'type') ?? '') ? attribute(element, 'type') : null;
    const lists: { type: string; attrs: BodyNode['attrs']; items: BodyNode[] }[] = [];
    for (const child of element.childNodes) {
      if (isText(child) && child.value.trim() === '') continue;
      if (isElement(child) && (isHidden(child) || this.#lines.isCalledNote(child))) continue;
      const last = lists.at(-1);
      // A list in a list, without an item of its own.
      if (isElement(child) && (child.tagName === 'ul' || child.tagName === 'ol')) {
        const inner = this.blocks([child], marks);
        const item = last?.items.at(-1);
        if (last !== undefined && item !== undefined)
          last.items[last.items.length - 1] = { ...item, content: [...(item.content ?? []), ...inner] };
        else lists.push({ type: 'bulletList', attrs: {}, items: [{ type: 'listItem', content: inner }] });
        continue;
      }
      if (!isElement(child) && !isText(child)) continue;
      const checked = isElement(child) ? taskOf(child) : null;
      const inside = this.blocks(
        isElement(child) && child.tagName === 'li' ? child.childNodes : [child],
        marks,
      );
      const content = inside.length === 0 ? [{ type: 'paragraph' }] : inside;
      const wanted = checked !== null ? 'taskList' : isOrdered ? 'orderedList' : 'bulletList';
      const item: BodyNode =
        checked === null
          ? withAttributes('listItem', content)
          : withAttributes('taskItem', content, { checked });
      if (last?.type === wanted) last.items.push(item);
      else {
        const isStart = isOrdered && Number.isInteger(start) && Math.abs(start) < 100_000;
        const attrs = wanted === 'orderedList' ? { start: isStart && start !== 1 ? start : null, type } : {};
        lists.push({ type: wanted, attrs, items: [item] });
      }
    }
    return lists.map((list) => withAttributes(list.type, list.items, list.attrs));
  }

  #figure(element: HtmlElement, marks: readonly BodyMark[]): BodyNode[] {
    const captions = element.childNodes.filter(
      (child): child is HtmlElement => isElement(child) && child.tagName === 'figcaption',
    );
    const content = this.blocks(
      element.childNodes.filter((child) => !captions.includes(child as HtmlElement)),
      marks,
    );
    const own = labelOf(attribute(element, 'id'));
    const lines = captions.map((caption) => this.#caption(caption));
    const [only] = content;
    if (only?.type === 'rawMedia' && content.length === 1) {
      const align = imageAlignments.find((one) => hasClass(element, `align-${one}`));
      const attrs = { ...only.attrs, ...(align !== undefined && { align }) };
      return [this.#labelled({ ...only, attrs, content: [...(only.content ?? []), ...lines] }, own)];
    }
    if (lines.length === 0 && own === null) return content;
    const kind = hasClass(element, 'figure-table') || only?.type === 'table' ? 'table' : 'figure';
    const inside = kind === 'table' ? [...lines, ...content] : [...content, ...lines];
    return [this.#labelled(withAttributes('figure', inside, { kind }), own)];
  }

  #caption(element: HtmlElement): BodyNode {
    const nodes = element.childNodes.filter(
      (child) => !isElement(child) || !hasClass(child, 'caption-number'),
    );
    return withAttributes('figureCaption', this.#plainLine(nodes, nodes.length < element.childNodes.length));
  }

  #details(element: HtmlElement): BodyNode[] {
    const summary = element.childNodes.find(
      (child): child is HtmlElement => isElement(child) && child.tagName === 'summary',
    );
    const content = this.blocks(element.childNodes.filter((child) => child !== summary));
    return [
      {
        type: 'details',
        content: [
          withAttributes('detailsSummary', summary === undefined ? [] : this.#plainLine(summary.childNodes)),
          withAttributes('detailsContent', content),
        ],
      },
    ];
  }

  /** A line where no picture may stand. */
  #plainLine(nodes: readonly HtmlNode[], isAfterNumber = false): BodyNode[] {
    const line = this.#lines.read(nodes).flatMap((piece) => {
      if ('label' in piece) return [];
      if (piece.node.type !== 'rawMedia') return [piece.node];
      const text = attributeText(piece.node, 'alt') ?? attributeText(piece.node, 'name') ?? '';
      return text === '' ? [] : [{ type: 'text', text }];
    });
    return this.isPage ? trimLine(line) : isAfterNumber ? withoutFirstSpace(line) : line;
  }
}

/** The text of code: in a page its lines may end by elements. */
function codeOf(node: HtmlNode): string {
  if (!isElement(node)) return textOf(node);
  return node.tagName === 'br' ? '\n' : node.childNodes.map(codeOf).join('');
}

/** Whether an item is a task, and done; null for none. By our own exports, GitHub's and Notion's. */
function taskOf(element: HtmlElement): boolean | null {
  const said = attribute(element, 'data-task') ?? attribute(element, 'data-checked');
  if (said !== null) return said === 'true';
  if (hasClass(element, 'task-item')) return hasClass(element, 'task-done');
  const [first] = element.childNodes.filter((child) => !isText(child) || child.value.trim() !== '');
  if (first === undefined || !isElement(first)) return null;
  if (hasClass(first, 'checkbox')) return hasClass(first, 'checkbox-on');
  const box = first.tagName === 'input' ? first : elementsIn(first.childNodes.slice(0, 1), 'input')[0];
  return box !== undefined && attribute(box, 'type') === 'checkbox'
    ? attribute(box, 'checked') !== null
    : null;
}
