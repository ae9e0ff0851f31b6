import { PDFBool, PDFDict, PDFDocument, PDFHexString, PDFName, PDFString } from 'pdf-lib';

export interface PdfProperties {
  readonly title: string;
  readonly authors: readonly string[];
  readonly subject: string;
  readonly keywords: readonly string[];
  /** Language tag of the whole. */
  readonly language: string;
  /** Unix milliseconds. */
  readonly date: number;
  /** Titles of the headings in order, to mend those that the outline has without some spaces. */
  readonly headings: readonly string[];
}

/**
 * Gives a printed PDF its properties and lets it open on its outline, with its title in the window's bar. Tags, outline
 * and links stay as Chromium wrote them.
 */
export async function finishPdf(pdf: Uint8Array, properties: PdfProperties): Promise<Uint8Array> {
  const document = await PDFDocument.load(pdf, { updateMetadata: false });
  const date = new Date(properties.date);
  document.setTitle(properties.title, { showInWindowTitleBar: true });
  document.setAuthor(properties.authors.join(', '));
  document.setSubject(properties.subject);
  document.setKeywords([...properties.keywords]);
  document.setCreator('Calepin');
  document.setCreationDate(date);
  document.setModificationDate(date);
  const { catalog } = document;
  catalog.set(PDFName.of('Lang'), PDFString.of(properties.language));
  catalog.set(
    PDFName.of('PageMode'),
    PDFName.of(catalog.has(PDFName.of('Outlines')) ? 'UseOutlines' : 'UseNone'),
  );
  mendOutline(document, properties.headings);
  const marks = catalog.lookupMaybe(PDFName.of('MarkInfo'), PDFDict);
  marks?.set(PDFName.of('Marked'), PDFBool.True);
  return await document.save({ useObjectStreams: true });
}

/** Letters and figures alone: what is the same in a title and in its outline entry. */
function letters(text: string): string {
  return text.replaceAll(/[\s\p{C}]/gu, '');
}

/** Chromium loses spaces of a title that wraps (some always, some with certain fonts): entries get the whole title again. */
function mendOutline(document: PDFDocument, headings: readonly string[]): void {
  let next = 0;
  const walk = (parent: PDFDict): void => {
    let entry = parent.lookupMaybe(PDFName.of('First'), PDFDict);
    while (entry) {
      const title = entry.lookup(PDFName.of('Title'));
      if (title instanceof PDFString || title instanceof PDFHexString) {
        const written = letters(title.decodeText());
        const at = headings.findIndex((heading, index) => index >= next && letters(heading) === written);
        if (at !== -1) {
          entry.set(PDFName.of('Title'), PDFHexString.fromText(headings[at] ?? ''));
          next = at + 1;
        }
      }
      walk(entry);
      entry = entry.lookupMaybe(PDFName.of('Next'), PDFDict);
    }
  };
  const root = document.catalog.lookupMaybe(PDFName.of('Outlines'), PDFDict);
  if (root) walk(root);
}
