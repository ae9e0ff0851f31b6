import { escapeHtml } from '#shared/document/escapeHtml.ts';
import { PDFBool, PDFDict, type PDFDocument, PDFHexString, PDFName, PDFString } from 'pdf-lib';
import { markArtifacts } from './artifacts.ts';
import { addCropMarks } from './cropMarks.ts';
import { nameElements } from './nameElements.ts';
import type { PageGeometry } from './pageFormat.ts';

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
  /** Of the content, in hexadecimal: makes the identifier of the file. */
  readonly digest: string;
  /** Pages, counted from 1, on which no running head stands. */
  readonly openings: ReadonlySet<number>;
}

/**
 * Gives a printed PDF, as `readDestinations` opened it, its properties and lets it open on its outline, with its title in the window's bar. Tags, outline
 * and links stay as Chromium wrote them.
 */
export async function finishPdf(
  document: PDFDocument,
  properties: PdfProperties,
  page: PageGeometry,
): Promise<Uint8Array> {
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
  nameTags(document);
  nameElements(document);
  const marks = catalog.lookupMaybe(PDFName.of('MarkInfo'), PDFDict);
  marks?.set(PDFName.of('Marked'), PDFBool.True);
  markArtifacts(document, properties.openings);
  addCropMarks(document, page);
  addMetadata(document, properties);
  for (const sheet of document.getPages()) sheet.node.set(PDFName.of('Tabs'), PDFName.of('S'));
  const id = PDFHexString.of(properties.digest.slice(0, 32));
  document.context.trailerInfo.ID = document.context.obj([id, id]);
  return await document.save({ useObjectStreams: true });
}

/** What the file says of itself in the form that archives and catalogues read (XMP). */
function addMetadata(document: PDFDocument, { title, authors, language, date }: PdfProperties): void {
  const list = authors.map((name) => `<rdf:li>${escapeHtml(name)}</rdf:li>`).join('');
  const at = new Date(date).toISOString();
  const xml = `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeHtml(title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq>${list}</rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>${escapeHtml(language)}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>Calepin</xmp:CreatorTool><xmp:CreateDate>${at}</xmp:CreateDate><xmp:ModifyDate>${at}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>`;
  const stream = document.context.stream(Buffer.from(xml), { Type: 'Metadata', Subtype: 'XML' });
  document.catalog.set(PDFName.of('Metadata'), document.context.register(stream));
}

/** Chromium uses two tags that PDF 1.x does not know: readers are told what they stand for. */
function nameTags(document: PDFDocument): void {
  const root = document.catalog.lookupMaybe(PDFName.of('StructTreeRoot'), PDFDict);
  root?.set(PDFName.of('RoleMap'), document.context.obj({ Em: 'Span', Strong: 'Span' }));
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
