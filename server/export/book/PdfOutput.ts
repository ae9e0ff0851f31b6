import { deflateSync } from 'node:zlib';
import { type PDFObject, type PDFRef, PDFStream } from 'pdf-lib';

/** Objects that are packed together. */
const objectsOfStream = 100;
const text = (value: string): Uint8Array => Buffer.from(value, 'latin1');

/** Where an object of a file is. */
interface Entry {
  /** 1 for one that stands in the file itself, 2 for one that is packed with others. */
  readonly type: 1 | 2;
  /** Its offset in bytes; the number of the object that holds it. */
  readonly place: number;
  /** Its position there. */
  readonly index: number;
}

/**
 * Writes a PDF 1.7 from its objects, as they come: those that were given are bytes from then on, and may be forgotten.
 * @see ISO 32000-1, 7.5.7 (object streams) and 7.5.8 (cross-reference streams)
 */
export class PdfOutput {
  readonly #pieces: Uint8Array[] = [];
  readonly #entries: (Entry | undefined)[] = [];
  #size = 0;
  #last = 0;

  constructor() {
    // Four bytes that say that the file is no text.
    this.#push(text('%PDF-1.7\n%\u0081\u0081\u0081\u0081\n'));
  }

  /** A number that no object has. @param count - that many, of which the first is returned. */
  take(count = 1): number {
    this.#last += count;
    return this.#last - count + 1;
  }

  /** Writes objects under their numbers. */
  add(objects: Iterable<readonly [PDFRef, PDFObject]>): void {
    let packed: [PDFRef, PDFObject][] = [];
    for (const [ref, object] of objects) {
      if (object instanceof PDFStream) {
        this.#addPlain(ref.objectNumber, object);
        continue;
      }
      packed.push([ref, object]);
      if (packed.length < objectsOfStream) continue;
      this.#addPacked(packed);
      packed = [];
    }
    if (packed.length > 0) this.#addPacked(packed);
  }

  /** @returns the whole file; nothing may be added any more. @param id - of the file, in hexadecimal. */
  finish(catalog: PDFRef, info: PDFRef, id: string): Uint8Array {
    const number = this.take();
    const offset = this.#size;
    const rows = Buffer.alloc((number + 1) * 7);
    this.#entries[number] = { type: 1, place: offset, index: 0 };
    for (const [at, entry] of this.#entries.entries()) {
      if (entry === undefined) continue;
      rows.writeUInt8(entry.type, at * 7);
      rows.writeUInt32BE(entry.place, at * 7 + 1);
      rows.writeUInt16BE(entry.index, at * 7 + 5);
    }
    // The head of the list of numbers that are free, which has no other.
    rows.writeUInt16BE(0xffff, 5);
    const head = `/Type /XRef /W [1 4 2] /Size ${number + 1} /Root ${catalog.toString()} /Info ${info.toString()} /ID [<${id}> <${id}>]`;
    this.#pushStream(number, head, rows);
    this.#push(text(`startxref\n${offset}\n%%EOF\n`));
    return Buffer.concat(this.#pieces);
  }

  #push(bytes: Uint8Array): void {
    this.#pieces.push(bytes);
    this.#size += bytes.length;
  }

  #addPlain(number: number, object: PDFObject): void {
    this.#entries[number] = { type: 1, place: this.#size, index: 0 };
    const bytes = new Uint8Array(object.sizeInBytes());
    object.copyBytesInto(bytes, 0);
    this.#push(Buffer.concat([text(`${number} 0 obj\n`), bytes, text('\nendobj\n')]));
  }

  #addPacked(objects: readonly (readonly [PDFRef, PDFObject])[]): void {
    const number = this.take();
    let places = '';
    let size = 0;
    for (const [index, [ref, object]] of objects.entries()) {
      this.#entries[ref.objectNumber] = { type: 2, place: number, index };
      places += `${ref.objectNumber} ${size} `;
      size += object.sizeInBytes() + 1;
    }
    const bytes = new Uint8Array(places.length + size).fill(0x0a);
    bytes.set(text(places));
    let at = places.length;
    for (const [, object] of objects) at += object.copyBytesInto(bytes, at) + 1;
    this.#entries[number] = { type: 1, place: this.#size, index: 0 };
    this.#pushStream(number, `/Type /ObjStm /N ${objects.length} /First ${places.length}`, bytes);
  }

  #pushStream(number: number, head: string, content: Uint8Array): void {
    const bytes = deflateSync(content);
    const begin = `${number} 0 obj\n<<${head} /Filter /FlateDecode /Length ${bytes.length}>>\nstream\n`;
    this.#push(Buffer.concat([text(begin), bytes, text('\nendstream\nendobj\n')]));
  }
}
