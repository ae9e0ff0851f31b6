const voids = /<(br|hr|img|col|wbr)((?: [^<>]*)?)>/g;

/**
 * HTML of `renderBody` as XHTML. It quotes and escapes everything, so that only what HTML alone allows is changed: elements that are not closed, and the
 * attributes of sizes that EPUB does not take.
 */
export function toXhtml(html: string): string {
  return html
    .replaceAll(voids, '<$1$2/>')
    .replaceAll(/(<(?:img|col)[^<>]*?) width="(\d+(?:\.\d+)?%)"/g, '$1 style="width:$2"')
    .replaceAll(/ lang="([A-Za-z0-9-]+)"/g, ' lang="$1" xml:lang="$1"');
}
