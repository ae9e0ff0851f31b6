import type { BodyNode } from '#shared/document/noteContent.ts';

/** A node with only what is said of it. */
export function withAttributes(
  type: string,
  content: readonly BodyNode[],
  attrs: BodyNode['attrs'] = {},
): BodyNode {
  const kept = Object.entries(attrs ?? {}).filter(([, value]) => value !== null && value !== undefined);
  return {
    type,
    ...(kept.length > 0 ? { attrs: Object.fromEntries(kept) } : {}),
    ...(content.length > 0 ? { content } : {}),
  };
}

/** A line without spaces and ends of lines at its edges. */
export function trimLine(line: readonly BodyNode[]): BodyNode[] {
  const out = withSingleSpaces(line);
  const isEmpty = (node: BodyNode | undefined): boolean =>
    node !== undefined && (node.type === 'hardBreak' || node.text === '');
  const trim = (at: number, cut: (text: string) => string): void => {
    const node = out.at(at);
    if (node?.text !== undefined) out[at === 0 ? 0 : out.length - 1] = { ...node, text: cut(node.text) };
  };
  do {
    while (isEmpty(out[0])) out.shift();
    trim(0, (text) => text.replace(/^[ \t\n]+/, ''));
  } while (isEmpty(out[0]));
  do {
    while (isEmpty(out.at(-1))) out.pop();
    trim(-1, (text) => text.replace(/[ \t\n]+$/, ''));
  } while (isEmpty(out.at(-1)));
  return out;
}

/** A line without the one space that follows what was taken from before it. */
export function withoutFirstSpace(line: readonly BodyNode[]): BodyNode[] {
  const [first, ...rest] = line;
  if (first?.text?.startsWith(' ') !== true) return [...line];
  return first.text === ' ' ? rest : [{ ...first, text: first.text.slice(1) }, ...rest];
}

/** Of two spaces that stand side by side in two texts, the first alone. */
function withSingleSpaces(line: readonly BodyNode[]): BodyNode[] {
  let isAfterSpace = false;
  return line.flatMap((node) => {
    if (node.text === undefined) {
      isAfterSpace = node.type === 'hardBreak';
      return [node];
    }
    const text = isAfterSpace ? node.text.replace(/^[ \t\n]+/, '') : node.text;
    if (text !== '') isAfterSpace = /[ \t\n]$/.test(text);
    return text === '' ? [] : [{ ...node, text }];
  });
}
