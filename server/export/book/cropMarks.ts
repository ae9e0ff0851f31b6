import { type PDFDocument, PDFOperator, PDFOperatorNames as Ops, PDFNumber, PDFName } from 'pdf-lib';
import type { PageGeometry } from './pageFormat.ts';

const points = (millimetres: number): number => (millimetres / 25.4) * 72;
/** Clear of the bleed, so that no mark is left on a page that is cut a little off. */
const markLength = 5;
const markWidth = 0.25;

/** Tells a printing house where the page ends: its boxes, and marks at its corners. Nothing for a screen. */
export function addCropMarks(document: PDFDocument, page: PageGeometry): void {
  if (page.around === 0) return;
  const around = points(page.around);
  const bleed = points(page.bleed);
  const [width, height] = [points(page.width), points(page.height)];
  const mark = points(markLength);
  const number = (value: number): PDFNumber => PDFNumber.of(Math.round(value * 100) / 100);
  const line = (x1: number, y1: number, x2: number, y2: number): PDFOperator[] => [
    PDFOperator.of(Ops.MoveTo, [number(x1), number(y1)]),
    PDFOperator.of(Ops.LineTo, [number(x2), number(y2)]),
    PDFOperator.of(Ops.StrokePath),
  ];
  for (const sheet of document.getPages()) {
    const total = sheet.getHeight();
    const [left, right] = [around, around + width];
    const [bottom, top] = [total - around - height, total - around];
    sheet.setTrimBox(left, bottom, width, height);
    sheet.setBleedBox(left - bleed, bottom - bleed, width + 2 * bleed, height + 2 * bleed);
    const marks = [left, right].flatMap((x) => [
      ...line(x, top + bleed, x, top + bleed + mark),
      ...line(x, bottom - bleed, x, bottom - bleed - mark),
    ]);
    const beside = [bottom, top].flatMap((y) => [
      ...line(left - bleed - mark, y, left - bleed, y),
      ...line(right + bleed, y, right + bleed + mark, y),
    ]);
    sheet.pushOperators(
      PDFOperator.of(Ops.BeginMarkedContent, [PDFName.of('Artifact')]),
      PDFOperator.of(Ops.PushGraphicsState),
      PDFOperator.of(Ops.SetLineWidth, [number(markWidth)]),
      PDFOperator.of(Ops.StrokingColorGray, [number(0)]),
      ...marks,
      ...beside,
      PDFOperator.of(Ops.PopGraphicsState),
      PDFOperator.of(Ops.EndMarkedContent),
    );
  }
}
