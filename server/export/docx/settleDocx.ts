import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** The first day that a ZIP knows, wherever it is read. */
const firstDay = new Date(1980, 0, 1);

/** Numbers what is counted in all documents of a process anew, in the order in which this one has it. */
function renumber(xml: string, pattern: RegExp, name: (number: number) => string): string {
  const places = new Map<string, number>();
  return xml.replaceAll(pattern, (whole, before: string, id: string) => {
    const place = places.get(id) ?? places.size + 1;
    places.set(id, place);
    return `${before}${name(place)}`;
  });
}

/** The names that the package `docx` draws for links out of a document, by those that they get. */
function drawnNames(relations: string): Map<string, string> {
  const drawn = [...relations.matchAll(/ Id="(rId[a-z0-9_-]{12,})"/g)].map(([, id]) => id ?? '');
  return new Map(drawn.map((id, at) => [id, `rIdLink${at + 1}`]));
}

/**
 * The same document of Word without what differs from one making to the next: the hour, names drawn at random, and numbers that go on from document to document.
 * @param date - that it bears, Unix milliseconds.
 */
export function settleDocx(bytes: Uint8Array, date: number): Uint8Array {
  const files = unzipSync(bytes);
  const change = (path: string, edit: (xml: string) => string): void => {
    const file = files[path];
    if (file !== undefined) files[path] = strToU8(edit(strFromU8(file)));
  };
  const at = new Date(date).toISOString();
  change('docProps/core.xml', (xml) => xml.replaceAll(/(W3CDTF">)[^<]*/g, `$1${at}`));
  for (const part of ['document', 'footnotes']) {
    const relations = `word/_rels/${part}.xml.rels`;
    const file = files[relations];
    const names = drawnNames(file === undefined ? '' : strFromU8(file));
    const renamed = (xml: string): string =>
      xml.replaceAll(/ (Id|r:id)="(rId[a-z0-9_-]{12,})"/g, (whole, key: string, id: string) =>
        names.has(id) ? ` ${key}="${names.get(id)}"` : whole,
      );
    change(relations, renamed);
    change(`word/${part}.xml`, (xml) => {
      const tocs = renumber(
        renamed(xml),
        /(w:anchor="|w:name="|<w:instrText[^>]*>PAGEREF )_Toc(\d+)/g,
        (number) => `_Toc${number}`,
      );
      const marks = renumber(tocs, /(<w:bookmark(?:Start|End)(?: w:name="[^"]*")? w:id=")(\d+)/g, String);
      return renumber(marks, /(<wp:docPr id=")(\d+)/g, String);
    });
  }

  return zipSync(files, { mtime: firstDay, level: 6 });
}
