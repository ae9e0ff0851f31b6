import { escapeHtml, htmlAttributes } from '#shared/document/escapeHtml.ts';

/** One thing in a feed. */
export interface FeedEntry {
  /** Of the note, the carnet…; the entry keeps its id wherever it stands and whatever the relay's address becomes. */
  readonly id: string;
  /** Full address of what it is about. */
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  /** Language tag. */
  readonly language: string;
  readonly authors: readonly string[];
  readonly publishedAt: number;
  readonly updatedAt: number;
}

export interface Feed {
  /** Never that of one of its entries. */
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  readonly language: string;
  /** Full address of the feed. */
  readonly self: string;
  /** Full address of the page that it follows. */
  readonly page: string;
  /** When what it follows began; its date while nothing is in it. */
  readonly createdAt: number;
  readonly entries: readonly FeedEntry[];
}

/** Text that XML can hold. */
const escapeXml = (text: string): string => escapeHtml(text.toWellFormed().replaceAll(/[\uFFFE\uFFFF]/g, ''));
const element = (name: string, text: string): string => `<${name}>${escapeXml(text)}</${name}>`;
const time = (at: number): string => new Date(at).toISOString();

/** Our ids are 128 bits, as UUIDs are. */
function urnOf(id: string): string {
  const hex = Buffer.from(id, 'base64url').toString('hex');
  return `urn:uuid:${[hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')}`;
}

function entryXml({ id, url, title, summary, language, authors, publishedAt, updatedAt }: FeedEntry): string {
  return (
    `<entry${htmlAttributes({ 'xml:lang': language })}>` +
    element('id', urnOf(id)) +
    element('title', title) +
    `<link${htmlAttributes({ rel: 'alternate', type: 'text/html', href: url })}/>` +
    element('published', time(publishedAt)) +
    element('updated', time(updatedAt)) +
    authors.map((name) => `<author>${element('name', name)}</author>`).join('') +
    (summary === '' ? '' : element('summary', summary)) +
    '</entry>'
  );
}

/** An Atom 1.0 document. @see RFC 4287 */
export function atomFeed({ id, title, subtitle, language, self, page, createdAt, entries }: Feed): string {
  const updatedAt = Math.max(createdAt, ...entries.map((entry) => entry.updatedAt));
  return (
    `<?xml version="1.0" encoding="utf-8"?>\n` +
    `<feed${htmlAttributes({ xmlns: 'http://www.w3.org/2005/Atom', 'xml:lang': language })}>` +
    element('id', urnOf(id)) +
    element('title', title) +
    (subtitle === '' ? '' : element('subtitle', subtitle)) +
    element('updated', time(updatedAt)) +
    // Whoever wrote an entry is named in it; this one stands for those without a name.
    `<author>${element('name', 'Calepin')}</author>` +
    `<link${htmlAttributes({ rel: 'self', type: 'application/atom+xml', href: self })}/>` +
    `<link${htmlAttributes({ rel: 'alternate', type: 'text/html', href: page })}/>` +
    `<generator>Calepin</generator>` +
    entries.map(entryXml).join('') +
    '</feed>\n'
  );
}
