import type {
  BlockContent,
  DefinitionContent,
  FootnoteDefinition,
  FootnoteReference,
  ListItem,
  PhrasingContent,
  Root,
  RootContent,
} from 'mdast';
import type {} from 'mdast-util-math';
import { attributeChoice, attributeNumber, attributeText, isInline } from '#shared/document/bodyAccess.ts';
import { htmlAttributes } from '#shared/document/escapeHtml.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { maxDepth } from '#shared/document/noteContent.ts';
import type { Reference } from '#shared/document/numbering.ts';
import { type RenderLabels, renderLabels } from '#shared/document/renderLabels.ts';
import { renderBody } from '#shared/document/renderHtml.ts';
import { calloutKinds } from '#shared/document/vocabulary.ts';
import { lineToMdast } from './lineToMdast.ts';
import type { MarkdownLoss } from './MarkdownLosses.ts';
import type { MarkdownOptions, MarkdownWriter } from './MarkdownWriter.ts';

type Block = BlockContent | DefinitionContent;

/** GitHub's and Obsidian's words for what stands out of the text. */
const alerts = { info: 'NOTE', warning: 'WARNING', tip: 'TIP', citation: 'QUOTE' } as const;

/** The id in HTML of what carries a label. */
export function anchorId(label: string): string {
  return `ref-${label.replaceAll(/[^A-Za-z0-9_-]/g, '')}`;
}

const html = (value: string): Block => ({ type: 'html', value });
const paragraph = (children: PhrasingContent[]): Block[] =>
  children.length === 0 ? [] : [{ type: 'paragraph', children }];

class BodyConverter implements MarkdownWriter {
  readonly options: MarkdownOptions;
  readonly labels: RenderLabels;
  readonly definitions: FootnoteDefinition[] = [];
  #depth = 0;

  constructor(options: MarkdownOptions) {
    this.options = options;
    this.labels = renderLabels(options.language);
  }

  lose(loss: MarkdownLoss): void {
    this.options.onLoss(loss);
  }

  footnote(node: BodyNode): FootnoteReference {
    const identifier = String(this.options.numbering.footnotes.get(node) ?? this.definitions.length + 1);
    const children = paragraph(lineToMdast(node.content, this, { inFootnote: true }));
    this.definitions.push({ type: 'footnoteDefinition', identifier, children });
    return { type: 'footnoteReference', identifier };
  }

  target(label: string | null): { readonly reference: Reference; readonly href: string } | null {
    if (label === null) return null;
    const own = this.options.numbering.references.get(label);
    if (own !== undefined) return { reference: own, href: `#${anchorId(label)}` };
    return this.options.outsideReference(label);
  }

  blocks(nodes: readonly BodyNode[] | undefined): Block[] {
    if (this.#depth > maxDepth) return [];
    this.#depth += 1;
    const blocks = (nodes ?? []).flatMap((node) => this.#block(node));
    this.#depth -= 1;
    return blocks;
  }

  /** Where a reference leads to. */
  #anchor(node: BodyNode): PhrasingContent[] {
    const label = this.options.numbering.labelled.get(node)?.label;
    return label === undefined ? [] : [{ type: 'html', value: `<a id="${anchorId(label)}"></a>` }];
  }

  #block(node: BodyNode): Block[] {
    if (node.attrs?.['textAlign'] !== undefined && node.attrs['textAlign'] !== null) this.lose('alignment');
    if (attributeText(node, 'lang') !== null) this.lose('passageLanguage');
    switch (node.type) {
      case 'paragraph':
        return paragraph(lineToMdast(node.content, this));
      case 'heading': {
        const level = Math.min(5, Math.max(1, Math.round(attributeNumber(node, 'level') ?? 1)));
        const children = [...this.#anchor(node), ...lineToMdast(node.content, this)];
        return [{ type: 'heading', depth: (level + 1) as 2 | 3 | 4 | 5 | 6, children }];
      }
      case 'bulletList':
      case 'orderedList':
      case 'taskList':
        return this.#list(node);
      case 'blockquote':
        return [{ type: 'blockquote', children: this.blocks(node.content) }];
      case 'callout': {
        const marker = `[!${alerts[attributeChoice(node, 'kind', calloutKinds)]}]`;
        const head = paragraph([{ type: 'html', value: marker }]);
        return [{ type: 'blockquote', children: [...head, ...this.blocks(node.content)] }];
      }
      case 'codeBlock': {
        const value = (node.content ?? []).map((child) => child.text ?? '').join('');
        return [{ type: 'code', lang: attributeText(node, 'language'), value }];
      }
      case 'table':
        return this.#table(node);
      case 'image':
      case 'file':
      case 'audio':
      case 'video':
        return this.#media(node);
      case 'figure':
        return [
          ...paragraph(this.#anchor(node)),
          ...(node.content ?? []).flatMap((child) =>
            child.type === 'figureCaption' ? this.#caption(child, node) : this.blocks([child]),
          ),
        ];
      case 'details':
        return [html('<details>'), ...this.blocks(node.content), html('</details>')];
      case 'detailsSummary': {
        const line = { ...node, type: 'paragraph' };
        return [html(`<summary>${this.#asHtml(line).replace(/^<p>|<\/p>$/g, '')}</summary>`)];
      }
      case 'horizontalRule':
        return [{ type: 'thematicBreak' }];
      case 'pageBreak':
        return [html('<div class="page-break" style="page-break-after: always"></div>')];
      case 'mathBlock': {
        const value = attributeText(node, 'latex');
        const formula: Block[] = value === null ? [] : [{ type: 'math', value }];
        return [...paragraph(this.#anchor(node)), ...formula];
      }
      default:
        // Of another version: what it holds, as far as it is known.
        return (node.content ?? []).some(isInline) || node.type === 'text'
          ? paragraph(lineToMdast(node.type === 'text' ? [node] : node.content, this))
          : this.blocks(node.content);
    }
  }

  #list(node: BodyNode): Block[] {
    const children = (node.content ?? []).map((item): ListItem => {
      const blocks = this.blocks(item.content);
      return {
        type: 'listItem',
        checked: item.type === 'taskItem' ? item.attrs?.['checked'] === true : null,
        spread: blocks.filter((block) => block.type !== 'list').length > 1,
        children: blocks,
      };
    });
    if (children.length === 0) return [];
    const ordered = node.type === 'orderedList';
    const start = ordered ? Math.max(0, attributeNumber(node, 'start') ?? 1) : null;
    return [{ type: 'list', ordered, start, spread: children.some((item) => item.spread), children }];
  }

  /** GitHub's tables hold one line a cell under one row of headers: any other is written as HTML. */
  #table(node: BodyNode): Block[] {
    const rows = (node.content ?? []).filter((row) => row.type === 'tableRow');
    const cells = rows.flatMap((row) => row.content ?? []);
    if (cells.some((cell) => attributeText(cell, 'background') !== null)) this.lose('colours');
    const width = rows[0]?.content?.length ?? 0;
    const isSimple =
      width > 0 &&
      rows.every((row, at) => {
        const wanted = at === 0 ? 'tableHeader' : 'tableCell';
        return row.content?.length === width && row.content.every((cell) => isPlain(cell, wanted));
      });
    if (!isSimple) return cells.length === 0 ? [] : [html(this.#asHtml(node))];
    return [
      ...paragraph(this.#anchor(node)),
      {
        type: 'table',
        children: rows.map((row) => ({
          type: 'tableRow',
          children: (row.content ?? []).map((cell) => ({
            type: 'tableCell',
            children: lineToMdast(cell.content?.[0]?.content, this, { inCell: true }),
          })),
        })),
      },
    ];
  }

  /** What has no Markdown of its own. Without line ends: an empty line would end it. */
  #asHtml(node: BodyNode): string {
    const { language, numbering, attachmentHref, noteHref, noteTitle, outsideReference } = this.options;
    const rendered = renderBody(
      { type: 'doc', content: [node] },
      {
        language,
        numbering,
        attachmentUrl: attachmentHref,
        noteHref,
        noteTitle,
        outsideReference,
        suggestions: 'original',
      },
    );
    return rendered.html.replaceAll('\n', '&#10;');
  }

  #media(node: BodyNode): Block[] {
    if (attributeNumber(node, 'width') !== null || attributeText(node, 'align') !== null)
      this.lose('mediaLayout');
    const captions = (node.content ?? []).flatMap((child) =>
      child.type === 'figureCaption' ? this.#caption(child, node) : [],
    );
    return [...paragraph([...this.#anchor(node), this.#medium(node)]), ...captions];
  }

  #medium(node: BodyNode): PhrasingContent {
    const id = attributeText(node, 'attachmentId');
    const url = id === null ? attributeText(node, 'src') : this.options.attachmentHref(id);
    const alt = attributeText(node, 'alt');
    const name = attributeText(node, 'name') ?? '';
    if (url === null) {
      this.lose('missingMedia');
      const value = node.type === 'image' ? (alt ?? this.labels.missingImage) : name;
      return { type: 'emphasis', children: [{ type: 'text', value }] };
    }
    if (node.type === 'image') return { type: 'image', url, alt };
    if (node.type === 'file') return { type: 'link', url, children: [{ type: 'text', value: name || url }] };
    return {
      type: 'html',
      value: `<${node.type}${htmlAttributes({ src: url, controls: '', title: name || null })}></${node.type}>`,
    };
  }

  #caption(node: BodyNode, owner: BodyNode): Block[] {
    const reference = this.options.numbering.labelled.get(owner);
    const line = lineToMdast(node.content, this);
    if (reference === undefined) return paragraph(line);
    const number: PhrasingContent = {
      type: 'strong',
      children: [{ type: 'text', value: this.labels.captionNumber(reference) }],
    };
    return paragraph([
      number,
      ...(line.length === 0 ? [] : [{ type: 'text' as const, value: ' ' }, ...line]),
    ]);
  }
}

function isPlain(cell: BodyNode, type: 'tableHeader' | 'tableCell'): boolean {
  const content = cell.content ?? [];
  return (
    cell.type === type &&
    (attributeNumber(cell, 'colspan') ?? 1) === 1 &&
    (attributeNumber(cell, 'rowspan') ?? 1) === 1 &&
    content.length <= 1 &&
    content.every((block) => block.type === 'paragraph')
  );
}

/**
 * A body as Markdown's tree (CommonMark with GitHub's tables, tasks, footnotes and strikethrough, and `$` formulas). What Markdown has no words for is HTML
 * where that says it, and told to `onLoss` where nothing does.
 * @see https://github.com/syntax-tree/mdast
 */
export function bodyToMdast(body: BodyNode, options: MarkdownOptions): Root {
  const converter = new BodyConverter(options);
  const blocks = converter.blocks(body.content);
  return { type: 'root', children: [...blocks, ...converter.definitions] as RootContent[] };
}
