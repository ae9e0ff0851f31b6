import { escapeHtml } from '#shared/document/escapeHtml.ts';
import { PDFHexString, PDFName, PDFString } from 'pdf-lib';
import { completeItems, describeLinks, looseLines, tagFormulas } from './accessibility.ts';
import { markArtifacts } from './artifacts.ts';
import { readDestinations } from './contentsNumbers.ts';
import { addCropMarks } from './cropMarks.ts';
import { nameElements } from './nameElements.ts';
import type { PageGeometry } from './pageFormat.ts';
import { type OutlineLine, PdfBinder } from './PdfBinder.ts';
import type { PartPrint } from './printParts.ts';

export interface PdfProperties {
  readonly title: string;
  readonly authors: readonly string[];
  readonly subject: string;
  /** Language tag of the whole. */
  readonly language: string;
  /** Unix milliseconds. */
  readonly date: number;
  /** Titles of the headings in order, to mend those that the outline has without some spaces. */
  readonly headings: readonly string[];
  /** Of the content, in hexadecimal: makes the identifier of the file. */
  readonly digest: string;
  /** Pages, counted from 1, on which no running head stands. */
  readonly openings: ReadonlySet<number>;
  /** What is said of a link to a place of the book, by its id. */
  readonly placeWords: (id: string) => string | null;
}

/**
 * Binds the parts of a book into one PDF, gives it its properties and lets it open on its outline, with its title in the window's bar. Tags, outline and links are as
 * Chromium wrote them.
 */
export async function bindBook(
  parts: readonly PartPrint[],
  properties: PdfProperties,
  page: PageGeometry,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const binder = new PdfBinder();
  let named = 0;
  for (const { bytes, start } of parts) {
    signal.throwIfAborted();
    const { document } = await readDestinations(bytes);
    named = nameElements(document, named);
    markArtifacts(document, properties.openings, start);
    addCropMarks(document, page);
    tagFormulas(document);
    completeItems(document);
    looseLines(document);
    describeLinks(document, properties.placeWords);
    // What pdf-lib holds back until it saves.
    await document.flush();
    for (const sheet of document.getPages()) sheet.node.set(PDFName.of('Tabs'), PDFName.of('S'));
    binder.add(document);
  }
  const date = PDFString.fromDate(new Date(properties.date));
  return binder.finish(
    {
      language: properties.language,
      id: properties.digest.slice(0, 32),
      metadata: metadataOf(properties),
      info: {
        Title: PDFHexString.fromText(properties.title),
        Author: PDFHexString.fromText(properties.authors.join(', ')),
        Subject: PDFHexString.fromText(properties.subject),
        Creator: PDFHexString.fromText('Calepin'),
        CreationDate: date,
        ModDate: date,
      },
    },
    (lines) => wholeTitles(lines, properties.headings),
  );
}

/** What the file says of itself in the form that archives and catalogues read (XMP). */
function metadataOf({ title, authors, language, date }: PdfProperties): string {
  const list = authors.map((name) => `<rdf:li>${escapeHtml(name)}</rdf:li>`).join('');
  const at = new Date(date).toISOString();
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeHtml(title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq>${list}</rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>${escapeHtml(language)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>Calepin</xmp:CreatorTool><xmp:CreateDate>${at}</xmp:CreateDate><xmp:ModifyDate>${at}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;
}

/** Letters and figures alone: what is the same in a title and in its outline entry. */
function letters(text: string): string {
  return text.replaceAll(/[\s\p{C}]/gu, '');
}

/** The titles of an outline: Chromium loses spaces of a title that wraps (some always, some with certain fonts), so lines get the whole title again. */
function wholeTitles(lines: readonly OutlineLine[], headings: readonly string[]): string[] {
  let next = 0;
  return lines.map(({ title }) => {
    const written = letters(title);
    const at = headings.findIndex((heading, index) => index >= next && letters(heading) === written);
    if (at === -1) return title;
    next = at + 1;
    return headings[at] ?? title;
  });
}
