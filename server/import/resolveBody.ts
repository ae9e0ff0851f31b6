import type { AttachmentKind } from '#shared/api/attachments.ts';
import { attributeText } from '#shared/document/bodyAccess.ts';
import { allows, httpsAddress } from '#shared/document/attributes.ts';
import { extractText } from '#shared/document/extractText.ts';
import type { BodyMark, BodyNode } from '#shared/document/noteContent.ts';
import { safeHref } from '#shared/document/safeHref.ts';
import type { AttachmentId, NoteId } from '#shared/domain/ids.ts';
import type { ImportTree, LinkedNote, Target } from './ImportTree.ts';
import { LossList, type PageLosses } from './ImportReport.ts';
import { labelOf } from './htmlElements.ts';
import { withAttributes } from './lines.ts';

/** A file of an import that notes show, as it was looked at. */
export interface Medium {
  readonly id: AttachmentId;
  /** Where it was in what was sent; for one that a page held, the name of the file, in the folder of the import, where it was put. */
  readonly path: string;
  readonly isOwnFile: boolean;
  readonly kind: AttachmentKind;
  readonly type: string;
  readonly name: string;
  readonly bytes: number;
  /** In pixels; null for what is no picture. */
  readonly width: number | null;
  readonly height: number | null;
}

export interface ResolveOptions {
  /** Path of the file. */
  readonly path: string;
  readonly tree: ImportTree;
  readonly labels: Readonly<Record<string, string>>;
  /** Null for a file that notes do not take. */
  readonly mediumOf: (path: string) => Medium | null;
}

/** A body that the schema takes, and what it is made of. */
export interface ResolvedBody {
  readonly body: BodyNode;
  readonly media: readonly AttachmentId[];
  readonly notes: readonly NoteId[];
  readonly losses: PageLosses;
}

/** What holds blocks of any kind: a file may stand beside them. */
const blockHolders = new Set([
  'doc',
  'listItem',
  'taskItem',
  'blockquote',
  'callout',
  'tableCell',
  'tableHeader',
  'detailsContent',
  'figure',
]);
const lineHolders = new Set(['paragraph', 'heading', 'figureCaption', 'detailsSummary', 'footnote']);
const longestWords = 300;

class Resolver {
  readonly #options: ResolveOptions;
  readonly losses = new LossList();
  readonly media = new Set<AttachmentId>();
  readonly notes = new Set<NoteId>();
  /** Files that a line named: they stand below it. */
  #files: BodyNode[] = [];

  constructor(options: ResolveOptions) {
    this.#options = options;
  }

  node(node: BodyNode): BodyNode {
    if (lineHolders.has(node.type))
      return withAttributes(node.type, this.#line(node.content ?? []), node.attrs);
    if (blockHolders.has(node.type))
      return withAttributes(node.type, this.#blocks(node.content ?? []), node.attrs);
    return node.content === undefined || node.type === 'codeBlock'
      ? node
      : { ...node, content: node.content.map((child) => this.node(child)) };
  }

  #blocks(nodes: readonly BodyNode[]): BodyNode[] {
    const before = this.#files;
    const out = nodes.flatMap((node): BodyNode[] => {
      this.#files = [];
      const blocks = node.type === 'rawMedia' ? this.#medium(node) : this.#block(node);
      return [...blocks, ...this.#files];
    });
    this.#files = before;
    return out;
  }

  /** A paragraph that is a link to a file alone is that file. */
  #block(node: BodyNode): BodyNode[] {
    const [first, ...others] = node.content ?? [];
    const link = rawLinkOf(first);
    const resolved = this.node(node);
    const isFile =
      node.type === 'paragraph' &&
      link !== null &&
      others.every((one) => linkNumber(one) === linkNumber(first)) &&
      this.#files.length > 0;
    return isFile ? [] : [resolved];
  }

  #line(nodes: readonly BodyNode[]): BodyNode[] {
    const out: BodyNode[] = [];
    for (let at = 0; at < nodes.length;) {
      const node = nodes[at] as BodyNode;
      const link = rawLinkOf(node);
      if (link === null) {
        out.push(this.node(node));
        at += 1;
        continue;
      }
      const from = at;
      while (at < nodes.length && linkNumber(nodes[at]) === linkNumber(node)) at += 1;
      const pieces = nodes.slice(from, at).map((piece) => this.node(withoutRawLink(piece)));
      out.push(...this.#link(attributeText(link, 'href') ?? '', pieces));
    }
    return out;
  }

  /** @param pieces - what the link shows, resolved. */
  #link(href: string, pieces: readonly BodyNode[]): readonly BodyNode[] {
    const { tree, path, labels } = this.#options;
    const target = tree.find(href, path);
    const words = extractText({ type: 'paragraph', content: pieces });
    switch (target.kind) {
      case 'web': {
        const address = safeHref(target.href) ?? safeHref(encodeURI(target.href));
        if (address === null) {
          this.losses.add('badLinks', href);
          return pieces;
        }
        return pieces.map((piece) => marked(piece, { type: 'link', attrs: { href: address } }));
      }
      case 'part':
        return this.#reference(target.part, words, labels, pieces) ?? this.#lost('innerLinks', href, pieces);
      case 'note':
        return this.#noteLink(target, words, pieces);
      case 'file': {
        const medium = this.#options.mediumOf(target.path);
        if (medium === null) return this.#lost('refusedMedia', target.path, pieces);
        this.#files.push(this.#mediumNode(medium, { name: words.slice(0, 255), alt: null }));
        return pieces;
      }
      case 'nowhere':
        return this.#lost('deadLinks', href.replace(/^wiki:/, ''), pieces);
    }
  }

  #lost(
    loss: 'innerLinks' | 'deadLinks' | 'refusedMedia',
    example: string,
    pieces: readonly BodyNode[],
  ): readonly BodyNode[] {
    this.losses.add(loss, example);
    return pieces;
  }

  /** A reference to what carries a label, in the form whose words these are; null where there is none. */
  #reference(
    part: string,
    words: string,
    labels: Readonly<Record<string, string>>,
    pieces: readonly BodyNode[],
  ): readonly BodyNode[] | null {
    const label = labelOf(part);
    if (label === null || !Object.hasOwn(labels, label)) return null;
    const isNumber = /^(figure|tableau|table|équation|equation)[\u00a0 ]\d*$|^[«“]/i.test(words);
    if (!isNumber && words !== labels[label]) return null;
    const form = isNumber ? 'number' : 'title';
    return [withMarks({ type: 'crossReference', attrs: { label, form } }, pieces)];
  }

  #noteLink(
    { note, part }: Extract<Target, { kind: 'note' }>,
    words: string,
    pieces: readonly BodyNode[],
  ): readonly BodyNode[] {
    this.notes.add(note.id);
    const reference = part === null ? null : this.#reference(part, words, note.labels, pieces);
    if (reference !== null) return reference;
    if (part !== null) this.losses.add('innerLinks', `${note.title} › ${part}`);
    if (note.kind === 'term' && !isTitle(words, note))
      return pieces.map((piece) => marked(piece, { type: 'termLink', attrs: { termId: note.id } }));
    if (words.length > longestWords)
      return [...pieces, { type: 'text', text: ' ' }, { type: 'noteLink', attrs: { noteId: note.id } }];
    const text = isTitle(words, note) ? null : words;
    return [withMarks(withAttributes('noteLink', [], { noteId: note.id, text }), pieces)];
  }

  #medium(node: BodyNode): BodyNode[] {
    const { tree, path } = this.#options;
    const captions = (node.content ?? []).map((caption) => this.node(caption));
    const src = attributeText(node, 'src') ?? '';
    const said = attributeText(node, 'alt') ?? attributeText(node, 'name');
    const instead = (words: string | null): BodyNode[] => [
      ...(words === null ? [] : [{ type: 'paragraph', content: [italic(words)] }]),
      ...captions.map((caption) => ({ ...caption, type: 'paragraph' })),
    ];
    const target = tree.find(src, path);
    if (target.kind === 'file') {
      const medium = this.#options.mediumOf(target.path);
      if (medium !== null) return [withCaptions(this.#mediumNode(medium, { ...node.attrs }), captions)];
      this.losses.add('refusedMedia', target.path);
      return instead(said ?? target.path.split('/').at(-1) ?? null);
    }
    const own = src.startsWith('data:') ? this.#options.mediumOf(src) : null;
    if (own !== null) return [withCaptions(this.#mediumNode(own, { ...node.attrs }), captions)];
    if (target.kind === 'web' && /^https?:/i.test(target.href)) {
      this.losses.add('remoteMedia', target.href);
      if (node.attrs?.['tag'] === 'img' && allows(httpsAddress, target.href)) {
        const { alt, width, align, label } = node.attrs;
        return [
          withCaptions(withAttributes('image', [], { src: target.href, alt, width, align, label }), captions),
        ];
      }
      const href = safeHref(target.href);
      const words: BodyNode = { type: 'text', text: said ?? target.href };
      const link = href === null ? words : marked(words, { type: 'link', attrs: { href } });
      return [{ type: 'paragraph', content: [link] }, ...instead(null)];
    }
    this.losses.add('missingMedia', src.replace(/^wiki:/, '').slice(0, 100));
    return instead(said);
  }

  #mediumNode(medium: Medium, said: Readonly<Record<string, unknown>>): BodyNode {
    this.media.add(medium.id);
    const { id: attachmentId, kind, type: mediaType, bytes: size, width: naturalWidth, height } = medium;
    if (kind === 'image') {
      const attrs = {
        attachmentId,
        alt: typeof said['alt'] === 'string' ? said['alt'].slice(0, 2000) : null,
        naturalWidth,
        naturalHeight: height,
        width: said['width'],
        align: said['align'],
        label: said['label'],
      };
      return withAttributes('image', [], attrs);
    }
    const words = said['name'] ?? said['alt'];
    const name = typeof words === 'string' && words !== '' ? words.slice(0, 255) : medium.name;
    const layout = kind === 'video' ? { width: said['width'], align: said['align'] } : {};
    return withAttributes(kind, [], { attachmentId, name, mediaType, size, ...layout });
  }
}

const isTitle = (words: string, note: LinkedNote): boolean => words === note.title;
const italic = (text: string): BodyNode => ({ type: 'text', text, marks: [{ type: 'italic' }] });
const withCaptions = (node: BodyNode, captions: readonly BodyNode[]): BodyNode =>
  captions.length === 0 ? node : { ...node, content: captions };

function rawLinkOf(node: BodyNode | undefined): BodyMark | null {
  return node?.marks?.find(({ type }) => type === 'rawLink') ?? null;
}
const linkNumber = (node: BodyNode | undefined): unknown => rawLinkOf(node)?.attrs?.['link'] ?? null;

function withoutRawLink(node: BodyNode): BodyNode {
  const { marks = [], ...rest } = node;
  const kept = marks.filter(({ type }) => type !== 'rawLink');
  return kept.length === 0 ? rest : { ...rest, marks: kept };
}

const marked = (node: BodyNode, mark: BodyMark): BodyNode => ({
  ...node,
  marks: [mark, ...(node.marks ?? [])],
});

/** With the marks that all the pieces have, whose place it takes. */
function withMarks(node: BodyNode, pieces: readonly BodyNode[]): BodyNode {
  const [first, ...others] = pieces.map(({ marks = [] }) => marks);
  const shared = (first ?? []).filter((mark) =>
    others.every((marks) => marks.some((one) => JSON.stringify(one) === JSON.stringify(mark))),
  );
  return shared.length === 0 ? node : { ...node, marks: shared };
}

/** The addresses that a body names: of its links, and of its pictures. */
export function addressesOf(body: BodyNode): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (node: BodyNode): void => {
    const link = rawLinkOf(node);
    const href = link === null ? null : attributeText(link, 'href');
    const src = node.type === 'rawMedia' ? attributeText(node, 'src') : null;
    for (const one of [href, src]) if (one !== null) found.add(one);
    node.content?.forEach(walk);
  };
  walk(body);
  return found;
}

/** Leads the addresses of a body where they lead: links to notes, files that become attachments, the web; what leads nowhere becomes its words, and is said. */
export function resolveBody(body: BodyNode, options: ResolveOptions): ResolvedBody {
  const resolver = new Resolver(options);
  const resolved = resolver.node(body);
  return {
    body: resolved,
    media: [...resolver.media],
    notes: [...resolver.notes],
    losses: resolver.losses.all(),
  };
}
