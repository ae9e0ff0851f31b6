import { attributeNumber, attributeText } from './bodyAccess.ts';
import { htmlAttributes } from './escapeHtml.ts';
import { highlightColours } from './vocabulary.ts';
import type { BodyNode } from './noteContent.ts';
import type { BodyWriter } from './renderOptions.ts';

function isHeaderRow(row: BodyNode): boolean {
  const cells = row.content ?? [];
  return cells.length > 0 && cells.every((cell) => cell.type === 'tableHeader');
}

/** How many leading rows are made of header cells only: those repeat on each page. Never the whole table. */
export function headerRowCount(rows: readonly BodyNode[]): number {
  let count = 0;
  while (count < rows.length - 1 && isHeaderRow(rows[count] ?? { type: '' })) count += 1;
  return count;
}

function renderCell(cell: BodyNode, scope: 'col' | 'row', rowsLeft: number, renderer: BodyWriter): string {
  const tag = cell.type === 'tableHeader' ? 'th' : 'td';
  const colspan = attributeNumber(cell, 'colspan') ?? 1;
  // A cell cannot reach out of the part of the table that it stands in.
  const rowspan = Math.min(attributeNumber(cell, 'rowspan') ?? 1, rowsLeft);
  const colour = highlightColours.find((name) => name === attributeText(cell, 'background'));
  const attributes = htmlAttributes({
    scope: tag === 'th' ? scope : null,
    colspan: colspan > 1 ? colspan : null,
    rowspan: rowspan > 1 ? rowspan : null,
  });
  return `<${tag}${renderer.common(cell, colour ? `ground-${colour}` : '')}${attributes}>${renderer.blocks(cell.content)}</${tag}>`;
}

/** Column widths that people set, as shares of the whole, read from the first row; nothing where none or only some are set. */
function renderColumns(rows: readonly BodyNode[]): string {
  const widths = (rows[0]?.content ?? []).flatMap((cell): number[] => {
    const span = attributeNumber(cell, 'colspan') ?? 1;
    const stored: unknown = cell.attrs?.['colwidth'];
    return Array.from({ length: span }, (_, at) =>
      Array.isArray(stored) && typeof stored[at] === 'number' ? stored[at] : 0,
    );
  });
  if (widths.length === 0 || widths.some((width) => !(width > 0))) return '';
  const total = widths.reduce((sum, width) => sum + width, 0);
  return `<colgroup>${widths.map((width) => `<col width="${((100 * width) / total).toFixed(1)}%">`).join('')}</colgroup>`;
}

/** Draws a table with its header rows in `thead`, so that a printed table repeats them. */
export function renderTable(node: BodyNode, renderer: BodyWriter): string {
  const rows = (node.content ?? []).filter((row) => row.type === 'tableRow');
  const headers = headerRowCount(rows);
  const draw = (part: readonly BodyNode[], scope: 'col' | 'row'): string =>
    part
      .map((row, at) => {
        const cells = (row.content ?? []).map((cell) => renderCell(cell, scope, part.length - at, renderer));
        return `<tr>${cells.join('')}</tr>`;
      })
      .join('');
  const head = headers > 0 ? `<thead>${draw(rows.slice(0, headers), 'col')}</thead>` : '';
  return `<table${renderer.common(node)}>${renderColumns(rows)}${head}<tbody>${draw(rows.slice(headers), 'row')}</tbody></table>`;
}
