import type {
  AlignType,
  FootnoteDefinition,
  List,
  ListItem,
  Nodes,
  PhrasingContent,
  Root,
  RootContent,
  Table,
} from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { type InlineMath, mathFromMarkdown } from 'mdast-util-math';
import { gfm } from 'micromark-extension-gfm';
import { math } from 'micromark-extension-math';
import { escapeHtml, htmlAttributes } from '#shared/document/escapeHtml.ts';
import { withContainers } from './containers.ts';
import type { LossList } from './ImportReport.ts';
import { fenceLanguage, withMarks, withoutSizes } from './markdownMarks.ts';

/** What GitHub and Obsidian call what stands out of the text, as notes do. */
const callouts: Readonly<Record<string, string>> = {
  note: 'info',
  info: 'info',
  abstract: 'info',
  summary: 'info',
  todo: 'info',
  question: 'info',
  example: 'info',
  tip: 'tip',
  hint: 'tip',
  success: 'tip',
  check: 'tip',
  important: 'warning',
  warning: 'warning',
  caution: 'warning',
  attention: 'warning',
  danger: 'warning',
  failure: 'warning',
  error: 'warning',
  bug: 'warning',
  quote: 'citation',
  cite: 'citation',
};
const calloutHead = /^\[!([A-Za-z]+)\][+-]?[ \t]*/;

/** Elements that would swallow what follows them (GitHub's tagfilter): their signs become text. */
const swallowing =
  /<(?=\/?(?:title|textarea|style|xmp|iframe|noembed|noframes|script|plaintext|template)\b)/gi;

const swallowed = /<\/?(title|textarea|style|xmp|iframe|noembed|noframes|script|plaintext|template)\b/i;
const blockTag =
  '</?(?:address|article|aside|blockquote|center|details|div|dl|dd|dt|figcaption|figure|h[1-6]|hr|li|ol|p|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)\\b[^>]*>';
const afterBlock = new RegExp(`(${blockTag})\\s*\\n\\s*`, 'gi');
const beforeBlock = new RegExp(`\\s*\\n\\s*(?=${blockTag})`, 'gi');

/** A wiki link, or a file shown in its place: `[[Page#Part|words]]`, `![[image.png|300]]`. */
const wikiLink = /(!?)\[\[([^[\]\n|]{1,300})(?:\\?\|([^[\]\n]{0,300}))?\]\]/g;
const mediaName = /\.(png|jpe?g|gif|webp|avif|svg|bmp|mp3|ogg|wav|m4a|flac|mp4|webm|ogv|mov|pdf)$/i;

class HtmlWriter {
  readonly #source: string;
  readonly #isOwn: boolean;
  readonly #losses: LossList;
  readonly #addresses = new Map<string, string>();
  readonly #footnotes = new Map<string, FootnoteDefinition>();
  /** Footnotes that are being written: one that calls itself ends there. */
  readonly #open = new Set<string>();

  constructor(source: string, root: Root, isOwn: boolean, losses: LossList) {
    this.#source = source;
    this.#isOwn = isOwn;
    this.#losses = losses;
    this.#gather(root);
  }

  #gather(node: Nodes): void {
    if (node.type === 'definition' && !this.#addresses.has(node.identifier))
      this.#addresses.set(node.identifier, node.url);
    if (node.type === 'footnoteDefinition' && !this.#footnotes.has(node.identifier))
      this.#footnotes.set(node.identifier, node);
    if ('children' in node) for (const child of node.children) this.#gather(child);
  }

  /** What was written of it. */
  #slice({ position }: Nodes): string {
    return position === undefined ? '' : this.#source.slice(position.start.offset, position.end.offset);
  }

  blocks(nodes: readonly RootContent[]): string {
    return nodes.map((node) => this.#block(node)).join('');
  }

  #block(node: RootContent): string {
    switch (node.type) {
      case 'paragraph':
        // Contents are shown beside a note.
        if (!this.#isOwn && this.#slice(node).trim() === '[TOC]') return '';
        return `<p>${this.#line(node.children)}</p>`;
      case 'heading':
        if (!this.#isOwn && node.depth === 6 && /^#{6}\s*tags:/.test(this.#slice(node))) {
          this.#losses.add('properties', 'tags');
          return '';
        }
        return `<h${node.depth}>${this.#line(node.children)}</h${node.depth}>`;
      case 'blockquote':
        return this.#quote(node.children);
      case 'list':
        return this.#list(node);
      case 'code': {
        const lang = fenceLanguage(node.lang);
        const language = lang === null ? null : `language-${lang}`;
        return `<pre><code${htmlAttributes({ class: language })}>${escapeHtml(node.value)}</code></pre>`;
      }
      case 'math':
        return `<x-math-block>${escapeHtml(node.value)}</x-math-block>`;
      case 'table':
        return this.#table(node);
      case 'thematicBreak':
        return '<hr>';
      case 'html':
        return swallowed.test(node.value) ? `<p>${this.#html(node.value)}</p>` : this.#html(node.value);
      case 'definition':
      case 'footnoteDefinition':
      case 'yaml':
        return '';
      default:
        return this.#line([node as PhrasingContent]);
    }
  }

  /** As it stands; ends of lines mean nothing but in code. */
  #html(value: string): string {
    const shown = value.replaceAll(swallowing, '&lt;');
    if (shown !== value) this.#losses.add('html', swallowed.exec(value)?.[1]?.toLowerCase() ?? '');
    if (/<pre\b/i.test(shown)) return shown;
    return shown.replaceAll(afterBlock, '$1').replaceAll(beforeBlock, '').replaceAll('\n', ' ');
  }

  #quote(children: readonly RootContent[]): string {
    const [first, ...others] = children;
    const line = first?.type === 'paragraph' ? first.children : [];
    const head = line[0]?.type === 'text' ? calloutHead.exec(line[0].value) : null;
    const kind = head === null ? undefined : callouts[(head[1] ?? '').toLowerCase()];
    if (first?.type !== 'paragraph' || line[0]?.type !== 'text' || head === null || kind === undefined)
      return `<blockquote>${this.blocks(children)}</blockquote>`;
    // What stands on the line of the sign is its title; what is below belongs to the text.
    const title: string[] = [];
    const text: string[] = [];
    for (const [at, child] of line.entries()) {
      const raw = child.type === 'text' ? this.#raw(child).slice(at === 0 ? head[0].length : 0) : null;
      const end = raw === null || text.length > 0 ? -1 : raw.indexOf('\n');
      if (raw === null || end === -1) {
        const shown = raw === null ? this.#inline(child) : this.#text(raw);
        (text.length > 0 ? text : title).push(shown);
        continue;
      }
      title.push(this.#text((raw ?? '').slice(0, end)));
      text.push(this.#text((raw ?? '').slice(end + 1)));
    }
    const said = title.join('').trim();
    const inside =
      (said === '' ? '' : `<p><strong>${said}</strong></p>`) +
      (text.join('') === '' ? '' : `<p>${text.join('')}</p>`);
    return `<aside data-callout="${kind}">${inside}${this.blocks(others)}</aside>`;
  }

  #list(node: List): string {
    const tag = node.ordered === true ? 'ol' : 'ul';
    const start = node.ordered === true && node.start != null && node.start !== 1 ? node.start : null;
    const items = node.children.map((item: ListItem) => {
      const task = item.checked == null ? null : String(item.checked);
      return `<li${htmlAttributes({ 'data-task': task })}>${this.blocks(item.children)}</li>`;
    });
    return `<${tag}${htmlAttributes({ start })}>${items.join('')}</${tag}>`;
  }

  #table(node: Table): string {
    const align = (at: number): AlignType => node.align?.[at] ?? null;
    const rows = node.children.map((row, number) => {
      const tag = number === 0 ? 'th' : 'td';
      const cells = row.children.map(
        (cell, at) => `<${tag}${htmlAttributes({ align: align(at) })}>${this.#line(cell.children)}</${tag}>`,
      );
      return `<tr>${cells.join('')}</tr>`;
    });
    return `<table><tbody>${rows.join('')}</tbody></table>`;
  }

  #line(nodes: readonly PhrasingContent[]): string {
    return nodes.map((node) => this.#inline(node)).join('');
  }

  #inline(node: PhrasingContent): string {
    switch (node.type) {
      case 'text':
        return this.#text(this.#raw(node));
      case 'strong':
        return `<strong>${this.#line(node.children)}</strong>`;
      case 'emphasis':
        return `<em>${this.#line(node.children)}</em>`;
      case 'delete': {
        // `H~2~O`, as Pandoc and HedgeDoc write it: without a space.
        const isLowered = !this.#isOwn && /^~[^~\s]+~$/.test(this.#slice(node));
        const tag = isLowered ? 'sub' : 'del';
        return `<${tag}>${this.#line(node.children)}</${tag}>`;
      }
      case 'inlineCode':
        return `<code>${escapeHtml(node.value)}</code>`;
      case 'inlineMath':
        return this.#math(node);
      case 'break':
        return '<br>';
      case 'html':
        return this.#html(node.value);
      case 'link':
        return `<a${htmlAttributes({ href: node.url })}>${this.#line(node.children)}</a>`;
      case 'image':
        return `<img${htmlAttributes({ src: node.url, alt: node.alt ?? '' })}>`;
      case 'linkReference':
        return `<a${htmlAttributes({ href: this.#addresses.get(node.identifier) ?? null })}>${this.#line(node.children)}</a>`;
      case 'imageReference':
        return `<img${htmlAttributes({ src: this.#addresses.get(node.identifier) ?? '', alt: node.alt ?? '' })}>`;
      case 'footnoteReference':
        return this.#footnote(node.identifier);
      default:
        return '';
    }
  }

  #footnote(identifier: string): string {
    const note = this.#footnotes.get(identifier);
    if (note === undefined || this.#open.has(identifier)) return '';
    this.#open.add(identifier);
    const lines = note.children.map((child) =>
      child.type === 'paragraph' ? this.#line(child.children) : escapeHtml(plainText(child)),
    );
    this.#open.delete(identifier);
    if (note.children.length > 1 || note.children.some(({ type }) => type !== 'paragraph'))
      this.#losses.add('footnoteBlocks');
    return `<x-footnote>${lines.join('<br>')}</x-footnote>`;
  }

  /** Amounts of money are no formulas: other programs than ours write « 5 $ et 6 $ » as it is. */
  #math(node: InlineMath): string {
    const from = node.position?.start.offset ?? 0;
    const to = node.position?.end.offset ?? from;
    const written = this.#source.slice(from, to);
    const isFormula =
      this.#isOwn ||
      written.startsWith('$$') ||
      (/^\$\S(.*\S)?\$$/s.test(written) && !/\d/.test(this.#source.charAt(to)));
    return isFormula ? `<x-math>${escapeHtml(node.value)}</x-math>` : this.#text(written);
  }

  /** A text as it was written, with its escapes; nothing else tells `\[[` from `[[`. */
  #raw(node: { readonly value: string; readonly position?: Nodes['position'] }): string {
    const written =
      node.position === undefined
        ? null
        : this.#source.slice(node.position.start.offset, node.position.end.offset);
    if (written === null || !written.includes('[[')) return escapeMarkdown(node.value);
    let raw = '';
    let at = 0;
    for (const { 0: link, index } of written.matchAll(wikiLink)) {
      // Where what was written and what it says part (a reference to a letter, the sign of a quotation), it is text.
      const found = node.value.indexOf(link, at);
      if (found === -1 || written.charAt(index - 1) === '\\') continue;
      raw += escapeMarkdown(node.value.slice(at, found)) + link;
      at = found + link.length;
    }
    return raw + escapeMarkdown(node.value.slice(at));
  }

  /** @param raw - in which links of a wiki are written `[[…]]`, and every other bracket as `wikiBracket`. */
  #text(raw: string): string {
    const shown = (text: string): string => {
      const html = escapeHtml(text.replaceAll(bracket, '[').replaceAll('\n', ' '));
      return this.#isOwn ? html : withMarks(html);
    };
    let out = '';
    let at = 0;
    for (const link of raw.matchAll(wikiLink)) {
      const [all, sign, target = '', words] = link;
      out += shown(raw.slice(at, link.index));
      at = link.index + all.length;
      const address = `wiki:${target.replace(/\\$/, '').trim()}`;
      const isShown = sign === '!' && mediaName.test(address);
      out += isShown
        ? `<img${htmlAttributes({ src: address, alt: words === undefined || /^\d+(x\d+)?$/.test(words) ? '' : words })}>`
        : `<a${htmlAttributes({ href: address })}>${escapeHtml(words?.trim() || wikiWords(target))}</a>`;
    }
    return out + shown(raw.slice(at));
  }
}

/** Stands for a bracket that is text: a sign that no text holds (`decodeText`). */
const bracket = '\u0001';
const escapeMarkdown = (text: string): string => text.replaceAll('[', bracket);

/** What a wiki link shows where it says nothing: `Page > Part`. */
function wikiWords(target: string): string {
  return target
    .replace(/\\$/, '')
    .split('#')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' > ');
}

function plainText(node: Nodes): string {
  if ('value' in node) return node.value;
  return 'children' in node ? node.children.map(plainText).join(' ') : '';
}

/**
 * Markdown as HTML, with what HTML has no element for in elements of our own (`x-math`, `x-math-block`, `x-footnote`): CommonMark, GitHub's tables, tasks, footnotes and alerts, formulas,
 * Obsidian's links (`href="wiki:…"`). HTML in it stays as it is: what may become of it is `htmlToBody`'s affair.
 * @param isOwn - it was written by our own export.
 */
export function markdownToHtml(written: string, isOwn: boolean, losses: LossList): string {
  const source = isOwn ? written : withContainers(withoutSizes(written));
  const root = fromMarkdown(source, {
    extensions: [gfm(), math()],
    // Without what looks for addresses once more in what was read: it finds those that were escaped.
    mdastExtensions: [...gfmFromMarkdown().map((one) => ({ ...one, transforms: [] })), mathFromMarkdown()],
  });
  return new HtmlWriter(source, root, isOwn, losses).blocks(root.children);
}
