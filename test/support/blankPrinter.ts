import { PDFDocument } from 'pdf-lib';
import type { PdfPrinter } from '#server/index.ts';

/** Prints one empty page, whatever it is asked. */
export const blankPrinter: PdfPrinter = {
  open: () =>
    Promise.resolve({
      print: async () => {
        const document = await PDFDocument.create();
        document.addPage();
        return document.save();
      },
      evaluate: () => Promise.resolve(0),
      close: () => Promise.resolve(),
    }),
};
