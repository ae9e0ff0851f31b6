import { attributeChoice, attributeNumber, attributeText, isInline } from './bodyAccess.ts';
import { escapeHtml, htmlAttributes } from './escapeHtml.ts';
import { highlightCode } from './highlightCode.ts';
import { calloutKinds, languagePattern } from './vocabulary.ts';
import { type BodyNode, maxDepth } from './noteContent.ts';
import { numberBody, type Numbering } from './numbering.ts';
import { type RenderLabels, renderLabels } from './renderLabels.ts';
import type { BodyWriter, RenderedBody, RenderedHeading, RenderOptions } from './renderOptions.ts';
import { isHidden, joinMarked, type MarkOptions } from './renderMarks.ts';
import { renderMath } from './renderMath.ts';
import { renderMedia } from './renderMedia.ts';
import { renderTable } from './renderTable.ts';
import { safeHref } from './safeHref.ts';

const alignments = ['left', 'center', 'right', 'justify'] as const;

/** The state of one rendering. */
class BodyRenderer implements BodyWriter {
  readonly options: RenderOptions;
  readonly labels: RenderLabels;
  readonly numbering: Numbering;
  readonly headings: RenderedHeading[] = [];
  readonly #marks: MarkOptions;
  readonly #prefix: string;
  readonly #footnotes: BodyNode[] = [];
  #insideFootnote = false;
  #depth = 0;

  constructor(body: BodyNode, options: RenderOptions) {
    this.options = options;
    this.labels = renderLabels(options.language ?? 'fr');
    this.numbering =
      options.numbering ?? numberBody(body, options.noteTitle ? { noteTitle: options.noteTitle } : {});
    this.#marks = { termHref: options.termHref, suggestions: options.suggestions ?? 'shown' };
    this.#prefix = options.idPrefix ?? '';
  }

  /** Attributes that every block may have, and an id where something may point at it. */
  common(node: BodyNode, className = ''): string {
    const align = alignments.find((one) => one === node.attrs?.['textAlign']);
    const lang = attributeText(node, 'lang');
    const classes = [className, align ? `align-${align}` : ''].filter(Boolean).join(' ');
    const label = this.numbering.labelled.get(node)?.label;
    return htmlAttributes({
      id: label === undefined || node.type === 'heading' ? null : this.targetId(label),
      class: classes || null,
      lang: lang !== null && languagePattern.test(lang) ? lang : null,
    });
  }

  /** The id in HTML of what carries a label. */
  targetId(label: string): string {
    return `${this.#prefix}ref-${label.replaceAll(/[^A-Za-z0-9_-]/g, '')}`;
  }

  blocks(nodes: readonly BodyNode[] | undefined): string {
    if (this.#depth > maxDepth) return '';
    this.#depth += 1;
    const html = (nodes ?? []).map((node) => this.#block(node)).join('');
    this.#depth -= 1;
    return html;
  }

  line(nodes: readonly BodyNode[] | undefined): string {
    const pieces = (nodes ?? [])
      .filter((node) => !isHidden(node.marks, this.#marks))
      .map((node) => ({ html: this.#inline(node), marks: node.marks }));
    return joinMarked(pieces, this.#marks);
  }

  /** The caption of a figure or of a medium, with its number where it is referred to. */
  caption(node: BodyNode, owner: BodyNode): string {
    const reference = this.numbering.labelled.get(owner);
    const number = reference
      ? `<span class="caption-number">${escapeHtml(this.labels.captionNumber(reference))}</span> `
      : '';
    const text = this.line(node.content);
    return number || text ? `<figcaption${this.common(node)}>${number}${text}</figcaption>` : '';
  }

  endNotes(): string {
    if (this.#footnotes.length === 0) return '';
    this.#insideFootnote = true;
    const items = this.#footnotes.map((node) => {
      const number = this.numbering.footnotes.get(node) ?? 0;
      const back = htmlAttributes({
        class: 'end-note-number',
        href: `#${this.#prefix}call-${number}`,
        role: 'doc-backlink',
        'aria-label': this.labels.backToText(number),
      });
      return `<li id="${this.#prefix}note-${number}"><a${back}>${number}</a> <span class="end-note-text">${this.line(node.content)}</span></li>`;
    });
    this.#insideFootnote = false;
    return `<section class="end-notes" role="doc-endnotes"><p class="end-notes-label">${this.labels.notes}</p><ol>${items.join('')}</ol></section>`;
  }

  #heading(node: BodyNode): string {
    const stored = attributeNumber(node, 'level') ?? 1;
    const level = Math.min(6, Math.max(1, Math.round(stored)) + (this.options.headingShift ?? 1));
    const label = this.numbering.labelled.get(node)?.label;
    const id =
      label === undefined ? `${this.#prefix}heading-${this.headings.length + 1}` : this.targetId(label);
    const numbered = node.attrs?.['numbered'] !== false;
    const plain = (node.content ?? []).filter((child) => child.type !== 'footnote');
    const number = this.options.headingNumber?.(Math.round(stored), numbered) ?? '';
    const before = number === '' ? '' : `<span class="heading-number">${escapeHtml(number)} </span>`;
    const html = before + this.line(plain).replaceAll(/<\/?a\b[^>]*>/g, '');
    this.headings.push({ id, level, html, numbered });
    return `<h${level} id="${id}"${this.common(node, numbered ? '' : 'unnumbered')}>${before}${this.line(node.content)}</h${level}>`;
  }

  #block(node: BodyNode): string {
    switch (node.type) {
      case 'paragraph':
        return `<p${this.common(node)}>${this.line(node.content)}</p>`;
      case 'heading':
        return this.#heading(node);
      case 'bulletList':
        return `<ul${this.common(node)}>${this.blocks(node.content)}</ul>`;
      case 'orderedList': {
        const start = attributeNumber(node, 'start');
        const type = attributeChoice(node, 'type', ['1', 'a', 'A', 'i', 'I']);
        const list = htmlAttributes({ start: start === 1 ? null : start, type: type === '1' ? null : type });
        return `<ol${this.common(node)}${list}>${this.blocks(node.content)}</ol>`;
      }
      case 'listItem':
        return `<li${this.common(node)}>${this.blocks(node.content)}</li>`;
      case 'taskList':
        return `<ul${this.common(node, 'task-list')}>${this.blocks(node.content)}</ul>`;
      case 'taskItem': {
        const done = node.attrs?.['checked'] === true;
        const box = htmlAttributes({
          class: 'task-box',
          role: 'img',
          'aria-label': done ? this.labels.done : this.labels.toDo,
        });
        const item = this.common(node, done ? 'task-item task-done' : 'task-item');
        return `<li${item}><span${box}></span><div class="task-text">${this.blocks(node.content)}</div></li>`;
      }
      case 'blockquote':
        return `<blockquote${this.common(node)}>${this.blocks(node.content)}</blockquote>`;
      case 'callout': {
        const kind = attributeChoice(node, 'kind', calloutKinds);
        const label = `<p class="callout-label">${this.labels.callouts[kind]}</p>`;
        return `<aside${this.common(node, `callout callout-${kind}`)} role="note">${label}${this.blocks(node.content)}</aside>`;
      }
      case 'codeBlock': {
        const code = (node.content ?? []).map((child) => child.text ?? '').join('');
        return `<pre${this.common(node)} translate="no"><code>${highlightCode(code, attributeText(node, 'language'))}</code></pre>`;
      }
      case 'table':
        return renderTable(node, this);
      case 'image':
      case 'file':
      case 'audio':
      case 'video':
        return renderMedia(node, this);
      case 'figure': {
        const kind = attributeChoice(node, 'kind', ['figure', 'table']);
        const inside = (node.content ?? []).map((child) =>
          child.type === 'figureCaption' ? this.caption(child, node) : this.blocks([child]),
        );
        return `<figure${this.common(node, `figure figure-${kind}`)}>${inside.join('')}</figure>`;
      }
      case 'details':
        return this.options.openDetails
          ? `<section${this.common(node, 'details')}>${this.blocks(node.content)}</section>`
          : `<details${this.common(node)}>${this.blocks(node.content)}</details>`;
      case 'detailsSummary':
        return this.options.openDetails
          ? `<p${this.common(node, 'details-summary')}>${this.line(node.content)}</p>`
          : `<summary${this.common(node)}>${this.line(node.content)}</summary>`;
      case 'detailsContent':
        return `<div${this.common(node, 'details-content')}>${this.blocks(node.content)}</div>`;
      case 'horizontalRule':
        return '<hr>';
      case 'pageBreak':
        return '<div class="page-break" role="separator"></div>';
      case 'mathBlock': {
        const reference = this.numbering.labelled.get(node);
        const number = reference ? `<span class="equation-number">(${reference.number ?? ''})</span>` : '';
        return `<div${this.common(node, 'math-block')}>${renderMath(attributeText(node, 'latex') ?? '', true)}${number}</div>`;
      }
      default: {
        // A node of a later version: what it says is shown, not what it is.
        const content = node.content ?? [];
        return content.some(isInline) ? `<p>${this.line(content)}</p>` : this.blocks(content);
      }
    }
  }

  #inline(node: BodyNode): string {
    switch (node.type) {
      case 'text':
        return escapeHtml(node.text ?? '');
      case 'hardBreak':
        return '<br>';
      case 'mathInline':
        return renderMath(attributeText(node, 'latex') ?? '', false);
      case 'footnote':
        return this.#footnote(node);
      case 'noteLink':
        return this.#noteLink(node);
      case 'mention':
        return `<span class="mention">@${escapeHtml(attributeText(node, 'name') ?? '')}</span>`;
      case 'crossReference':
        return this.#crossReference(node);
      default:
        return this.line(node.content);
    }
  }

  #footnote(node: BodyNode): string {
    if (this.#insideFootnote) return ` (${this.line(node.content)})`;
    const number = this.numbering.footnotes.get(node);
    if (number === undefined) return '';
    if (!this.#footnotes.includes(node)) this.#footnotes.push(node);
    const call = htmlAttributes({
      id: `${this.#prefix}call-${number}`,
      href: `#${this.#prefix}note-${number}`,
      role: 'doc-noteref',
      'aria-label': this.labels.footnoteCall(number),
    });
    return `<sup class="note-call"><a${call}>${number}</a></sup>`;
  }

  #noteLink(node: BodyNode): string {
    const noteId = attributeText(node, 'noteId');
    const title = noteId === null ? null : (this.options.noteTitle?.(noteId) ?? null);
    const words = attributeText(node, 'text') ?? (title === '' ? this.labels.untitled : title);
    if (words === null) return `<span class="note-link hidden-note">${this.labels.hiddenNote}</span>`;
    const href = noteId === null || title === null ? null : safeHref(this.options.noteHref?.(noteId));
    const inside = escapeHtml(words);
    if (href === null) return `<span class="note-link">${inside}</span>`;
    return `<a${htmlAttributes({ class: 'note-link', href })}>${inside}</a>`;
  }

  #crossReference(node: BodyNode): string {
    const label = attributeText(node, 'label');
    const own = label === null ? undefined : this.numbering.references.get(label);
    const target =
      label === null
        ? null
        : own
          ? { reference: own, href: `#${this.targetId(label)}` }
          : (this.options.outsideReference?.(label) ?? null);
    if (!target) return `<span class="missing-reference">${this.labels.missingReference}</span>`;
    const form = attributeChoice(node, 'form', ['number', 'title', 'page']);
    const words =
      form === 'title' && target.reference.title
        ? target.reference.title
        : this.labels.reference(target.reference);
    const link = htmlAttributes({
      class: 'cross-reference',
      href: target.href,
      'data-form': form === 'page' ? 'page' : null,
    });
    return `<a${link}>${escapeHtml(words)}</a>`;
  }
}

/**
 * Draws a body as HTML, for the relay's read-only page, the clipboard, the exports and the book. Needs no schema.
 * @param body - ProseMirror JSON (`type: 'doc'`), trusted or not.
 * @returns HTML of the blocks followed by the end notes, and the headings in order.
 */
export function renderBody(body: BodyNode, options: RenderOptions = {}): RenderedBody {
  const renderer = new BodyRenderer(body, options);
  const blocks = renderer.blocks(body.content);
  return { html: blocks + renderer.endNotes(), headings: renderer.headings };
}
