import {
  BorderStyle,
  type IBorderOptions,
  type ITableCellOptions,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  WidthType,
} from 'docx';
import { attributeNumber, attributeText } from '#shared/document/bodyAccess.ts';
import { extractText } from '#shared/document/extractText.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { headerRowCount } from '#shared/document/renderTable.ts';
import { highlightColours } from '#shared/document/vocabulary.ts';
import { grounds, indent } from './docxStyles.ts';

type Children = ITableCellOptions['children'];

const margins = { top: 60, bottom: 60, left: 100, right: 100 };
const none: IBorderOptions = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const hairline: IBorderOptions = { style: BorderStyle.SINGLE, size: 4, color: 'CFC8BD' };
const lines = {
  top: hairline,
  bottom: hairline,
  left: hairline,
  right: hairline,
  insideHorizontal: hairline,
  insideVertical: hairline,
};
const whole = { size: 100, type: WidthType.PERCENTAGE } as const;
const indented = (depth: number) =>
  depth === 0 ? {} : { indent: { size: indent * depth, type: WidthType.DXA } };

/** What the cells of a table's rows become. */
interface CellOptions {
  /** Steps of indentation. */
  readonly depth: number;
  /** Of the table, in twips. */
  readonly width: number;
  readonly cell: (content: readonly BodyNode[] | undefined, isHeader: boolean) => Children;
}

/** Characters of the longest word or of a fair line: narrower columns cut words, wider ones leave nothing to others. */
const narrowest = 6;
const widest = 48;

/** Widths of the columns, in twips: those that people set, or by what stands in them. */
function columnWidths(rows: readonly BodyNode[], width: number): number[] {
  const shares: number[] = [];
  // Columns that a cell of a row above reaches down into.
  const reaching: number[] = [];
  for (const row of rows) {
    let at = 0;
    for (const cell of row.content ?? []) {
      while ((reaching[at] ?? 0) > 0) at += 1;
      const span = attributeNumber(cell, 'colspan') ?? 1;
      const stored: unknown = cell.attrs?.['colwidth'];
      const fair = Math.min(widest, Math.max(narrowest, extractText(cell).length)) / span;
      for (let column = at; column < at + span; column += 1) {
        const set: unknown = Array.isArray(stored) ? stored[column - at] : undefined;
        // A width that was set is in pixels; a letter is about eight.
        const share = typeof set === 'number' && set > 0 ? set / 8 : fair;
        shares[column] = Math.max(shares[column] ?? 0, share);
        reaching[column] = attributeNumber(cell, 'rowspan') ?? 1;
      }
      at += span;
    }
    for (const [column, left] of reaching.entries()) reaching[column] = Math.max(0, (left ?? 0) - 1);
  }
  const total = shares.reduce((sum, share) => sum + share, 0);
  return shares.map((share) => Math.round((width * share) / total));
}

function cellOf(cell: BodyNode, rowsLeft: number, options: CellOptions): TableCell {
  const columnSpan = attributeNumber(cell, 'colspan') ?? 1;
  const rowSpan = Math.min(attributeNumber(cell, 'rowspan') ?? 1, rowsLeft);
  const colour = highlightColours.find((name) => name === attributeText(cell, 'background'));
  const isHeader = cell.type === 'tableHeader';
  const fill = colour === undefined ? (isHeader ? 'F4F2EE' : undefined) : grounds[colour];
  return new TableCell({
    children: options.cell(cell.content, isHeader),
    ...(columnSpan > 1 ? { columnSpan } : {}),
    ...(rowSpan > 1 ? { rowSpan } : {}),
    ...(fill === undefined ? {} : { shading: { fill } }),
  });
}

/** A table of a note. Its first rows of headers are repeated on each page. */
export function docxTable(node: BodyNode, options: CellOptions): Table {
  const rows = (node.content ?? []).filter(
    (row) => row.type === 'tableRow' && (row.content ?? []).length > 0,
  );
  const headers = headerRowCount(rows);
  return new Table({
    width: whole,
    margins,
    borders: lines,
    columnWidths: columnWidths(rows, options.width),
    ...indented(options.depth),
    rows: (rows.length === 0 ? [{ type: 'tableRow', content: [{ type: 'tableCell' }] }] : rows).map(
      (row, at) =>
        new TableRow({
          cantSplit: true,
          ...(at < headers ? { tableHeader: true } : {}),
          children: (row.content ?? []).map((cell) => cellOf(cell, Math.max(1, rows.length - at), options)),
        }),
    ),
  });
}

/** What stands out of the text: a frame with a coloured edge. @param tone - hexadecimal RGB. */
export function docxBox(children: Children, tone: string, depth: number): Table {
  const edge: IBorderOptions = { style: BorderStyle.SINGLE, size: 24, color: tone };
  const last = children.at(-1);
  return new Table({
    width: whole,
    margins: { ...margins, left: 200 },
    borders: {
      top: none,
      bottom: none,
      right: none,
      left: edge,
      insideHorizontal: none,
      insideVertical: none,
    },
    ...indented(depth),
    rows: [
      new TableRow({
        cantSplit: true,
        children: [
          new TableCell({
            shading: { fill: 'F4F2EE' },
            children: last instanceof Paragraph ? children : [...children, new Paragraph({})],
          }),
        ],
      }),
    ],
  });
}
