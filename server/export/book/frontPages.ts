import { escapeHtml, htmlAttributes } from '#shared/document/escapeHtml.ts';
import { citeApa } from '#shared/domain/citation.ts';
import { type Licence, licenceName, licenceUrl } from '#shared/domain/Licence.ts';
import { absenceSentences, editionLine } from '../absences.ts';
import type { BookContent } from '../BookContent.ts';
import { type BookLabels, joinNames } from '../bookLabels.ts';
import type { BookWords } from './bookWords.ts';
import { hyphenateText } from './hyphenate.ts';

/** What the pages before the notes are made from. */
export interface FrontContext {
  readonly content: BookContent;
  readonly title: string;
  readonly labels: BookLabels;
  readonly words: BookWords;
  /** Address of the cover's picture; null for none. */
  readonly pictureUrl: string | null;
  /** Names of the fonts. */
  readonly fonts: readonly string[];
  readonly digest: string;
}

/** From this length on a title is set smaller on the cover. */
const longTitle = 46;

/** The cover: the carnet's picture, else its colour, else paper. */
export function coverPage({ content, title, labels, pictureUrl }: FrontContext): string {
  const { cover, language } = content;
  const description = hyphenateText(escapeHtml(content.description.trim()), language);
  const look = pictureUrl !== null ? 'pictured' : cover.colour !== null ? 'tinted' : 'plain';
  const picture =
    pictureUrl === null
      ? ''
      : `<figure role="group" class="cover-picture"><img${htmlAttributes({ src: pictureUrl, alt: cover.alternative, 'data-cover': '' })}></figure>`;
  const foot = [
    `<p class="cover-authors">${escapeHtml(joinNames(content.authors, labels))}</p>`,
    ...content.communities.slice(0, 3).map((name) => `<p>${escapeHtml(name)}</p>`),
    ...(content.edition === null ? [] : [`<p>${escapeHtml(labels.edition(content.edition.number))}</p>`]),
    `<p>${escapeHtml(labels.formatDate(content.date))}</p>`,
  ];
  return (
    `<section class="cover cover-${look}${title.length > longTitle ? ' cover-long' : ''}"><div class="cover-sheet">${picture}<div class="cover-text"><h1 id="book">${escapeHtml(title)}</h1>` +
    `${description === '' ? '' : `<p class="cover-description">${description}</p>`}<div class="cover-foot">${foot.join('')}</div></div></div></section>`
  );
}

/** The half-title: the title and the authors alone on a page. */
export function halfTitle({ content, title, labels }: FrontContext, recto: string): string {
  return (
    `<section class="half-title" id="half-title"${recto}><p class="half-title-words">${escapeHtml(title)}</p>` +
    `<p class="half-title-authors">${escapeHtml(joinNames(content.authors, labels))}</p></section>`
  );
}

function licenceLines({ content, labels, words }: FrontContext): string[] {
  const counts = new Map<Licence, number>();
  for (const { licence } of content.notes) counts.set(licence, (counts.get(licence) ?? 0) + 1);
  return [...counts].map(([licence, count]) => {
    const name = licenceName(licence) ?? words.allRightsReserved;
    const url = licenceUrl(licence, labels.language);
    const address = url === null ? '' : ` – ${escapeHtml(url)}`;
    return `${escapeHtml(name)}${counts.size > 1 ? ` (${words.notesUnder(count)})` : ''}${address}`;
  });
}

function citation({ content, title, labels }: FrontContext): string {
  const published = content.notes.flatMap((note) => note.publishedAt ?? []);
  const { place } = content;
  const {
    before,
    title: cited,
    after,
  } = citeApa(
    {
      title,
      authors: content.authors,
      organisation: null,
      publishedAt: content.edition?.at ?? (published.length === 0 ? null : content.date),
      // What APA puts in brackets behind a title.
      adopted: content.edition === null ? null : labels.edition(content.edition.number),
      site: place.site,
      url:
        place.origin === null || content.subject !== 'carnet'
          ? null
          : `${place.origin}/carnets/${content.id}`,
    },
    labels.language,
  );
  return `${escapeHtml(before)}<em>${escapeHtml(cited)}</em>${escapeHtml(after)}`;
}

const paragraph = (label: string, html: string): string =>
  html === '' ? '' : `<p><span class="label">${label}</span>${html}</p>`;

/** Who made the book, under which licence, how it is cited, and which state of the text it holds. */
export function colophon(context: FrontContext): string {
  const { content, labels, words, digest, fonts } = context;
  const groups = digest.match(/.{8}/g)?.join(' ') ?? digest;
  return (
    `<section class="colophon">` +
    paragraph(words.authors, escapeHtml(joinNames(content.authors, labels))) +
    paragraph(words.keptBy, escapeHtml(joinNames(content.managers, labels))) +
    paragraph(words.communities, escapeHtml(joinNames(content.communities, labels))) +
    paragraph(words.licence, licenceLines(context).join('<br>')) +
    paragraph(words.cite, citation(context)) +
    paragraph(words.published, escapeHtml(editionLine(content) ?? '')) +
    (content.edition?.remark ? `<p>${escapeHtml(content.edition.remark)}</p>` : '') +
    paragraph(words.edition, escapeHtml(words.state(content.date))) +
    paragraph(words.digest, `<span class="digest">${groups}</span>`) +
    absenceSentences(content)
      .map((sentence) => `<p class="withheld">${escapeHtml(sentence)}</p>`)
      .join('') +
    `<p>${escapeHtml(words.setIn(joinNames(fonts, labels)))}</p></section>`
  );
}
