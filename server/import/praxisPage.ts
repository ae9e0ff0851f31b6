import { maxBeside } from '#shared/api/imports.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { foldText } from '#shared/domain/foldText.ts';
import { readFrenchDate } from './frenchDate.ts';

/** What a page of another platform says beside its text, in its own words; empty for what it does not say. */
export interface PageBeside {
  readonly source: 'praxis';
  readonly authors: readonly string[];
  readonly terms: readonly string[];
  readonly carnets: readonly { readonly title: string; readonly integrated: string }[];
  readonly community: string;
  readonly published: string;
  readonly modified: string;
  /** The same as a moment, in Unix milliseconds; of the publication where nothing was changed since. Null where no date can be read. */
  readonly modifiedAt: number | null;
  /** What a note does not keep. */
  readonly left: readonly string[];
}

/** Where the dates of Praxis are written. */
const zone = 'America/Toronto';
const longestWords = 300;

type Section = 'terms' | 'carnets' | 'authors' | 'community' | 'published' | 'modified' | 'visibility';
/** As they are written, folded. The first three are nobody else's: what stands beside a text begins with one of them. */
const sections: readonly (readonly [Section, RegExp])[] = [
  ['terms', /^(?:bookmark ?)?terme(?:\(s\)|s)? relie(?:\(s\)|s)?$/],
  ['carnets', /^(?:padding ?)?carnet(?:\(s\)|s)? relie(?:\(s\)|s)?$/],
  ['authors', /^auteur·trice(?:\(s\)|s)? de (?:la )?note$/],
  ['community', /^communaute liee$/],
  ['published', /^publication$/],
  ['modified', /^modification$/],
  ['visibility', /^visibilite$/],
];
const ownSections: ReadonlySet<Section> = new Set(['terms', 'carnets', 'authors']);
/** What may be pressed there, and the names of icons: nothing that is said of the note. */
const acts =
  /^(?:(?:forum ?)?contacter (?:l.auteur|les auteur|l.autrice).*|(?:forum ?)?discuter de la note|historique des modifications|communaute passerelles|profil en commun|person|(?:file_copy ?)?\d+ notes?)$/;

/** One line of what people read. */
interface Line {
  readonly text: string;
  readonly folded: string;
  /** What its links show, each. */
  readonly links: readonly string[];
  /** Which of the blocks it is in. */
  readonly block: number;
}

const clean = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, longestWords);

function linesOf(node: BodyNode, block: number): Line[] {
  const { content = [] } = node;
  if (!content.some(({ type }) => type === 'text' || type === 'hardBreak'))
    return content.flatMap((child) => linesOf(child, block));
  const lines: BodyNode[][] = [[]];
  for (const piece of content)
    if (piece.type === 'hardBreak') lines.push([]);
    else lines.at(-1)?.push(piece);
  return lines.flatMap((pieces): Line[] => {
    const text = clean(pieces.map((piece) => piece.text ?? '').join(''));
    if (text === '') return [];
    const links = new Map<unknown, string>();
    for (const { marks, text: words = '' } of pieces) {
      const link = marks?.find(({ type }) => type === 'rawLink')?.attrs?.['link'];
      if (link !== undefined) links.set(link, (links.get(link) ?? '') + words);
    }
    return [{ text, folded: foldText(text), links: [...links.values()].map(clean), block }];
  });
}

const sectionOf = ({ folded }: Line): Section | null =>
  sections.find(([, pattern]) => pattern.test(folded))?.[0] ?? null;

/** Names that stand in a section: its links, each line where it has none; each once. */
function namesIn(lines: readonly Line[]): string[] {
  const names = lines.flatMap(({ text, links }) => (links.length > 0 ? links : [text]));
  const once = new Map(names.filter((name) => name !== '').map((name) => [foldText(name), name]));
  return [...once.values()].slice(0, maxBeside);
}

/** A carnet is its title, then who integrated the note there and when; the number of its notes stands around. */
function carnetsIn(lines: readonly Line[]): { title: string; integrated: string }[] {
  const found: { title: string; integrated: string }[] = [];
  for (const { text } of lines) {
    const integrated = /^(?:person ?)?(Intégrée? par .*)$/i.exec(text)?.[1];
    const last = found.at(-1);
    if (integrated === undefined) found.push({ title: text, integrated: '' });
    else if (last !== undefined) last.integrated = integrated;
  }
  const once = new Map(found.map((one) => [foldText(one.title), one]));
  return [...once.values()].slice(0, maxBeside);
}

/** What is said beside a text, and the first and the last of its lines; null where a page is none of Praxis. */
function besideIn(lines: readonly Line[]): { from: number; to: number; beside: PageBeside } | null {
  const from = lines.findIndex((line) => {
    const section = sectionOf(line);
    return section !== null && ownSections.has(section);
  });
  if (from === -1) return null;
  const said = new Map<Section, Line[]>();
  let section: Section = 'terms';
  let to = lines.length - 1;
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at] as Line;
    const begun = sectionOf(line);
    if (begun !== null && !said.has(begun)) {
      section = begun;
      said.set(begun, []);
    } else if (!acts.test(line.folded)) said.get(section)?.push(line);
    // It is the last of what Praxis says there, and one line.
    if (section === 'visibility' && said.get(section)?.length === 1) {
      to = at;
      break;
    }
  }
  if (!said.has('authors') || said.size < 4) return null;
  const of = (name: Section): readonly Line[] => said.get(name) ?? [];
  const first = (name: Section): string => of(name)[0]?.text ?? '';
  const rest = (['community', 'published', 'modified'] as const).flatMap((name) => of(name).slice(1));
  const visibility = first('visibility').replace(/^(?:lock_open|lock|public|group) (?=\S)/, '');
  const dates = [first('modified'), first('published')].map((one) => readFrenchDate(foldText(one), zone));
  return {
    from,
    to,
    beside: {
      source: 'praxis',
      authors: namesIn(of('authors')),
      terms: namesIn(of('terms')),
      carnets: carnetsIn(of('carnets')),
      community: first('community'),
      published: first('published'),
      modified: first('modified'),
      modifiedAt: dates.find((one) => one !== null) ?? null,
      left: [...rest.map(({ text }) => text), ...(visibility === '' ? [] : [`Visibilité : ${visibility}`])],
    },
  };
}

/** Lines of a block that is cut, without what they look like. */
const asParagraphs = (lines: readonly Line[]): BodyNode[] =>
  lines.map(({ text }) => ({ type: 'paragraph', content: [{ type: 'text', text }] }));

/**
 * Tells a page of a note of Praxis by what it says beside the text, under its own headings, and takes that apart.
 * @param blocks - of the page, raw.
 * @returns the blocks without it; null for any other page.
 */
export function readPraxisPage(
  blocks: readonly BodyNode[],
): { readonly blocks: readonly BodyNode[]; readonly beside: PageBeside } | null {
  const lines = blocks.flatMap((block, at) => linesOf(block, at));
  const found = besideIn(lines);
  if (found === null) return null;
  const { from, to, beside } = found;
  const [start, end] = [lines[from]?.block ?? 0, lines[to]?.block ?? 0];
  return {
    beside,
    blocks: [
      ...blocks.slice(0, start),
      ...asParagraphs(lines.slice(0, from).filter(({ block }) => block === start)),
      ...asParagraphs(lines.slice(to + 1).filter(({ block }) => block === end)),
      ...blocks.slice(end + 1),
    ],
  };
}

/** The lists of a page that was kept as text, whose items begin with « • ». */
export function withBullets(blocks: readonly BodyNode[]): BodyNode[] {
  const out: BodyNode[] = [];
  const bullet = /^\s*•\s+/;
  for (const block of blocks) {
    const texts = (block.content ?? []).flatMap(({ type, text }) => (type === 'text' ? [text ?? ''] : []));
    if (texts.length === 0 || !texts.every((text) => bullet.test(text))) {
      out.push(block);
      continue;
    }
    const items = texts.map((text): BodyNode => ({
      type: 'listItem',
      content: [{ type: 'paragraph', content: [{ type: 'text', text: text.replace(bullet, '') }] }],
    }));
    const last = out.at(-1);
    if (last?.type === 'bulletList')
      out[out.length - 1] = { ...last, content: [...(last.content ?? []), ...items] };
    else out.push({ type: 'bulletList', content: items });
  }
  return out;
}
