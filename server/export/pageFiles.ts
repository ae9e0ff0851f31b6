/**
 * Sends addresses within a book (`#n3`, `#n3-ref-x`) into the files of their notes, where each note is a file of its own.
 * @param own - id of the note whose file this is; empty for others.
 * @param fileOf - name of the file of a note, by its id in the book.
 */
export function intoFiles(html: string, own: string, fileOf: (id: string) => string): string {
  return html.replaceAll(/ href="#(n\d+)(-[^"]*)?"/g, (_, id: string, rest: string | undefined) => {
    const fragment = rest === undefined ? '' : `#${id}${rest}`;
    return id === own && fragment !== '' ? ` href="${fragment}"` : ` href="${fileOf(id)}${fragment}"`;
  });
}
