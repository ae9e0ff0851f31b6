import { escapeHtml, htmlAttributes } from '#shared/document/escapeHtml.ts';
import { licenceName } from '#shared/domain/Licence.ts';
import type { BookContent } from '../BookContent.ts';

/** A file of an EPUB, as its package lists it. */
export interface EpubItem {
  readonly id: string;
  /** Beside the package. */
  readonly href: string;
  readonly mediaType: string;
  readonly properties: readonly string[];
  /** Whether it is read in order. */
  readonly isPage: boolean;
}

/** What is in the pages, for who chooses a book by what they can perceive. */
export interface EpubFacts {
  readonly hasImages: boolean;
  readonly hasAudio: boolean;
  readonly hasVideo: boolean;
  readonly hasMath: boolean;
  /** Whether each picture has a text, or is said to be decoration. */
  readonly isDescribed: boolean;
}

export const container = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles></container>
`;

const property = (name: string, value: string): string =>
  `<meta property="${name}">${escapeHtml(value)}</meta>`;

/** @see https://www.w3.org/TR/epub-a11y-11/#sec-disc-package */
function accessibility(facts: EpubFacts): string {
  const modes = [
    'textual',
    ...(facts.hasImages || facts.hasVideo ? ['visual'] : []),
    ...(facts.hasAudio || facts.hasVideo ? ['auditory'] : []),
  ];
  const isTextEnough = facts.isDescribed && !facts.hasAudio && !facts.hasVideo;
  const features = [
    'structuralNavigation',
    'tableOfContents',
    'readingOrder',
    'displayTransformability',
    ...(facts.hasMath ? ['MathML'] : []),
    ...(facts.hasImages && facts.isDescribed ? ['alternativeText'] : []),
  ];
  return [
    ...modes.map((mode) => property('schema:accessMode', mode)),
    property('schema:accessModeSufficient', isTextEnough ? 'textual' : modes.join(',')),
    ...features.map((feature) => property('schema:accessibilityFeature', feature)),
    property('schema:accessibilityHazard', facts.hasVideo ? 'unknown' : 'none'),
  ].join('\n');
}

/**
 * What an EPUB is made of, and what it says of itself.
 * @param title - of the whole.
 * @param modifiedAt - Unix milliseconds of its last change: the same content gives the same file.
 * @see https://www.w3.org/TR/epub-33/#sec-package-doc
 */
export function epubPackage(
  content: BookContent,
  title: string,
  items: readonly EpubItem[],
  facts: EpubFacts,
  modifiedAt: number,
): string {
  const licences = [...new Set(content.notes.map((note) => note.licence))];
  const [licence] = licences;
  const rights = licences.length === 1 && licence !== undefined ? licenceName(licence) : null;
  const description = content.description.trim();
  const manifest = items.map(({ id, href, mediaType, properties }) => {
    const attributes = htmlAttributes({
      id,
      href: href.split('/').map(encodeURIComponent).join('/'),
      'media-type': mediaType,
      properties: properties.length === 0 ? null : properties.join(' '),
    });
    return `<item${attributes}/>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<package${htmlAttributes({ xmlns: 'http://www.idpf.org/2007/opf', version: '3.0', 'unique-identifier': 'book-id', 'xml:lang': content.language })}>
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="book-id">urn:calepin:${escapeHtml(content.id)}</dc:identifier>
<dc:title>${escapeHtml(title)}</dc:title>
<dc:language>${escapeHtml(content.language)}</dc:language>
${content.authors.map((name) => `<dc:creator>${escapeHtml(name)}</dc:creator>`).join('\n')}
${description === '' ? '' : `<dc:description>${escapeHtml(description)}</dc:description>`}
${rights === null ? '' : `<dc:rights>${escapeHtml(rights)}</dc:rights>`}
${property('dcterms:modified', new Date(modifiedAt).toISOString().replace(/\.\d+Z$/, 'Z'))}
${accessibility(facts)}
</metadata>
<manifest>
${manifest.join('\n')}
</manifest>
<spine>
${items.flatMap(({ id, isPage }) => (isPage ? [`<itemref idref="${id}"/>`] : [])).join('\n')}
</spine>
</package>
`;
}
