import type { BodyNode } from './noteContent.ts';

/** Names of the nodes that stand in a line of text. */
export const inlineNames: ReadonlySet<string> = new Set([
  'text',
  'hardBreak',
  'footnote',
  'mathInline',
  'noteLink',
  'mention',
  'crossReference',
]);

/** True for text and for nodes that stand in a line. */
export function isInline(node: BodyNode): boolean {
  return inlineNames.has(node.type);
}

/** An attribute that is text and not empty, or null. */
export function attributeText(node: { readonly attrs?: BodyNode['attrs'] }, name: string): string | null {
  const value = node.attrs?.[name];
  return typeof value === 'string' && value.length > 0 ? value : null;
}

/** An attribute that is a finite number, or null. */
export function attributeNumber(node: { readonly attrs?: BodyNode['attrs'] }, name: string): number | null {
  const value = node.attrs?.[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

/** An attribute that is one of the given words, or the first of them. */
export function attributeChoice<const T extends string>(
  node: { readonly attrs?: BodyNode['attrs'] },
  name: string,
  choices: readonly [T, ...T[]],
): T {
  const value = node.attrs?.[name];
  return choices.find((choice) => choice === value) ?? choices[0];
}
