import {
  AlignmentType,
  Bookmark,
  HeadingLevel,
  type IParagraphOptions,
  type ITableCellOptions,
  Math as Formula,
  MathRun,
  PageBreak,
  Paragraph,
  type ParagraphChild,
  type Table,
  TextRun,
} from 'docx';
import { attributeChoice, attributeNumber, attributeText, isInline } from '#shared/document/bodyAccess.ts';
import { maxDepth, type BodyNode } from '#shared/document/noteContent.ts';
import { type RenderLabels, renderLabels } from '#shared/document/renderLabels.ts';
import { calloutKinds, textAlignments } from '#shared/document/vocabulary.ts';
import { pictureOf } from './docxPicture.ts';
import { docxBox, docxTable } from './docxTable.ts';
import { deepestList, indent, styleIds } from './docxStyles.ts';
import { type DocxDocument, type DocxOptions, type DocxWriter, placeName } from './DocxWriter.ts';
import { lineToRuns, type LineStyle, writable } from './lineToRuns.ts';

export type DocxBlock = Paragraph | Table;

/** Name of the list of signs, of which there is one. */
export const bullets = 'bullets';

const headings = [
  HeadingLevel.HEADING_1,
  HeadingLevel.HEADING_2,
  HeadingLevel.HEADING_3,
  HeadingLevel.HEADING_4,
  HeadingLevel.HEADING_5,
  HeadingLevel.HEADING_6,
] as const;

const alignments = {
  left: AlignmentType.LEFT,
  center: AlignmentType.CENTER,
  right: AlignmentType.RIGHT,
  justify: AlignmentType.JUSTIFIED,
} as const;

const toneOf = { info: '2A6F97', warning: 'B4632A', tip: '3D7A4A', citation: '7A6A9C' } as const;
const twipsAPixel = 15;

/** Where blocks stand: what the paragraphs in it have. */
interface Place {
  /** Steps of indentation. */
  readonly depth: number;
  readonly style?: string;
  readonly line?: LineStyle;
  /** Of the next paragraph only: the sign or number of its line. */
  readonly bullet?: { readonly reference: string; readonly level: number };
}

class BodyConverter implements DocxWriter {
  readonly options: DocxOptions;
  readonly labels: RenderLabels;
  readonly #document: DocxDocument;
  #depth = 0;

  constructor(options: DocxOptions, document: DocxDocument) {
    this.options = options;
    this.#document = document;
    this.labels = renderLabels(options.language);
  }

  footnote(node: BodyNode): number {
    return this.#document.addFootnote(
      new Paragraph({
        style: 'FootnoteText',
        children: lineToRuns(node.content, this, { inFootnote: true }),
      }),
    );
  }

  target(label: string | null): ReturnType<DocxWriter['target']> {
    if (label === null) return null;
    const own = this.options.numbering.references.get(label);
    if (own !== undefined) return { reference: own, place: placeName(this.options.prefix, label) };
    return this.options.outsideReference(label);
  }

  blocks(nodes: readonly BodyNode[] | undefined, place: Place): DocxBlock[] {
    if (this.#depth > maxDepth) return [];
    this.#depth += 1;
    const blocks = (nodes ?? []).flatMap((node, at) => {
      const { bullet, ...rest } = place;
      // The sign stands before the first paragraph of a line; what follows is only as far in.
      return this.#block(node, at === 0 && bullet !== undefined ? { ...rest, bullet } : rest);
    });
    this.#depth -= 1;
    return blocks;
  }

  /** A paragraph at its place. @param node - of which the alignment and the language count. */
  #paragraph(
    node: BodyNode | null,
    children: readonly ParagraphChild[],
    place: Place,
    more: IParagraphOptions = {},
  ): Paragraph {
    const align = textAlignments.find((one) => one === node?.attrs?.['textAlign']);
    const { bullet } = place;
    return new Paragraph({
      ...(place.style === undefined ? {} : { style: place.style }),
      ...(align === undefined ? {} : { alignment: alignments[align] }),
      ...(bullet === undefined
        ? place.depth > 0
          ? { indent: { left: indent * place.depth } }
          : {}
        : { numbering: bullet, contextualSpacing: true }),
      ...more,
      children: [...children],
    });
  }

  /** The same, as what a reference can lead to. */
  #named(node: BodyNode, children: readonly ParagraphChild[]): readonly ParagraphChild[] {
    const label = this.options.numbering.labelled.get(node)?.label;
    return label === undefined
      ? children
      : [new Bookmark({ id: placeName(this.options.prefix, label), children: [...children] })];
  }

  #block(node: BodyNode, place: Place): DocxBlock[] {
    switch (node.type) {
      case 'paragraph':
        return [this.#paragraph(node, lineToRuns(node.content, this, place.line), place)];
      case 'heading': {
        const level =
          Math.max(1, Math.round(attributeNumber(node, 'level') ?? 1)) + this.options.headingShift;
        const heading = headings[Math.min(headings.length, level) - 1] ?? HeadingLevel.HEADING_6;
        const children = this.#named(node, lineToRuns(node.content, this));
        return [this.#paragraph(node, children, { depth: place.depth }, { heading })];
      }
      case 'bulletList':
      case 'orderedList':
      case 'taskList':
        return this.#list(node, place);
      case 'blockquote':
        return this.blocks(node.content, { ...place, style: styleIds.quote, depth: place.depth + 1 });
      case 'callout': {
        const kind = attributeChoice(node, 'kind', calloutKinds);
        const label = new Paragraph({
          style: styleIds.label,
          children: [new TextRun({ text: this.labels.callouts[kind], color: toneOf[kind] })],
        });
        const inside = this.blocks(node.content, { depth: 0 });
        return [docxBox([label, ...inside], toneOf[kind], place.depth), this.#space()];
      }
      case 'codeBlock': {
        const lines = (node.content ?? [])
          .map((child) => child.text ?? '')
          .join('')
          .split('\n');
        const runs = lines.map(
          (line, at) => new TextRun({ text: writable(line), ...(at === 0 ? {} : { break: 1 }) }),
        );
        return [this.#paragraph(node, runs, { depth: place.depth, style: styleIds.code })];
      }
      case 'table':
        return [...this.#anchor(node), this.#table(node, place), this.#space()];
      case 'image':
      case 'file':
      case 'audio':
      case 'video':
        return [this.#media(node, place), ...this.#captions(node, place)];
      case 'figure':
        return [
          ...this.#anchor(node),
          ...(node.content ?? []).flatMap((child) =>
            child.type === 'figureCaption' ? this.#caption(child, node, place) : this.blocks([child], place),
          ),
        ];
      case 'detailsSummary':
        return [
          this.#paragraph(node, lineToRuns(node.content, this, { bold: true }), place, { keepNext: true }),
        ];
      case 'horizontalRule':
        return [new Paragraph({ thematicBreak: true })];
      case 'pageBreak':
        return [new Paragraph({ children: [new PageBreak()] })];
      case 'mathBlock': {
        const latex = attributeText(node, 'latex');
        const reference = this.options.numbering.labelled.get(node);
        const number = reference?.number == null ? [] : [new TextRun({ text: `  (${reference.number})` })];
        const formula = latex === null ? [] : [new Formula({ children: [new MathRun(writable(latex))] })];
        const children = this.#named(node, [...formula, ...number]);
        return [this.#paragraph(node, children, place, { alignment: AlignmentType.CENTER })];
      }
      default:
        // Of another version, or a frame around others: what it holds, as far as it is known.
        return node.type === 'text' || (node.content ?? []).some(isInline)
          ? [
              this.#paragraph(
                node,
                lineToRuns(node.type === 'text' ? [node] : node.content, this, place.line),
                place,
              ),
            ]
          : this.blocks(node.content, place);
    }
  }

  /** Word joins tables that follow one another, and wants a paragraph after each. */
  #space(): Paragraph {
    return new Paragraph({ spacing: { after: 60, line: 120 } });
  }

  /** Where references to what is no paragraph lead to: a line of no height before it. */
  #anchor(node: BodyNode): Paragraph[] {
    return this.options.numbering.labelled.has(node)
      ? [
          new Paragraph({
            children: [...this.#named(node, [new TextRun('')])],
            spacing: { after: 0, line: 20 },
            keepNext: true,
          }),
        ]
      : [];
  }

  #list(node: BodyNode, place: Place): DocxBlock[] {
    const level = Math.min(deepestList, place.depth);
    const reference =
      node.type === 'orderedList'
        ? this.#document.addNumbers(
            attributeChoice(node, 'type', ['1', 'a', 'A', 'i', 'I']),
            Math.max(0, attributeNumber(node, 'start') ?? 1),
          )
        : bullets;
    const inside: Place = {
      depth: place.depth + 1,
      ...(place.style === undefined ? {} : { style: place.style }),
    };
    return (node.content ?? []).flatMap((item) => {
      if (item.type !== 'taskItem')
        return this.blocks(item.content, { ...inside, bullet: { reference, level } });
      const isDone = item.attrs?.['checked'] === true;
      const [first, ...others] = item.content ?? [];
      // A box that can be read aloud and copied: Word's own boxes are form fields.
      const box: BodyNode = { type: 'text', text: isDone ? '☒ ' : '☐ ' };
      const head = first?.type === 'paragraph' ? first : null;
      const line: BodyNode = { type: 'paragraph', content: [box, ...(head?.content ?? [])] };
      return this.blocks([line, ...(head === null && first !== undefined ? [first] : []), ...others], inside);
    });
  }

  #table(node: BodyNode, place: Place): Table {
    return docxTable(node, {
      depth: place.depth,
      width: this.options.width * twipsAPixel,
      cell: (content, isHeader): ITableCellOptions['children'] => {
        const blocks = this.blocks(content, { depth: 0, ...(isHeader ? { line: { bold: true } } : {}) });
        // A cell ends with a paragraph.
        return blocks.at(-1) instanceof Paragraph ? blocks : [...blocks, new Paragraph({})];
      },
    });
  }

  #media(node: BodyNode, place: Place): Paragraph {
    const id = attributeText(node, 'attachmentId');
    const asset = id === null ? null : this.options.attachment(id);
    const alt = attributeText(node, 'alt') ?? '';
    const name = attributeText(node, 'name') ?? asset?.name ?? '';
    const picture = asset === null ? null : pictureOf(node, asset, this.options.width);
    if (picture !== null)
      return this.#paragraph(null, this.#named(node, [picture]), place, {
        alignment: alignments[attributeChoice(node, 'align', ['center', 'left', 'right'])],
        keepNext: (node.content ?? []).length > 0,
      });
    const words = node.type === 'image' ? alt || this.labels.missingImage : name;
    return this.#paragraph(
      null,
      this.#named(node, [new TextRun({ text: writable(words), italics: true })]),
      place,
    );
  }

  #captions(node: BodyNode, place: Place): Paragraph[] {
    return (node.content ?? []).flatMap((child) =>
      child.type === 'figureCaption' ? this.#caption(child, node, place) : [],
    );
  }

  #caption(node: BodyNode, owner: BodyNode, place: Place): Paragraph[] {
    const reference = this.options.numbering.labelled.get(owner);
    const number =
      reference === undefined
        ? []
        : [new TextRun({ text: `${this.labels.captionNumber(reference)} `, bold: true })];
    const children = [...number, ...lineToRuns(node.content, this)];
    return children.length === 0
      ? []
      : [this.#paragraph(node, children, { depth: place.depth, style: 'Caption' })];
  }
}

/** A body as blocks of Word. @see https://learn.microsoft.com/openspecs/office_standards/ms-docx */
export function bodyToDocx(body: BodyNode, options: DocxOptions, document: DocxDocument): DocxBlock[] {
  return new BodyConverter(options, document).blocks(body.content, { depth: 0 });
}
