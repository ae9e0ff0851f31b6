import { mergeAttributes } from '@tiptap/core';
import {
  Table as TiptapTable,
  TableCell as TiptapTableCell,
  TableHeader as TiptapTableHeader,
  TableRow as TiptapTableRow,
} from '@tiptap/extension-table';
import {
  allows,
  colourName,
  dataAttribute,
  identifier,
  inherited,
  nullable,
  type ParsedElement,
  type Validator,
  wholeNumber,
} from '../attributes.ts';
import { localOnly } from '../localOnly.ts';

const span = wholeNumber(1, 200);

/** Widths in CSS pixels of the columns that a cell covers; 0 means "not set". */
const columnWidths: Validator = (value) => {
  if (
    !Array.isArray(value) ||
    value.length > 200 ||
    !value.every((width) => allows(wholeNumber(0, 10_000), width))
  ) {
    throw new RangeError('expected column widths');
  }
};

function readSpan(name: string) {
  return (element: ParsedElement): number => {
    const value = Number(element.getAttribute(name) ?? '1');
    return allows(span, value) ? value : 1;
  };
}

function cellAttributes(parent: object | undefined) {
  return {
    colspan: { default: 1, validate: span, parseHTML: readSpan('colspan') },
    rowspan: { default: 1, validate: span, parseHTML: readSpan('rowspan') },
    colwidth: {
      ...inherited(parent, 'colwidth'),
      default: null,
      validate: nullable(columnWidths),
      renderHTML: renderWidths,
    },
    /** Ground of the cell: a colour of the theme, by name. */
    background: dataAttribute('background', { fallback: null, validate: nullable(colourName) }),
  };
}

function renderWidths(attributes: Record<string, unknown>): Record<string, string> {
  const widths = attributes['colwidth'];
  return Array.isArray(widths) ? { 'data-colwidth': widths.join(',') } : {};
}

/**
 * A table. Its leading rows made of header cells only are repeated on each page of a book. A caption stands beside it
 * in a `figure`: prosemirror-tables counts every child of a table as a row.
 */
export const Table = TiptapTable.extend({
  content: 'tableRow*',
  addAttributes() {
    return { label: dataAttribute('label', { fallback: null, validate: nullable(identifier) }) };
  },
  // No inline style: the content security policy refuses them.
  renderHTML({ HTMLAttributes }) {
    return ['table', mergeAttributes(HTMLAttributes), ['tbody', 0]];
  },
  // tableEditing() repairs tables; it must not do so because of someone else's change.
  addProseMirrorPlugins() {
    return (this.parent?.() ?? []).map(localOnly);
  },
});

export const TableRow = TiptapTableRow;

export const TableHeader = TiptapTableHeader.extend({
  content: 'block*',
  addAttributes() {
    return cellAttributes(this.parent?.());
  },
});

export const TableCell = TiptapTableCell.extend({
  content: 'block*',
  addAttributes() {
    return cellAttributes(this.parent?.());
  },
});
