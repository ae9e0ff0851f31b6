import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNull,
  type PDFObject,
  PDFRef,
  PDFString,
} from 'pdf-lib';
import { elsewhere } from './pageScripts.ts';
import { entriesOf } from './pdfTrees.ts';

/** Before the text of a formula, until its tag is known for one: what is neither seen nor read (U+2061, function application). */
const formulaMark = '\u2061';

/**
 * Gives formulas of HTML their LaTeX as a text of their own: Chromium tags MathML as nothing in particular, and what has a text as a picture, of which `tagFormulas` makes
 * a formula.
 * @param html - as `renderMath` wrote it.
 */
export function nameFormulas(html: string): string {
  return html.replaceAll(
    /<math\b([^>]*)>((?:(?!<\/math>).)*?<annotation encoding="application\/x-tex">(.*?)<\/annotation>)/gs,
    (_, attributes: string, inside: string, latex: string) =>
      `<math role="img" aria-label="${formulaMark}${latex.replaceAll('"', '&quot;')}"${attributes}>${inside}`,
  );
}

const text = (value: unknown): string =>
  value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : '';

/** Tags formulas as such, with their LaTeX as the text that is read for them (see `nameFormulas`). */
export function tagFormulas({ context }: PDFDocument): void {
  const [kind, alt] = [PDFName.of('S'), PDFName.of('Alt')];
  for (const [, element] of context.enumerateIndirectObjects()) {
    if (!(element instanceof PDFDict) || element.get(kind) !== PDFName.of('Figure')) continue;
    const latex = text(element.lookup(alt));
    if (!latex.startsWith(formulaMark)) continue;
    element.set(kind, PDFName.of('Formula'));
    element.set(alt, PDFHexString.fromText(latex.slice(formulaMark.length)));
  }
}

/**
 * Says of each link where it leads, for who does not see the page: its address, or the page of the book.
 * @param wordsOf - what is said of a place of the book by its id; null for one that is not known.
 */
export function describeLinks({ context }: PDFDocument, wordsOf: (id: string) => string | null): void {
  for (const [, link] of context.enumerateIndirectObjects()) {
    if (!(link instanceof PDFDict) || link.get(PDFName.of('Subtype')) !== PDFName.of('Link')) continue;
    const place = link.lookup(PDFName.of('Dest'));
    const address = text(link.lookupMaybe(PDFName.of('A'), PDFDict)?.lookup(PDFName.of('URI')));
    const inside = place instanceof PDFName ? place.decodeText() : null;
    const id = address.startsWith(elsewhere) ? address.slice(elsewhere.length) : inside;
    const words = id === null ? address : wordsOf(id);
    if (words) link.set(PDFName.of('Contents'), PDFHexString.fromText(words));
  }
}

/**
 * Gives the items of lists that have no signs before them, such as contents, the body that Chromium then leaves out.
 * @see ISO 32000-1, table 336: an item holds its label and its body.
 */
export function completeItems({ context }: PDFDocument): void {
  const [kind, kids, parent] = [PDFName.of('S'), PDFName.of('K'), PDFName.of('P')];
  const kindOf = (value: PDFObject | undefined): string => {
    const element = context.lookup(value);
    return element instanceof PDFDict ? String(element.get(kind)) : '';
  };
  for (const [ref, item] of context.enumerateIndirectObjects()) {
    if (!(item instanceof PDFDict) || item.get(kind) !== PDFName.of('LI')) continue;
    const found = item.lookup(kids);
    const list = found instanceof PDFArray ? found.asArray() : [item.get(kids)];
    const loose = list.filter((kid) => kid instanceof PDFRef && !['/Lbl', '/LBody'].includes(kindOf(kid)));
    if (loose.length === 0) continue;
    const body = context.register(context.obj({ Type: 'StructElem', S: 'LBody', P: ref, K: loose }));
    for (const kid of loose) context.lookup(kid, PDFDict).set(parent, body);
    item.set(kids, context.obj([...list.filter((kid) => !loose.includes(kid)), body]));
  }
}

/**
 * Takes the lines between cells, which Chromium tags as the content of their table, out of the tag tree: `markArtifacts` says that they are no content.
 */
export function looseLines({ catalog, context }: PDFDocument): void {
  const kids = PDFName.of('K');
  const tables = new Set<string>();
  for (const [ref, table] of context.enumerateIndirectObjects()) {
    if (!(table instanceof PDFDict) || table.get(PDFName.of('S')) !== PDFName.of('Table')) continue;
    const found = table.lookup(kids);
    const list = found instanceof PDFArray ? found.asArray() : [table.get(kids)];
    // The others are numbers of what is marked, on the table's page or on another.
    const isElement = (kid: unknown): boolean => kid instanceof PDFDict && kid.has(PDFName.of('S'));
    table.set(kids, context.obj(list.filter((kid) => isElement(context.lookup(kid)))));
    tables.add(ref.toString());
  }
  const tree = catalog.lookupMaybe(PDFName.of('StructTreeRoot'), PDFDict)?.get(PDFName.of('ParentTree'));
  for (const [, owners] of entriesOf(tree, context, 'Nums').entries) {
    const pieces = context.lookup(owners);
    if (!(pieces instanceof PDFArray)) continue;
    for (let at = 0; at < pieces.size(); at += 1)
      if (tables.has(String(pieces.get(at)))) pieces.set(at, PDFNull);
  }
}
