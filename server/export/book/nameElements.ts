import { PDFArray, PDFDict, type PDFDocument, type PDFObject, PDFString } from 'pdf-lib';

const given = /^node(\d{8,})$/;

/** Calls `visit` on each name that Chromium gave to an element of the tag tree, with what puts another in its place. */
function forEachName(
  object: PDFObject | undefined,
  visit: (name: number, replace: (next: PDFString) => void) => void,
): void {
  const look = (value: PDFObject, replace: (next: PDFString) => void): void => {
    if (value instanceof PDFString) {
      const number = given.exec(value.asString())?.[1];
      if (number !== undefined) visit(Number(number), replace);
    } else if (value instanceof PDFArray || value instanceof PDFDict) forEachName(value, visit);
  };
  if (object instanceof PDFArray)
    for (const [at, value] of object.asArray().entries()) look(value, (next) => object.set(at, next));
  else if (object instanceof PDFDict)
    for (const [key, value] of object.entries()) look(value, (next) => object.set(key, next));
}

/**
 * Numbers the elements of the tag tree anew, in their order and behind those that have a number: Chromium names them by counters of its own, which differ from one print of a document to the
 * next. The tree of names stays sorted.
 * @param last - the last number that was given.
 * @returns the last number that is given now.
 */
export function nameElements(document: PDFDocument, last: number): number {
  const objects = document.context.enumerateIndirectObjects().map(([, object]) => object);
  const names = new Set<number>();
  for (const object of objects) forEachName(object, (name) => void names.add(name));
  const places = new Map([...names].sort((a, b) => a - b).map((name, at) => [name, last + at + 1]));
  for (const object of objects)
    forEachName(object, (name, replace) =>
      replace(PDFString.of(`node${String(places.get(name)).padStart(8, '0')}`)),
    );
  return last + names.size;
}
