import { deflateSync, inflateSync } from 'node:zlib';
import { PDFArray, type PDFDocument, PDFName, PDFNumber, PDFRawStream, type PDFPage } from 'pdf-lib';

const painting = /(?:^|\s)(?:Tj|TJ|Do|sh|f\*?|F|S|s|B\*?|b\*?)\s*$/;
/** What shows letters, and what says which letters a sign stands for. */
const lettering = /\bT[jJ]\s*$|\bBDC$|^EMC$/;

/** Where a text object begins, in CSS pixels from the head of the page. */
function topOf(lines: readonly string[]): number {
  const matrix = lines.find((line) => line.endsWith(' Tm'))?.split(' ');
  return matrix === undefined ? Number.POSITIVE_INFINITY : Number(matrix[5]);
}

/**
 * Says of what stands outside the text (running heads, numbers of pages, backgrounds) that it is no content, so that screen readers pass over it: Chromium leaves it
 * untagged. On the first page of a chapter the running head, which Chromium cannot leave out there, is taken away.
 * @param content - of a page, inflated; as Skia writes it, with one operator a line.
 * @param headless - whether running heads are taken away.
 * @param middle - of the page, in CSS pixels from its head: text above it that is no content is a running head.
 */
export function markLoose(content: string, headless: boolean, middle: number): string {
  const out: string[] = [];
  let run: string[] = [];
  let tagged = 0;
  const setAside = (lines: readonly string[]): void => {
    if (lines.some((line) => painting.test(line))) out.push('/Artifact BMC', ...lines, 'EMC');
    else out.push(...lines);
  };
  const flush = (): void => {
    setAside(run);
    run = [];
  };
  for (const line of content.split('\n')) {
    const isText = run[0] === 'BT';
    if (tagged > 0) {
      if (/B[DM]C$/.test(line)) tagged += 1;
      else if (line === 'EMC') tagged -= 1;
      out.push(line);
    } else if (isText) {
      // One whole, whatever is said inside of its signs.
      run.push(line);
      if (line !== 'ET') continue;
      // The font that it sets may serve what follows.
      if (headless && topOf(run) < middle) out.push(...run.filter((one) => !lettering.test(one)));
      else setAside(run);
      run = [];
    } else if (/B[DM]C$/.test(line)) {
      flush();
      tagged = 1;
      // Right in a table stand its lines alone (see `looseLines`).
      out.push(line.startsWith('/Table <<') ? '/Artifact BMC' : line);
    } else if (line === 'BT') {
      flush();
      run.push(line);
    } else if (line === 'q' || line === 'Q' || line.endsWith(' cm') || line.endsWith(' gs')) {
      flush();
      out.push(line);
    } else run.push(line);
  }
  flush();
  return out.join('\n');
}

function streamOf(page: PDFPage): PDFRawStream | null {
  const contents = page.node.Contents();
  if (contents instanceof PDFRawStream) return contents;
  const only = contents instanceof PDFArray && contents.size() === 1 ? contents.lookup(0) : null;
  return only instanceof PDFRawStream ? only : null;
}

/**
 * Marks what is no content on each page of a printed book (see `markLoose`).
 * @param openings - numbers of the pages on which no running head stands.
 * @param start - number of the first page.
 */
export function markArtifacts(document: PDFDocument, openings: ReadonlySet<number>, start: number): void {
  const { context } = document;
  for (const [at, page] of document.getPages().entries()) {
    const stream = streamOf(page);
    const contents = page.node.get(PDFName.of('Contents'));
    if (stream === null || contents === undefined) continue;
    if (stream.dict.get(PDFName.of('Filter')) !== PDFName.of('FlateDecode')) continue;
    const content = inflateSync(stream.contents).toString('latin1');
    const middle = page.getHeight() * (96 / 72) * 0.5;
    const marked = deflateSync(Buffer.from(markLoose(content, openings.has(start + at), middle), 'latin1'));
    stream.dict.set(PDFName.of('Length'), PDFNumber.of(marked.length));
    const next = PDFRawStream.of(stream.dict, marked);
    const ref = contents instanceof PDFArray ? contents.get(0) : contents;
    context.assign(ref as Parameters<typeof context.assign>[0], next);
  }
}
