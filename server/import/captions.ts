import { attributeText } from '#shared/document/bodyAccess.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { withoutFirstSpace } from './lines.ts';

/** What our exports write before a caption. */
export const captionNumber = /^(?:Figure|Tableau|Table)\u00a0\d*\.$/;
/** What may carry a label in a note. */
const labelledTypes: ReadonlySet<string> = new Set(['heading', 'rawMedia', 'table', 'mathBlock', 'figure']);
/** A figure of more blocks than this is none. */
const mostInFigure = 8;

/** What a paragraph says as a caption of our Markdown (« **Figure 1.** Le jardin »); null for any other. */
export function captionOf(block: BodyNode): { readonly node: BodyNode; readonly isTable: boolean } | null {
  const [first, ...rest] = block.type === 'paragraph' ? (block.content ?? []) : [];
  const isBold = first?.marks?.length === 1 && first.marks[0]?.type === 'bold';
  if (first?.text === undefined || !isBold || !captionNumber.test(first.text)) return null;
  const content = withoutFirstSpace(rest);
  return {
    node: { type: 'figureCaption', ...(content.length > 0 ? { content } : {}) },
    isTable: first.text.startsWith('Tab'),
  };
}

function withoutLabel({ attrs, ...node }: BodyNode): BodyNode {
  const { label: _, ...others } = attrs ?? {};
  return { ...node, ...(Object.keys(others).length > 0 ? { attrs: others } : {}) };
}

/** Where the blocks begin that a caption belongs to: at the last one that carries a label; -1 for none. */
function beginningOf(blocks: readonly BodyNode[]): number {
  for (let at = blocks.length - 1; at >= Math.max(0, blocks.length - mostInFigure); at -= 1) {
    const block = blocks[at] as BodyNode;
    if (block.type === 'heading') return -1;
    if (attributeText(block, 'label') !== null) return block.type === 'figure' ? -1 : at;
  }
  return -1;
}

/**
 * Gives what carries a label its caption back, which our Markdown writes as a paragraph of its own: after a picture, around a table, a formula or several blocks. What no note gives a label
 * loses it.
 */
export function withCaptions(blocks: readonly BodyNode[]): BodyNode[] {
  const out: BodyNode[] = [];
  for (let at = 0; at < blocks.length; at += 1) {
    const block = blocks[at] as BodyNode;
    const caption = captionOf(block);
    const after = blocks[at + 1];
    const from = caption === null ? -1 : beginningOf(out);
    const own = caption === null ? null : attributeText(block, 'label');
    if (caption !== null && own !== null && after !== undefined) {
      const attrs = { kind: caption.isTable ? 'table' : 'figure', label: own };
      out.push({ type: 'figure', attrs, content: [caption.node, after] });
      at += 1;
    } else if (caption === null || from === -1) out.push(block);
    else {
      const inside = out.splice(from);
      const [first] = inside as [BodyNode];
      if (inside.length === 1 && first.type === 'rawMedia')
        out.push({ ...first, content: [...(first.content ?? []), caption.node] });
      else
        out.push({
          type: 'figure',
          attrs: { kind: caption.isTable ? 'table' : 'figure', label: first.attrs?.['label'] },
          content: [...inside.map(withoutLabel), caption.node],
        });
    }
  }
  return out.map((block) => (labelledTypes.has(block.type) ? block : withoutLabel(block)));
}
