import { gfmToMarkdown } from 'mdast-util-gfm';
import { mathToMarkdown } from 'mdast-util-math';
import { toMarkdown } from 'mdast-util-to-markdown';
import type { List, Root, RootContent } from 'mdast';
import { extractAttachments } from '#shared/document/extractText.ts';
import { standingSentences } from '../absences.ts';
import type { Archive, ArchivePart } from '../Archive.ts';
import { sheetWords } from '../../sheetWords.ts';
import type { BookContent, BookNote } from '../BookContent.ts';
import { bookLabels } from '../bookLabels.ts';
import { bookFileName, isPacked, safeName, uniqueNames } from '../fileNames.ts';
import { type PlacedNote, placeNotes } from '../placeNotes.ts';
import { anchorId, bodyToMdast } from './bodyToMdast.ts';
import { frontMatter } from './frontMatter.ts';
import { markdownLabels } from './markdownLabels.ts';
import { sheetHead } from './sheetHead.ts';
import { MarkdownLosses } from './MarkdownLosses.ts';

/** A note with its file. */
type Placed = PlacedNote & { readonly file: string };

const iso = (at: number): string => new Date(at).toISOString();
/** A file as an address in another one of the same folder. */
const hrefOf = (path: string): string => `./${path.split('/').map(encodeURIComponent).join('/')}`;

/** CommonMark with GitHub's extensions and formulas, as most programs write it. */
export function mdastToText(tree: Root): string {
  return toMarkdown(tree, {
    bullet: '-',
    rule: '-',
    // What follows may become a character reference, at the edge of what is bold for instance: a backslash would escape its `&`.
    // Behind the call of a note that begins a paragraph, `:` would make it the note itself.
    unsafe: [
      { character: '\\', inConstruct: 'phrasing' },
      { character: ':', before: '\\]', inConstruct: 'phrasing' },
      // The words of a link that begin with it would call a note.
      { character: '^', before: '\\[', inConstruct: 'phrasing' },
    ],
    extensions: [gfmToMarkdown(), mathToMarkdown()],
  });
}

const lines = (value: string) =>
  value
    .split('\n')
    .flatMap((line, at) => [
      ...(at === 0 ? [] : [{ type: 'break' as const }]),
      { type: 'text' as const, value: line },
    ]);
const text = (value: string): RootContent => ({ type: 'paragraph', children: lines(value) });
const heading = (depth: 1 | 2, value: string): RootContent => ({
  type: 'heading',
  depth,
  children: [{ type: 'text', value }],
});
const item = (children: List['children'][number]['children']): List['children'][number] => ({
  type: 'listItem',
  spread: false,
  children,
});

/** What the sheet of a term or of an organisation says. */
function sheetOf({ sheet, kind, language }: BookNote): RootContent[] {
  const words = sheetWords(sheet, kind, bookLabels(language).language);
  if (words === null) return [];
  const facts = words.facts.map(({ label, text: value, href }) => {
    const shown = lines(value);
    const children = href === null ? shown : [{ type: 'link' as const, url: href, children: shown }];
    return item([
      {
        type: 'paragraph',
        children: [
          { type: 'strong', children: [{ type: 'text', value: label }] },
          { type: 'text', value: ' – ' },
          ...children,
        ],
      },
    ]);
  });
  return [
    ...(words.definition === '' ? [] : [text(words.definition)]),
    ...(facts.length === 0
      ? []
      : [{ type: 'list' as const, ordered: false, spread: false, children: facts }]),
  ];
}

/** What is read first: what the carnet is, its notes in order, and what was not kept. */
function indexFile(content: BookContent, placed: readonly Placed[], losses: MarkdownLosses): string {
  const labels = markdownLabels(content.language);
  const title = content.title.trim() || bookLabels(content.language).untitled;
  const head = frontMatter({
    title,
    kind: content.subject === 'note' ? 'note' : 'carnet',
    language: content.language,
  });
  const lost = losses.list();
  const children: RootContent[] = [
    heading(1, title),
    ...(content.description.trim() === '' ? [] : [text(content.description.trim())]),
    ...standingSentences(content).map(text),
    heading(2, labels.notes),
    {
      type: 'list',
      ordered: true,
      spread: false,
      children: placed.map(({ title: value, file }) =>
        item([
          {
            type: 'paragraph',
            children: [{ type: 'link', url: hrefOf(file), children: [{ type: 'text', value }] }],
          },
        ]),
      ),
    },
    ...(lost.length === 0
      ? []
      : [
          heading(2, labels.lost),
          {
            type: 'list' as const,
            spread: false,
            children: lost.map(({ loss, titles }) => {
              const where = titles.length > 5 ? [...titles.slice(0, 5), '…'] : titles;
              const value = `${labels.losses[loss]} – ${where.join(', ')}`;
              return item([{ type: 'paragraph', children: [{ type: 'text', value }] }]);
            }),
          },
        ]),
  ];
  return `${head}\n${mdastToText({ type: 'root', children })}`;
}

async function* partsOf(content: BookContent, signal: AbortSignal): AsyncGenerator<ArchivePart> {
  const labels = markdownLabels(content.language);
  const { untitled } = bookLabels(content.language);
  const uniqueFile = uniqueNames();
  const uniqueMedium = uniqueNames();
  const index = uniqueFile(`${labels.index}.md`);
  const { placed: notes, titleOf } = placeNotes(content);
  const placed = notes.map((one): Placed => ({
    ...one,
    file: uniqueFile(`${safeName(one.title, untitled)}.md`),
  }));
  const files = new Map<string, string>(placed.map(({ note, file }) => [note.id, file]));
  const references = new Map(
    placed.flatMap(({ numbering, file }) =>
      [...numbering.references].map(
        ([label, reference]) => [label, { reference, href: `${hrefOf(file)}#${anchorId(label)}` }] as const,
      ),
    ),
  );
  const media = new Map<string, string | null>();
  const losses = new MarkdownLosses();
  for (const [at, { note, title, file, numbering }] of placed.entries()) {
    signal.throwIfAborted();
    const progress = at / placed.length;
    for (const id of extractAttachments(note.body)) {
      if (media.has(id)) continue;
      const asset = await content.loadAttachment(id, signal);
      const path = asset === null ? null : `${labels.media}/${uniqueMedium(safeName(asset.name, id))}`;
      media.set(id, path);
      if (asset === null || path === null) continue;
      const packs = !isPacked.test(asset.mediaType);
      yield { path, bytes: asset.bytes, changedAt: note.modifiedAt, packs, progress };
    }
    const tree = bodyToMdast(note.body, {
      language: note.language,
      numbering,
      attachmentHref: (id) => {
        const path = media.get(id);
        return path === undefined || path === null ? null : hrefOf(path);
      },
      noteHref: (id) => {
        const path = files.get(id);
        return path === undefined ? null : hrefOf(path);
      },
      noteTitle: titleOf,
      outsideReference: (label) => references.get(label) ?? null,
      onLoss: (loss) => losses.add(loss, title),
    });
    const head = frontMatter({
      title,
      id: note.id,
      kind: note.kind,
      language: note.language,
      authors: note.authors,
      categories: note.categories,
      licence: note.licence,
      published: note.publishedAt === null ? null : iso(note.publishedAt),
      modified: iso(note.modifiedAt),
      adopted: note.lock?.day ?? null,
      ...sheetHead(note.sheet, note.kind),
    });
    const damage = note.isWhole ? [] : [text(markdownLabels(note.language).incomplete)];
    const written = mdastToText({
      type: 'root',
      children: [heading(1, title), ...damage, ...sheetOf(note), ...tree.children],
    });
    const bytes = Buffer.from(`${head}\n${written}`);
    yield { path: file, bytes, changedAt: note.modifiedAt, packs: true, progress };
  }
  const bytes = Buffer.from(indexFile(content, placed, losses));
  yield { path: index, bytes, changedAt: content.date, packs: true, progress: 1 };
}

/** A note or a carnet as a folder of Markdown: a file for each note, their media, and one that is read first. Pure but for the attachments it loads. */
export function writeMarkdown(content: BookContent, signal: AbortSignal): Archive {
  return {
    fileName: `${bookFileName(content)}.zip`,
    mediaType: 'application/zip',
    parts: partsOf(content, signal),
  };
}
