import type { Language } from './Person.ts';

/** What a citation is made of. */
export interface Cited {
  readonly title: string;
  /** People, in their order. */
  readonly authors: readonly string[];
  /** An organisation that is the author in their place. */
  readonly organisation: string | null;
  /** Unix milliseconds; null for what was not published. */
  readonly publishedAt: number | null;
  /** How it was adopted as it is, « Adoptée le 5 mars 2026 »: what APA puts in brackets behind a title; null for what was not. */
  readonly adopted: string | null;
  /** The site on which it is. */
  readonly site: string;
  /** Null for what nobody else can reach: a note on one's own computer. */
  readonly url: string | null;
}

/** A citation in three parts: the title, which is set in italics, and what stands before and after it. */
export interface Citation {
  readonly before: string;
  readonly title: string;
  readonly after: string;
}

/** APA, 7th edition, section 9.8: up to twenty authors are named. */
const maxNamed = 20;

/** « Marie-Ève » → « M.-È. » */
const initials = (given: string): string =>
  given
    .split('-')
    .map((part) => `${[...part][0]?.toUpperCase() ?? ''}.`)
    .join('-');

/**
 * A person's name as APA inverts it: the family name, then initials. The family name is the last word, or what begins with a particle in lower case (« de la Fontaine »).
 * A single word stands as it is.
 */
export function invertName(name: string): string {
  const words = name.trim().split(/\s+/);
  if (words.length < 2) return words[0] ?? '';
  const particle = words.findIndex((word, at) => at > 0 && /^\p{Ll}/u.test(word));
  const at = particle === -1 ? words.length - 1 : particle;
  return `${words.slice(at).join(' ')}, ${words.slice(0, at).map(initials).join('\u00a0')}`;
}

function joinAuthors(names: readonly string[], language: Language): string {
  if (names.length > maxNamed) return `${names.slice(0, maxNamed - 1).join(', ')}, … ${names.at(-1) ?? ''}`;
  if (names.length < 2) return names[0] ?? '';
  const last = names.at(-1) ?? '';
  const others = names.slice(0, -1).join(', ');
  return language === 'fr' ? `${others} et ${last}` : `${others}, & ${last}`;
}

function dateOf(time: number | null, language: Language, timeZone: string | undefined): string {
  if (time === null) return language === 'fr' ? 's.\u00a0d.' : 'n.d.';
  const part = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(language === 'fr' ? 'fr-CA' : 'en-CA', {
      ...options,
      ...(timeZone === undefined ? {} : { timeZone }),
    }).format(time);
  const [year, month, day] = [part({ year: 'numeric' }), part({ month: 'long' }), part({ day: 'numeric' })];
  return language === 'fr'
    ? `${year}, ${day === '1' ? '1er' : day}\u00a0${month}`
    : `${year}, ${month}\u00a0${day}`;
}

const endsSentence = (text: string): boolean => /[.?!…]$/u.test(text);
const sentence = (text: string): string => (endsSentence(text) ? text : `${text}.`);

/**
 * How a note is cited in APA style, 7th edition: a page of a site. Without an author the title comes first, without a date it says so.
 * @param timeZone - of the date; default the one of the reader.
 * @see https://apastyle.apa.org/style-grammar-guidelines/references/examples/webpage-website-references
 */
export function citeApa(cited: Cited, language: Language, timeZone?: string): Citation {
  const untitled = language === 'fr' ? '[Sans titre]' : '[Untitled]';
  const title = cited.title.trim() || untitled;
  const date = `(${dateOf(cited.publishedAt, language, timeZone)}).`;
  const author =
    cited.organisation ??
    joinAuthors(
      cited.authors.map((name) => invertName(name)),
      language,
    );
  // A site that is its own author is not named twice.
  const site = author === cited.site ? [] : [`${cited.site}.`];
  const place = [...site, ...(cited.url === null ? [] : [cited.url])];
  const parts = (before: string, after: readonly string[]): Citation => ({
    before,
    title: cited.adopted === null ? sentence(title) : title,
    after: [...(cited.adopted === null ? [] : [`[${cited.adopted}].`]), ...after]
      .map((part) => ` ${part}`)
      .join(''),
  });
  return author === '' ? parts('', [date, ...place]) : parts(`${sentence(author)} ${date} `, place);
}

/** A citation as plain text. */
export const citationText = ({ before, title, after }: Citation): string => `${before}${title}${after}`;
