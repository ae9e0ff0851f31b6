import { attributeText } from '#shared/document/bodyAccess.ts';
import { extractText } from '#shared/document/extractText.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { NoteSheet } from '#shared/document/sheet.ts';
import { languagePattern } from '#shared/document/vocabulary.ts';
import { type Licence, licences } from '#shared/domain/Licence.ts';
import { type NoteKind, noteKinds } from '#shared/domain/Note.ts';
import { carnetOfWord, type WordCarnet } from './carnetOfWord.ts';
import { htmlToBody } from './htmlToBody.ts';
import { LossList, type PageLosses } from './ImportReport.ts';
import { markdownToHtml } from './markdownToHtml.ts';
import { readPageHead } from './pageHead.ts';
import { type PageBeside, readPraxisPage, withBullets } from './praxisPage.ts';
import { sheetNames, sheetOfHead, withoutSheetWords } from './sheetOfHead.ts';
import type { RawBody } from './RawBody.ts';

/** What a file is read as. */
export type PageFormat = 'markdown' | 'html' | 'docx' | 'text';

/** A file as a note, or as what our export puts before its notes. */
export interface ReadPage extends RawBody {
  /** Empty where nothing says it. */
  readonly title: string;
  readonly kind: NoteKind;
  /** Null where the file does not say it. */
  readonly language: string | null;
  readonly licence: Licence | null;
  /** The first category that its head names. */
  readonly category: string | null;
  /** For the file that our export puts before the notes of a carnet: what is said of it, and the addresses of its notes in order. */
  readonly index: { readonly description: string; readonly order: readonly string[] } | null;
  /** Of a term or an organisation, where its head says one. */
  readonly sheet: NoteSheet | null;
  /** Of a page of another platform; null for all else. */
  readonly beside: PageBeside | null;
  readonly losses: PageLosses;
  /** Of a document that holds a carnet: its notes, addressed by their names beside each other; the page itself is then what stands before them. */
  readonly notes?: readonly { readonly name: string; readonly page: ReadPage }[];
}

/** What our export says and a note keeps; of what others say, the rest is told. */
const keptFields = new Set(['title', 'id', 'kind', 'language', 'lang', 'categories', 'licence']);
const longestTitle = 300;

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().slice(0, longestTitle);

function textBody(text: string): BodyNode {
  const paragraphs = text.split(/\n[ \t]*\n+/).filter((one) => one.trim() !== '');
  return {
    type: 'doc',
    content: paragraphs.map((paragraph) => ({
      type: 'paragraph',
      content: paragraph
        .replaceAll(/^\n+|\n+$/g, '')
        .split('\n')
        .flatMap((line, at): BodyNode[] => [
          ...(at === 0 ? [] : [{ type: 'hardBreak' }]),
          ...(line === '' ? [] : [{ type: 'text', text: line.replaceAll('\t', '    ') }]),
        ]),
    })),
  };
}

/** The addresses that the list of a carnet's first file leads to, in order; and the text before it. */
function indexOf(blocks: readonly BodyNode[]): NonNullable<ReadPage['index']> {
  const at = blocks.findIndex(({ type }) => type === 'orderedList');
  const order: string[] = [];
  const follow = (node: BodyNode): void => {
    const link = node.marks?.find(({ type }) => type === 'rawLink');
    const href = link === undefined ? null : attributeText(link, 'href');
    if (href !== null && !order.includes(href)) order.push(href);
    node.content?.forEach(follow);
  };
  if (at !== -1) follow(blocks[at] as BodyNode);
  const before = blocks.slice(0, Math.max(0, at)).filter(({ type }) => type === 'paragraph');
  return { description: before.map((block) => extractText(block)).join('\n\n'), order };
}

const isHeading = (block: BodyNode | undefined, level: number): boolean =>
  block?.type === 'heading' && block.attrs?.['level'] === level;

/** In a file the title is the first heading, in a note it stands apart: others move up by one where none is of its level. */
function moveHeadings(node: BodyNode, by: number): BodyNode {
  const content = node.content?.map((child) => moveHeadings(child, by));
  const moved = { ...node, ...(content === undefined ? {} : { content }) };
  if (node.type !== 'heading') return moved;
  const level = Math.min(4, Math.max(1, Number(node.attrs?.['level'] ?? 1) - by));
  return { ...moved, attrs: { ...node.attrs, level } };
}

function hasHeading(node: BodyNode, level: number): boolean {
  return isHeading(node, level) || (node.content ?? []).some((child) => hasHeading(child, level));
}

/**
 * Reads a file: its head, its title, its text. It may take long, and throw at what is made to break readers.
 * @param content - bytes of a document of Word, the text of all others.
 */
export async function readPage(content: string | Uint8Array, format: PageFormat): Promise<ReadPage> {
  if (typeof content === 'string') return readText(content, format);
  // It is large, and most imports have none.
  const { docxToHtml } = await import('./docxToHtml.ts');
  const losses = new LossList();
  const html = await docxToHtml(content, losses);
  const carnet = carnetOfWord(html);
  return carnet === null ? readHtmlPage(html, losses, 'word') : readWordCarnet(carnet, losses);
}

/** What the whole document loses is told of its first note. */
function readWordCarnet({ title, description, depth, notes }: WordCarnet, losses: LossList): ReadPage {
  return {
    ...plainPage,
    title: oneLine(title),
    body: { type: 'doc', content: [] },
    index: { description, order: [] },
    losses: {},
    notes: notes.map(({ name, html, category }, at) => {
      const page = readHtmlPage(html, at === 0 ? losses : new LossList(), 'word');
      return { name, page: { ...page, category, body: moveHeadings(page.body, depth) } };
    }),
  };
}

/** The same, of a text. */
export function readText(text: string, format: PageFormat): ReadPage {
  const losses = new LossList();
  if (format === 'text') {
    const body = textBody(text);
    return praxisText(body) ?? { ...plainPage, body, losses: {} };
  }
  if (format === 'html') return readHtmlPage(text, losses, 'page');
  const { fields, rest } = readPageHead(text);
  const said = (name: string): string | null => {
    const value = fields.get(name);
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const listed = fields.get('categories');
  const isOwn = said('id') !== null && said('kind') !== null;
  const isIndex = fields.has('kind') && !fields.has('id') && fields.size === 3 && fields.has('language');
  const raw = htmlToBody(markdownToHtml(rest, isOwn, losses), { from: 'markdown', losses });
  const kind = noteKinds.find((one) => one === said('kind')) ?? 'note';
  let blocks = raw.body.content ?? [];
  const [first] = blocks;
  const heading = first !== undefined && isHeading(first, 1) ? oneLine(extractText(first)) : null;
  const title = oneLine(said('title') ?? heading ?? '');
  if (heading !== null && (said('title') === null || heading === title || isOwn)) blocks = blocks.slice(1);
  const index = isIndex ? indexOf(blocks) : null;
  const sheet = sheetOfHead(fields, kind);
  if (sheet !== null) blocks = withoutSheetWords(blocks, sheet);
  else if (kind !== 'note' && blocks.length > 0) losses.add('sheet');
  const isKept = (name: string): boolean => keptFields.has(name) || (sheet !== null && sheetNames.has(name));
  for (const name of fields.keys()) if (!isKept(name)) losses.add('properties', name);
  const body: BodyNode = { type: 'doc', content: blocks };
  const language = said('language') ?? said('lang');
  return {
    title,
    kind,
    language: language !== null && languagePattern.test(language) ? language : null,
    licence: licences.find((one) => one === said('licence')) ?? null,
    category: (typeof listed === 'string' ? listed : listed?.[0]) ?? null,
    index,
    body: moveHeadings(body, hasHeading(body, 1) ? 0 : 1),
    labels: raw.labels,
    sheet,
    beside: null,
    losses: losses.all(),
  };
}

/** A page of Praxis that was kept as text: its title is its first line. Null for any other text. */
function praxisText(body: BodyNode): ReadPage | null {
  const praxis = readPraxisPage(body.content ?? []);
  if (praxis === null) return null;
  const { blocks, beside } = praxis;
  const losses = new LossList();
  for (const one of beside.left) losses.add('beside', one);
  const [first, ...others] = blocks;
  return {
    ...plainPage,
    title: first === undefined ? '' : oneLine(extractText(first)),
    body: { type: 'doc', content: withBullets(others) },
    beside,
    losses: losses.all(),
  };
}

/** What stands above the title of a page is the site's: the title is the first heading with which the page's own title begins. */
function withoutSiteHead(blocks: readonly BodyNode[], pageTitle: string): readonly BodyNode[] {
  const at = blocks.findIndex((block) => {
    const words = isHeading(block, 1) ? oneLine(extractText(block)) : '';
    return words !== '' && oneLine(pageTitle).startsWith(words);
  });
  return blocks.slice(Math.max(0, at));
}

/** What Etherpad writes of itself. The lines of a pad are paragraphs, between which it puts ends of lines; of every pad it says that it is in English. */
const padSign = /<meta name="generator" content="Etherpad"\s*\/?>/;

/** A page of the web. Its title is its first heading, where it begins with one; our own and Notion's write it above what they say of the page. */
function readHtmlPage(written: string, losses: LossList, from: 'page' | 'word'): ReadPage {
  const isPad = from === 'page' && padSign.test(written);
  const html = isPad ? written.replaceAll('<br>', '<p>') : written;
  const { body, labels, pageTitle, language, entries, all } = htmlToBody(html, { from, losses });
  let blocks = body.content ?? [];
  const praxis = readPraxisPage(blocks);
  // What it says beside its text may stand out of what it names its text.
  const beside = praxis?.beside ?? (all === null ? null : (readPraxisPage(all)?.beside ?? null));
  if (praxis !== null) blocks = withoutSiteHead(praxis.blocks, pageTitle ?? '');
  for (const one of beside?.left ?? []) losses.add('beside', one);
  const [first] = blocks;
  const heading = first !== undefined && isHeading(first, 1) ? oneLine(extractText(first)) : null;
  if (heading !== null) blocks = blocks.slice(1);
  const rest: BodyNode = { type: 'doc', content: blocks };
  const before = blocks.filter(({ type }) => type === 'paragraph').map((block) => extractText(block));
  return {
    ...plainPage,
    title: heading ?? oneLine(pageTitle ?? ''),
    language: isPad ? null : language,
    index: entries === null ? null : { description: before.join('\n\n'), order: entries },
    // Word has a style of its own for titles.
    body: moveHeadings(rest, from === 'word' || hasHeading(rest, 1) ? 0 : 1),
    labels,
    beside,
    losses: losses.all(),
  };
}

const plainPage = {
  title: '',
  kind: 'note',
  language: null,
  licence: null,
  category: null,
  index: null,
  sheet: null,
  beside: null,
  labels: {},
} as const;
