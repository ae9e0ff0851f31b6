import type { ReactNode } from 'react';
import { attributeNumber, attributeText } from '#shared/document/bodyAccess.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { highlightColours } from '#shared/document/vocabulary.ts';
import { ScrollRegion } from '../../ui/index.ts';
import { useEditorText } from '../texts.ts';
import { changeProps, commonProps } from './blockProps.ts';
import { useReader } from './ReaderContext.ts';

function isHeaderRow(row: BodyNode): boolean {
  const cells = row.content ?? [];
  return cells.length > 0 && cells.every((cell) => cell.type === 'tableHeader');
}

/** Draws what a cell holds. */
type DrawBlocks = (nodes: readonly BodyNode[] | undefined) => ReactNode;

/** A table; its leading rows of header cells only are its head. A wide one scrolls within its own width. */
export function TableBlock({ node, draw: drawBlocks }: { node: BodyNode; draw: DrawBlocks }) {
  const { idPrefix, numbering } = useReader();
  const text = useEditorText();
  const rows = (node.content ?? []).filter((row) => row.type === 'tableRow');
  let heads = 0;
  while (heads < rows.length - 1 && rows[heads] && isHeaderRow(rows[heads] as BodyNode)) heads += 1;
  const draw = (part: readonly BodyNode[], scope: 'col' | 'row') =>
    part.map((row, at) => (
      <tr key={at} {...changeProps(row)}>
        {(row.content ?? []).map((cell, place) => (
          <Cell key={place} cell={cell} scope={scope} rowsLeft={part.length - at} draw={drawBlocks} />
        ))}
      </tr>
    ));
  return (
    <ScrollRegion className="table-scroll" label={text('table.label')}>
      <table {...commonProps(node, idPrefix, numbering.labelled.get(node)?.label)}>
        {heads > 0 ? <thead>{draw(rows.slice(0, heads), 'col')}</thead> : null}
        <tbody>{draw(rows.slice(heads), 'row')}</tbody>
      </table>
    </ScrollRegion>
  );
}

function Cell({
  cell,
  scope,
  rowsLeft,
  draw,
}: {
  cell: BodyNode;
  scope: 'col' | 'row';
  rowsLeft: number;
  draw: DrawBlocks;
}) {
  const { idPrefix } = useReader();
  const props = {
    ...commonProps(cell, idPrefix),
    ...changeProps(cell),
    colSpan: attributeNumber(cell, 'colspan') ?? 1,
    // A cell cannot reach out of the part of the table that it stands in.
    rowSpan: Math.min(attributeNumber(cell, 'rowspan') ?? 1, rowsLeft),
    'data-background': highlightColours.find((name) => name === attributeText(cell, 'background')),
  };
  const inside = draw(cell.content);
  return cell.type === 'tableHeader' ? (
    <th scope={scope} {...props}>
      {inside}
    </th>
  ) : (
    <td {...props}>{inside}</td>
  );
}
