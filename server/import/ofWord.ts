import type { BodyNode } from '#shared/document/noteContent.ts';
import { renderLabels } from '#shared/document/renderLabels.ts';
import { type CalloutKind, calloutKinds } from '#shared/document/vocabulary.ts';
import { attributeText } from '#shared/document/bodyAccess.ts';
import { captionNumber } from './captions.ts';
import { elementsIn, hasClass, type HtmlElement, isElement, textOf } from './htmlElements.ts';
import { withoutFirstSpace } from './lines.ts';

/** What stands out of the text is, in our documents, a table of one cell that begins with its kind; null for any other. */
export function calloutOf(
  table: HtmlElement,
): { readonly cell: HtmlElement; readonly kind: CalloutKind } | null {
  const cells = [...elementsIn(table.childNodes, 'td'), ...elementsIn(table.childNodes, 'th')];
  const [cell] = cells;
  const first = cell?.childNodes.find(isElement);
  if (cell === undefined || first === undefined || !hasClass(first, 'callout-label')) return null;
  const words = textOf(first).trim();
  const kind = calloutKinds.find((one) =>
    ['fr', 'en'].some((language) => renderLabels(language).callouts[one] === words),
  );
  if (kind === undefined || elementsIn(cell.childNodes, 'table').length < cells.length - 1) return null;
  return { cell: { ...cell, childNodes: cell.childNodes.filter((child) => child !== first) }, kind };
}

const box = /^[☐☑☒] /;

/** What a paragraph of a task says, without its box; null for any other. */
function taskOf(block: BodyNode): BodyNode | null {
  const [first, ...others] = block.content ?? [];
  if (block.type !== 'paragraph' || first?.text === undefined || !box.test(first.text)) return null;
  const text = first.text.slice(2);
  const line = [...(text === '' ? [] : [{ ...first, text }]), ...others];
  return {
    type: 'taskItem',
    attrs: { checked: !first.text.startsWith('☐') },
    content: [{ ...block, content: line }],
  };
}

/** A formula that stands alone in the middle of its line. */
function formulaOf(block: BodyNode): BodyNode | null {
  const [only, ...others] = block.content ?? [];
  const isAlone = block.type === 'paragraph' && only?.type === 'mathInline' && others.length === 0;
  if (!isAlone || block.attrs?.['textAlign'] !== 'center') return null;
  const { latex } = only.attrs ?? {};
  const label = attributeText(block, 'label');
  return { type: 'mathBlock', attrs: { latex, ...(label !== null && { label }) } };
}

/** A caption without the number that our documents write before it, which a note gives by itself. */
function withoutNumber(caption: BodyNode): BodyNode {
  const [first, ...rest] = caption.content ?? [];
  const isNumber =
    first?.marks?.some(({ type }) => type === 'bold') && captionNumber.test((first.text ?? '').trim());
  return isNumber === true ? { ...caption, content: withoutFirstSpace(rest) } : caption;
}

/** Gives what Word has no form for its own back: tasks that begin with a box, formulas alone on their line, captions. */
export function ofWord(blocks: readonly BodyNode[]): BodyNode[] {
  const out: BodyNode[] = [];
  for (const given of blocks) {
    const block = given.type === 'figureCaption' ? withoutNumber(given) : given;
    const last = out.at(-1);
    const task = taskOf(block);
    if (task !== null && last?.type === 'taskList')
      out[out.length - 1] = { ...last, content: [...(last.content ?? []), task] };
    else if (task !== null) out.push({ type: 'taskList', content: [task] });
    else if (block.type === 'figureCaption' && last?.type === 'rawMedia')
      out[out.length - 1] = { ...last, content: [...(last.content ?? []), block] };
    else if (block.type === 'table' && last?.type === 'figureCaption')
      out[out.length - 1] = { type: 'figure', attrs: { kind: 'table' }, content: [last, block] };
    else out.push(formulaOf(block) ?? block);
  }
  return out.map((block) => (block.type === 'figureCaption' ? { ...block, type: 'paragraph' } : block));
}

/** Word writes the heads of tables in bold letters, which a note does by itself. */
export function withoutBold(blocks: readonly BodyNode[]): BodyNode[] {
  const isBold = (node: BodyNode): boolean =>
    node.text === undefined
      ? (node.content ?? []).every(isBold)
      : (node.marks ?? []).some(({ type }) => type === 'bold');
  const plain = ({ marks, ...node }: BodyNode): BodyNode => {
    const kept = (marks ?? []).filter(({ type }) => type !== 'bold');
    return {
      ...node,
      ...(kept.length > 0 && { marks: kept }),
      ...(node.content !== undefined && { content: node.content.map(plain) }),
    };
  };
  return blocks.every(isBold) ? blocks.map(plain) : [...blocks];
}
