import {
  PDFArray,
  PDFContext,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRef,
  PDFStream,
  PDFString,
} from 'pdf-lib';
import { elsewhere } from './pageScripts.ts';
import { PdfOutput } from './PdfOutput.ts';
import { entriesOf } from './pdfTrees.ts';

/** A line of the outline. */
export interface OutlineLine {
  readonly title: string;
  /** Of its heading: 1 is the highest. */
  readonly level: number;
  readonly place: PDFObject;
  readonly element: PDFObject | undefined;
}

const name = (value: string): PDFName => PDFName.of(value);

/** Moves every reference inside an object by `offset`, and every key of the tree of parents by `keys`; the object stays where it is. */
function renumber(object: PDFObject, offset: number, keys: number): void {
  if (object instanceof PDFArray) {
    for (let at = 0; at < object.size(); at += 1) {
      const value = object.get(at);
      if (value instanceof PDFRef) object.set(at, PDFRef.of(value.objectNumber + offset));
      else renumber(value, offset, keys);
    }
    return;
  }
  const dict = object instanceof PDFStream ? object.dict : object;
  if (!(dict instanceof PDFDict)) return;
  for (const [key, value] of dict.entries()) {
    if (value instanceof PDFRef) dict.set(key, PDFRef.of(value.objectNumber + offset));
    else if (value instanceof PDFNumber && /^\/StructParents?$/.test(key.toString()))
      dict.set(key, PDFNumber.of(value.asNumber() + keys));
    else renumber(value, offset, keys);
  }
}

/** The lines of an outline, depth first, and the references to its nodes. */
function outlineOf({ catalog, context }: PDFDocument) {
  const nodes: string[] = [String(catalog.get(name('Outlines')))];
  const lines: OutlineLine[] = [];
  const walk = (parent: PDFDict, depth: number): void => {
    let ref = parent.get(name('First'));
    while (ref !== undefined) {
      nodes.push(String(ref));
      const entry = context.lookup(ref, PDFDict);
      const element = entry.get(name('SE'));
      const type = (context.lookup(element) as PDFDict | undefined)?.lookupMaybe(name('S'), PDFName);
      const title = entry.lookup(name('Title'));
      lines.push({
        title: title instanceof PDFString || title instanceof PDFHexString ? title.decodeText() : '',
        level: Number(/^\/H([1-6])$/.exec(String(type))?.[1] ?? depth),
        place: entry.get(name('Dest')) ?? context.obj([]),
        element,
      });
      walk(entry, depth + 1);
      ref = entry.get(name('Next'));
    }
  };
  const root = catalog.lookupMaybe(name('Outlines'), PDFDict);
  if (root) walk(root, 1);
  return { nodes, lines };
}

/** Lets links that lead to another part of the book lead to its place. */
function joinLinks(context: PDFContext): void {
  for (const [, link] of context.enumerateIndirectObjects()) {
    if (!(link instanceof PDFDict) || link.get(name('Subtype')) !== name('Link')) continue;
    const address = link.lookupMaybe(name('A'), PDFDict)?.lookup(name('URI'));
    if (!(address instanceof PDFString) || !address.asString().startsWith(elsewhere)) continue;
    link.delete(name('A'));
    link.set(name('Dest'), name(address.asString().slice(elsewhere.length)));
  }
}

/**
 * Binds PDFs that Chromium printed into one: pages, tag tree, outline and places become those of one document, and links to another part of it lead there. What was
 * added is bytes from then on, so that only one part at a time stands in memory as objects.
 */
export class PdfBinder {
  readonly #file = new PdfOutput();
  readonly #catalog = PDFRef.of(this.#file.take());
  readonly #pages = PDFRef.of(this.#file.take());
  readonly #tags = PDFRef.of(this.#file.take());
  readonly #document = PDFRef.of(this.#file.take());
  readonly #context = PDFContext.create();
  readonly #pageTrees: PDFObject[] = [];
  readonly #topTags: PDFObject[] = [];
  readonly #parents: PDFObject[] = [];
  readonly #names: PDFObject[] = [];
  readonly #places = PDFDict.withContext(this.#context);
  readonly #outline: OutlineLine[] = [];
  #pageCount = 0;
  #nextKey = 0;

  /** Adds the pages of a document behind those that are there. The document is of no use afterwards. */
  add(document: PDFDocument): void {
    const { context, catalog } = document;
    const tags = catalog.lookupMaybe(name('StructTreeRoot'), PDFDict);
    const top = tags?.lookupMaybe(name('K'), PDFDict);
    const kids = top?.lookup(name('K'));
    const topTags = kids instanceof PDFArray ? kids.asArray() : [top?.get(name('K'))];
    const topElements = topTags.flatMap((kid) => context.lookupMaybe(kid, PDFDict) ?? []);
    const parents = entriesOf(tags?.get(name('ParentTree')), context, 'Nums');
    const names = entriesOf(tags?.get(name('IDTree')), context, 'Names');
    const outline = outlineOf(document);
    const pageTree = catalog.get(name('Pages'));
    const pageRoot = catalog.Pages();
    const places = catalog.lookupMaybe(name('Dests'), PDFDict);
    const { Root, Info } = context.trailerInfo;
    const own = ['StructTreeRoot', 'Dests'].map((key) => catalog.get(name(key)));
    const dropped = new Set([
      ...parents.nodes,
      ...names.nodes,
      ...outline.nodes,
      ...[Root, Info, tags?.get(name('K')), ...own].map(String),
    ]);
    this.#pageCount += document.getPageCount();
    joinLinks(context);

    const offset = this.#file.take(context.largestObjectNumber) - 1;
    const keys = this.#nextKey;
    const objects = context.enumerateIndirectObjects();
    for (const [, object] of objects) renumber(object, offset, keys);
    /** What was read before its references moved; what it holds itself has moved with it. */
    const moved = (object: PDFObject): PDFObject =>
      object instanceof PDFRef ? PDFRef.of(object.objectNumber + offset) : object;
    for (const element of topElements) element.set(name('P'), this.#document);
    pageRoot.set(name('Parent'), this.#pages);
    if (pageTree !== undefined) this.#pageTrees.push(moved(pageTree));
    for (const kid of topTags) if (kid !== undefined) this.#topTags.push(moved(kid));
    for (const [key, value] of parents.entries) {
      const number = keys + (key as PDFNumber).asNumber();
      this.#parents.push(PDFNumber.of(number), moved(value));
      this.#nextKey = Math.max(this.#nextKey, number + 1);
    }
    for (const [key, value] of names.entries) this.#names.push(key, moved(value));
    for (const [key, value] of places?.entries() ?? [])
      this.#places.set(key, value instanceof PDFRef ? moved(value) : value);
    for (const line of outline.lines)
      this.#outline.push({ ...line, place: moved(line.place), element: line.element && moved(line.element) });
    this.#file.add(
      objects
        .filter(([ref]) => !dropped.has(ref.toString()))
        .map(([ref, object]) => [PDFRef.of(ref.objectNumber + offset), object]),
    );
  }

  /**
   * @param properties - of the whole: more entries of the catalog, those of the information dictionary, and what it says of itself in XMP.
   * @param nameLines - gives the lines of the outline their titles.
   * @returns the finished file.
   */
  finish(
    properties: { language: string; id: string; metadata: string; info: Readonly<Record<string, PDFObject>> },
    nameLines: (lines: readonly OutlineLine[]) => readonly string[],
  ): Uint8Array {
    const context = this.#context;
    const written: [PDFRef, PDFObject][] = [];
    const write = (object: PDFObject): PDFRef => {
      const ref = PDFRef.of(this.#file.take());
      written.push([ref, object]);
      return ref;
    };
    const outlines = this.#writeOutline(nameLines(this.#outline), write);
    const metadata = write(
      context.stream(Buffer.from(properties.metadata), { Type: 'Metadata', Subtype: 'XML' }),
    );
    const named = this.#names.length === 0 ? {} : { IDTree: write(context.obj({ Names: this.#names })) };
    written.push(
      [this.#pages, context.obj({ Type: 'Pages', Count: this.#pageCount, Kids: this.#pageTrees })],
      [
        this.#document,
        context.obj({
          Type: 'StructElem',
          S: 'Document',
          Lang: PDFString.of(properties.language),
          P: this.#tags,
          K: this.#topTags,
        }),
      ],
      [
        this.#tags,
        context.obj({
          Type: 'StructTreeRoot',
          K: this.#document,
          ParentTreeNextKey: this.#nextKey,
          ParentTree: write(context.obj({ Nums: this.#parents })),
          // Chromium uses two tags that PDF 1.x does not know: readers are told what they stand for.
          RoleMap: { Em: 'Span', Strong: 'Span' },
          ...named,
        }),
      ],
      [
        this.#catalog,
        context.obj({
          Type: 'Catalog',
          Pages: this.#pages,
          Dests: write(this.#places),
          MarkInfo: { Type: 'MarkInfo', Marked: true },
          StructTreeRoot: this.#tags,
          ViewerPreferences: { Type: 'ViewerPreferences', DisplayDocTitle: true },
          Lang: PDFString.of(properties.language),
          Metadata: metadata,
          PageMode: outlines === null ? 'UseNone' : 'UseOutlines',
          ...(outlines === null ? {} : { Outlines: outlines }),
        }),
      ],
    );
    const info = write(context.obj({ ...properties.info }));
    this.#file.add(written);
    return this.#file.finish(this.#catalog, info, properties.id);
  }

  /** Nests the lines by their levels. @returns the root, or null for no line. */
  #writeOutline(titles: readonly string[], write: (object: PDFObject) => PDFRef): PDFRef | null {
    if (this.#outline.length === 0) return null;
    interface Node {
      readonly ref: PDFRef;
      readonly dict: PDFDict;
      readonly level: number;
      readonly kids: Node[];
    }
    const node = (entries: Readonly<Record<string, PDFObject>>, level: number): Node => {
      const dict = this.#context.obj({ ...entries }) as PDFDict;
      return { ref: write(dict), dict, level, kids: [] };
    };
    const root = node({ Type: name('Outlines') }, 0);
    const above = [root];
    for (const [at, line] of this.#outline.entries()) {
      while (above.length > 1 && (above.at(-1)?.level ?? 0) >= line.level) above.pop();
      const parent = above.at(-1) ?? root;
      const entry = node(
        {
          Title: PDFHexString.fromText(titles[at] ?? line.title),
          Dest: line.place,
          Parent: parent.ref,
          ...(line.element === undefined ? {} : { SE: line.element }),
        },
        line.level,
      );
      parent.kids.push(entry);
      above.push(entry);
    }
    const close = ({ dict, kids }: Node): number => {
      let count = kids.length;
      for (const [at, kid] of kids.entries()) {
        const [before, after] = [kids[at - 1], kids[at + 1]];
        if (before) kid.dict.set(name('Prev'), before.ref);
        if (after) kid.dict.set(name('Next'), after.ref);
        count += close(kid);
      }
      const [first, last] = [kids[0], kids.at(-1)];
      if (!first || !last) return 0;
      dict.set(name('First'), first.ref);
      dict.set(name('Last'), last.ref);
      dict.set(name('Count'), PDFNumber.of(count));
      return count;
    };
    close(root);
    return root.ref;
  }
}
