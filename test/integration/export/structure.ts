import { inflateSync } from 'node:zlib';
import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRawStream,
  PDFRef,
  PDFString,
} from 'pdf-lib';

/** An element of the tag tree of a PDF. */
export interface Tag {
  readonly type: string;
  readonly alt: string | null;
  readonly kids: readonly Tag[];
  /** Marked pieces right below it, as `page:number`. */
  readonly pieces: readonly string[];
  /** How many annotations (links) right below it. */
  readonly objects: number;
}

const text = (value: unknown): string | null =>
  value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : null;

/** Reads the tag tree of a document. */
export function readTags(document: PDFDocument): Tag {
  const { context } = document;
  const numbers = new Map(document.getPages().map((page, at) => [page.ref.toString(), at + 1]));
  const root = document.catalog.lookup(PDFName.of('StructTreeRoot'), PDFDict);
  const read = (element: PDFDict, around: string): Tag => {
    const ref = element.get(PDFName.of('Pg'));
    const page = ref instanceof PDFRef ? ref.toString() : around;
    const kids: Tag[] = [];
    const pieces: string[] = [];
    let objects = 0;
    const found = element.lookup(PDFName.of('K'));
    const list = found instanceof PDFArray ? found.asArray() : found === undefined ? [] : [found];
    for (const one of list) {
      const kid = context.lookup(one);
      if (kid instanceof PDFNumber) pieces.push(`${numbers.get(page)}:${kid.asNumber()}`);
      else if (kid instanceof PDFDict) {
        const type = kid.lookup(PDFName.of('Type'));
        const own = kid.get(PDFName.of('Pg'));
        const where = own instanceof PDFRef ? own.toString() : page;
        if (type === PDFName.of('MCR'))
          pieces.push(`${numbers.get(where)}:${kid.lookup(PDFName.of('MCID'), PDFNumber).asNumber()}`);
        else if (type === PDFName.of('OBJR')) objects += 1;
        else kids.push(read(kid, page));
      }
    }
    return {
      type: element.lookupMaybe(PDFName.of('S'), PDFName)?.decodeText() ?? 'StructTreeRoot',
      alt: text(element.lookup(PDFName.of('Alt'))),
      kids,
      pieces,
      objects,
    };
  };
  return read(root, '');
}

/** Every element below one, depth first, with the types above it. */
export function* walkTags(
  tag: Tag,
  above: readonly string[] = [],
): Generator<Tag & { above: readonly string[] }> {
  for (const kid of tag.kids) {
    yield { ...kid, above };
    yield* walkTags(kid, [...above, kid.type]);
  }
}

const painting = /(?:^|\s)(?:Tj|TJ|Do|sh|f\*?|F|S|s|B\*?|b\*?)\s*$/;

function* contentLines(
  document: PDFDocument,
): Generator<{ readonly page: number; readonly lines: readonly string[] }> {
  for (const [at, page] of document.getPages().entries()) {
    const contents = page.node.Contents();
    const streams =
      contents instanceof PDFArray
        ? contents.asArray().map((ref) => document.context.lookup(ref))
        : [contents];
    const lines = streams.flatMap((stream) => {
      if (!(stream instanceof PDFRawStream)) throw new Error('a page without content');
      const isPacked = stream.dict.get(PDFName.of('Filter')) !== undefined;
      return (isPacked ? inflateSync(stream.contents) : Buffer.from(stream.contents))
        .toString('latin1')
        .split('\n');
    });
    yield { page: at + 1, lines };
  }
}

/** What each page draws: the pieces that are tagged, and how much is neither tagged nor said to be no content. */
export function readPieces(document: PDFDocument): {
  readonly tagged: Set<string>;
  readonly loose: string[];
} {
  const tagged = new Set<string>();
  const loose: string[] = [];
  for (const { page, lines } of contentLines(document)) {
    let depth = 0;
    for (const line of lines) {
      const piece = /\/MCID (\d+)/.exec(line)?.[1];
      if (/B[DM]C$/.test(line)) {
        depth += 1;
        if (piece !== undefined) tagged.add(`${page}:${piece}`);
      } else if (line === 'EMC') depth -= 1;
      else if (depth === 0 && painting.test(line)) loose.push(`page ${page}: ${line}`);
    }
  }
  return { tagged, loose };
}

/** The colours that the pages after the cover paint with, as `#rrggbb`. */
export function inksOf(document: PDFDocument): Set<string> {
  const inks = new Set<string>();
  for (const { page, lines } of contentLines(document))
    for (const line of page === 1 ? [] : lines) {
      const parts = /([\d.]+) ([\d.]+) ([\d.]+) rg$/.exec(line)?.slice(1);
      if (parts)
        inks.add(`#${Buffer.from(parts.map((part) => Math.round(Number(part) * 255))).toString('hex')}`);
    }
  return inks;
}

/** How large the pages draw CSS pixels: one number where nothing was shrunk. */
export function scalesOf(document: PDFDocument): number[] {
  const scales = new Set<number>();
  for (const { lines } of contentLines(document)) {
    // The first is that of the page's own boxes, the one behind the clip that of its text.
    const clip = lines.findIndex((line) => line.endsWith('W* n'));
    for (const from of [0, clip]) {
      const scale = lines
        .slice(Math.max(0, from))
        .flatMap((line) => /^([\d.]+) 0 0 \1 .* cm$/.exec(line)?.[1] ?? [])[0];
      if (scale !== undefined) scales.add(Number(scale));
    }
  }
  return [...scales].sort((a, b) => a - b);
}

const rowHomes = ['Table', 'THead', 'TBody', 'TFoot'];
/** What may stand right in an element, by its type; of the others all may. */
const children: Readonly<Record<string, readonly string[]>> = {
  L: ['L', 'LI', 'Caption'],
  LI: ['Lbl', 'LBody'],
  Table: ['TR', 'THead', 'TBody', 'TFoot', 'Caption'],
  THead: ['TR'],
  TBody: ['TR'],
  TFoot: ['TR'],
  TR: ['TH', 'TD'],
};
/** Where an element stands; of the others anywhere. */
const homes: Readonly<Record<string, readonly string[]>> = {
  LI: ['L'],
  Lbl: ['LI'],
  LBody: ['LI'],
  TR: rowHomes,
  TH: ['TR'],
  TD: ['TR'],
  THead: ['Table'],
  TBody: ['Table'],
  TFoot: ['Table'],
};

/** What the whole document lacks. Numbers are those of the Matterhorn Protocol 1.1, PDF/UA-1. */
function documentFaults(document: PDFDocument): string[] {
  const { catalog, context } = document;
  const name = (key: string): PDFName => PDFName.of(key);
  const faults: string[] = [];
  const marks = catalog.lookupMaybe(name('MarkInfo'), PDFDict);
  if (String(marks?.get(name('Marked'))) !== 'true') faults.push('06: the document is not said to be tagged');
  const shown = catalog.lookupMaybe(name('ViewerPreferences'), PDFDict);
  if (String(shown?.get(name('DisplayDocTitle'))) !== 'true') faults.push('07-001: the title is not shown');
  if ((text(catalog.lookup(name('Lang'))) ?? '') === '') faults.push('11-006: no language');
  const xmp = catalog.lookup(name('Metadata'));
  const said = xmp instanceof PDFRawStream ? Buffer.from(xmp.contents).toString() : '';
  if (!/<dc:title>.*<rdf:li[^>]*>[^<]/s.test(said)) faults.push('06-003: no title in the metadata');
  const roles = catalog.lookup(name('StructTreeRoot'), PDFDict).lookupMaybe(name('RoleMap'), PDFDict);
  for (const [key] of roles?.entries() ?? [])
    if (!['Em', 'Strong'].includes(key.decodeText()))
      faults.push(`02-004: ${key.toString()} stands for another`);
  for (const [, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFDict)) continue;
    if (object.get(name('Type')) === name('Font') && object.get(name('Subtype')) === name('Type0')) {
      if (!object.has(name('ToUnicode'))) faults.push('10-001: letters without their signs');
      const below = object.lookup(name('DescendantFonts'), PDFArray).lookup(0, PDFDict);
      const described = below.lookup(name('FontDescriptor'), PDFDict);
      if (!['FontFile', 'FontFile2', 'FontFile3'].some((key) => described.has(name(key))))
        faults.push('31-009: a font is not in the file');
      if (below.get(name('Subtype')) === name('CIDFontType2') && !below.has(name('CIDToGIDMap')))
        faults.push('31-005: a font without its map of glyphs');
    }
  }
  for (const [at, page] of document.getPages().entries()) {
    const links = page.node.Annots();
    if (links === undefined) continue;
    if (page.node.get(name('Tabs')) !== name('S'))
      faults.push(`28-009: page ${at + 1} is not walked in order`);
    for (let index = 0; index < links.size(); index += 1) {
      const link = links.lookup(index, PDFDict);
      if (!link.has(name('StructParent'))) faults.push(`28-011: page ${at + 1}: a link outside the tags`);
      if ((text(link.lookup(name('Contents'))) ?? '') === '')
        faults.push(`28-005: page ${at + 1}: a link without a text`);
    }
  }
  return faults;
}

/** What a screen reader would stumble over, one sentence each; none in a well-made book. Numbers are those of the Matterhorn Protocol 1.1 (PDF/UA-1). */
export function faultsOf(document: PDFDocument): string[] {
  const faults = documentFaults(document);
  const { tagged, loose } = readPieces(document);
  faults.push(...loose.map((one) => `01-005: neither tagged nor set aside: ${one}`));
  const tree = readTags(document);
  const inTree = new Set<string>();
  let level = 0;
  for (const tag of walkTags(tree)) {
    for (const piece of tag.pieces) inTree.add(piece);
    const heading = /^H([1-6])$/.exec(tag.type)?.[1];
    if (heading !== undefined) {
      if (Number(heading) > level + 1)
        faults.push(`14-003: a heading of level ${heading} below one of level ${level}`);
      level = Number(heading);
    }
    if (tag.type === 'Figure' && (tag.alt ?? '') === '') faults.push('13-004: a figure without a text');
    if (tag.type === 'Formula' && (tag.alt ?? '') === '') faults.push('17-002: a formula without a text');
    if (tag.type === 'Link' && ![tag, ...walkTags(tag)].some((one) => one.objects > 0))
      faults.push('28-011: a link that leads nowhere');
    if (tag.type === 'Table' && ![...walkTags(tag)].some((one) => one.type === 'TH'))
      faults.push('15-003: a table without headers');
    const allowed = children[tag.type];
    for (const kid of tag.kids)
      if (allowed?.includes(kid.type) === false) faults.push(`09-004: a ${kid.type} in a ${tag.type}`);
    if (allowed !== undefined && tag.pieces.length > 0) faults.push(`09-004: text right in a ${tag.type}`);
    if (homes[tag.type]?.includes(tag.above.at(-1) ?? '') === false)
      faults.push(`09-004: a ${tag.type} outside ${homes[tag.type]?.join(', ')}`);
  }
  for (const piece of tagged)
    if (!inTree.has(piece)) faults.push(`01-006: a piece that is in no element: ${piece}`);
  return faults;
}
