import type { NoticeLine } from '#shared/api/notices.ts';
import { escapeHtml, htmlAttributes } from '#shared/document/escapeHtml.ts';
import type { Language } from '#shared/domain/Person.ts';
import type { WrittenLetter } from '../accounts/letters.ts';
import { type LetterWords, letterWords } from './letterWords.ts';

/** What a letter leads to. */
export interface LetterLinks {
  /** Of the relay, without a slash at its end. */
  readonly origin: string;
  /** Stops letters, without signing in. */
  readonly unsubscribe: string;
}

export interface LetterReader {
  readonly name: string;
  readonly language: Language;
}

/** A notice that its reader may see, and the community that it is about or whose note it is about. */
export interface DigestLine {
  readonly notice: NoticeLine & { readonly title: string };
  readonly community: string | null;
}

const maxLines = 40;

/** Names and titles are one line each, whatever somebody wrote in them. */
const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

const pathOf = ({ subject, subjectId, kind }: NoticeLine): string =>
  kind === 'reported'
    ? '/administration'
    : `/${subject === 'community' ? 'communities' : `${subject}s`}/${subjectId}` +
      (['discussed', 'mentioned', 'announced'].includes(kind) ? '#discussion' : '');

function sentenceOf({ kind, from, within }: NoticeLine, words: LetterWords): string {
  const carnet = within === null ? words.aCarnet : flat(within.title) || words.untitled;
  return words.sentence[kind](flat(from?.name ?? words.someone), carnet);
}

/** What was written, of kinds whose text is words of a person. */
const quoteOf = ({ kind, text }: NoticeLine): string | null => (kind === 'community_role' ? null : text);

interface Item {
  readonly title: string;
  readonly url: string;
  readonly lines: readonly { readonly sentence: string; readonly quote: string | null }[];
}

/** A notice may stand for several. */
const howMany = (lines: readonly DigestLine[]): number =>
  lines.reduce((sum, { notice }) => sum + notice.count, 0);

/** What is about one thing stands together; the same said several times is said once, with how often. */
function itemsOf(lines: readonly DigestLine[], words: LetterWords, origin: string): Item[] {
  const byThing = Map.groupBy(lines, ({ notice }) => notice.subjectId);
  return [...byThing.values()].map((about) => {
    const [{ notice: first } = about[0]!] = about;
    const counts = Map.groupBy(
      about,
      ({ notice }) => `${sentenceOf(notice, words)}\n${quoteOf(notice) ?? ''}`,
    );
    return {
      title: flat(first.title) || words.untitled,
      url: origin + pathOf(first),
      lines: [...counts.values()].map((same) => {
        const times = howMany(same);
        const sentence = sentenceOf(same[0]!.notice, words) + (times > 1 ? ` (× ${times})` : '');
        return { sentence, quote: quoteOf(same[0]!.notice) };
      }),
    };
  });
}

const link = (href: string, label: string): string =>
  `<a${htmlAttributes({ href })}>${escapeHtml(label)}</a>`;
const quoted = (text: string): string => text.replaceAll(/^/gm, '> ');

function wholeHtml(language: Language, title: string, body: string): string {
  return (
    `<!doctype html><html${htmlAttributes({ lang: language })}><head><meta charset="utf-8">` +
    `<title>${escapeHtml(title)}</title></head><body>${body}</body></html>`
  );
}

function footer(words: LetterWords, { origin, unsubscribe }: LetterLinks) {
  const settings = `${origin}/settings#notices`;
  return {
    text: `--\n${words.choose}: ${settings}\n${words.stop}: ${unsubscribe}\n`,
    html: `<hr><p><small>${link(settings, words.choose)} · ${link(unsubscribe, words.stop)}</small></p>`,
  };
}

/** Gathers what somebody has not read in one letter, by community and by what it is about. @param lines - only what they may see. */
export function writeDigest(
  { name, language }: LetterReader,
  lines: readonly DigestLine[],
  links: LetterLinks,
): WrittenLetter {
  const words = letterWords(language);
  const more = Math.max(0, lines.length - maxLines);
  const shown = lines.slice(0, maxLines);
  const groups = [...Map.groupBy(shown, ({ community }) => community)]
    .toSorted(([a], [b]) => (a === null ? 1 : b === null ? -1 : a.localeCompare(b, language)))
    .map(([community, of]) => ({
      heading: community === null ? words.elsewhere : flat(community),
      items: itemsOf(of, words, links.origin),
    }));
  const hello = words.hello(flat(name));
  const end = footer(words, links);
  const textOf = ({ title, url, lines: said }: Item): string =>
    [
      title,
      ...said.map(({ sentence, quote }) => `- ${sentence}${quote === null ? '' : `\n${quoted(quote)}`}`),
      url,
    ].join('\n');
  const htmlOf = ({ title, url, lines: said }: Item): string =>
    `<h3>${link(url, title)}</h3><ul>${said
      .map(
        ({ sentence, quote }) =>
          `<li>${escapeHtml(sentence)}${quote === null ? '' : `<blockquote>${escapeHtml(quote)}</blockquote>`}</li>`,
      )
      .join('')}</ul>`;
  const subject = words.digestSubject(howMany(lines));
  return {
    subject,
    text: [
      hello,
      words.digestIntro,
      ...groups.flatMap(({ heading, items }) => [`== ${heading} ==`, ...items.map(textOf)]),
      ...(more > 0 ? [`${words.more(more)}\n${links.origin}/notices`] : []),
      end.text,
    ].join('\n\n'),
    html: wholeHtml(
      language,
      subject,
      `<p>${escapeHtml(hello)}</p><p>${escapeHtml(words.digestIntro)}</p>` +
        groups
          .map(({ heading, items }) => `<h2>${escapeHtml(heading)}</h2>${items.map(htmlOf).join('')}`)
          .join('') +
        (more > 0 ? `<p>${link(`${links.origin}/notices`, words.more(more))}</p>` : '') +
        end.html,
    ),
    unsubscribe: links.unsubscribe,
  };
}

/** Brings somebody what another wrote to them about a note; they answer through the application. */
export function writeMessage(
  { name, language }: LetterReader,
  notice: DigestLine['notice'],
  links: LetterLinks,
): WrittenLetter {
  const words = letterWords(language);
  const from = flat(notice.from?.name ?? words.someone);
  const title = flat(notice.title) || words.untitled;
  const said = notice.text ?? '';
  const answer = `${links.origin}/notices`;
  const end = footer(words, links);
  const hello = words.hello(flat(name));
  const intro = words.messageIntro(from, title);
  const subject = words.messageSubject(from, title);
  return {
    subject,
    text: [hello, intro, quoted(said), `${words.answer}: ${answer}`, words.noAddress, end.text].join('\n\n'),
    html: wholeHtml(
      language,
      subject,
      `<p>${escapeHtml(hello)}</p><p>${escapeHtml(intro)}</p>` +
        `<blockquote>${escapeHtml(said).replaceAll('\n', '<br>')}</blockquote>` +
        `<p>${link(answer, words.answer)}</p><p><small>${escapeHtml(words.noAddress)}</small></p>${end.html}`,
    ),
    unsubscribe: links.unsubscribe,
  };
}
