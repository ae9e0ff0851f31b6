import type { BodyMark, BodyNode } from '#shared/document/noteContent.ts';
import { highlightColours } from '#shared/document/vocabulary.ts';
import {
  alignmentOf,
  attribute,
  hasClass,
  type HtmlElement,
  type HtmlNode,
  isElement,
  isHidden,
} from './htmlElements.ts';
import { withAttributes } from './lines.ts';
import { withoutBold } from './ofWord.ts';

/** Who reads what stands in cells. */
interface BlockReader {
  readonly isWord: boolean;
  blocks(nodes: readonly HtmlNode[], marks?: readonly BodyMark[]): BodyNode[];
}

const widest = 200;

function spanOf(cell: HtmlElement, name: string): number {
  const value = Number(attribute(cell, name) ?? 1);
  return Number.isInteger(value) && value >= 1 && value <= widest ? value : 1;
}

const within = (parent: HtmlElement, ...names: string[]): HtmlElement[] =>
  parent.childNodes.filter(
    (child): child is HtmlElement => isElement(child) && names.includes(child.tagName),
  );

/** The widths of columns that our pages write in per cent, in the pixels that a note keeps: their shares are the same. */
function widthsOf(table: HtmlElement): number[] {
  const columns = within(table, 'colgroup').flatMap((group) => within(group, 'col'));
  const widths = columns.map(
    (column) => /^(\d{1,3}(?:\.\d+)?)%$/.exec(attribute(column, 'width') ?? '')?.[1],
  );
  return widths.every((width) => width !== undefined)
    ? widths.map((width) => Math.round(Number(width) * 10))
    : [];
}

/** A cell's paragraphs stand as its column does. */
function aligned(blocks: readonly BodyNode[], align: string | null): BodyNode[] {
  if (align === null) return [...blocks];
  return blocks.map((block) =>
    block.type === 'paragraph' && block.attrs?.['textAlign'] === undefined
      ? { ...block, attrs: { ...block.attrs, textAlign: align } }
      : block,
  );
}

/** Reads a table, and its caption as the paragraph before it. Nothing for one without cells. */
export function readTable(table: HtmlElement, reader: BlockReader): BodyNode[] {
  const captions = within(table, 'caption').flatMap((caption) => reader.blocks(caption.childNodes));
  const rows = [table, ...within(table, 'thead', 'tbody', 'tfoot')].flatMap((part) => within(part, 'tr'));
  const widths = widthsOf(table);
  const content = rows.flatMap((row, number): BodyNode[] => {
    let column = 0;
    const cells = within(row, 'td', 'th')
      .filter((cell) => !isHidden(cell))
      .map((cell) => {
        const colspan = spanOf(cell, 'colspan');
        const rowspan = Math.min(spanOf(cell, 'rowspan'), rows.length - number);
        const own = widths.slice(column, column + colspan);
        column += colspan;
        const attrs = {
          colspan: colspan === 1 ? null : colspan,
          rowspan: rowspan === 1 ? null : rowspan,
          colwidth: number === 0 && own.length === colspan ? own : null,
          background: highlightColours.find((name) => hasClass(cell, `ground-${name}`)) ?? null,
        };
        const read = reader.blocks(cell.childNodes);
        const isHead = reader.isWord && cell.tagName === 'th';
        const blocks = aligned(isHead ? withoutBold(read) : read, alignmentOf(cell));
        const inside = blocks.length === 0 ? [{ type: 'paragraph' }] : blocks;
        return withAttributes(cell.tagName === 'th' ? 'tableHeader' : 'tableCell', inside, attrs);
      });
    return cells.length === 0 ? [] : [{ type: 'tableRow', content: cells }];
  });
  return content.length === 0 ? captions : [...captions, { type: 'table', content }];
}
