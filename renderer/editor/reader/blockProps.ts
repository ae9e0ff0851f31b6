import { attributeText } from '#shared/document/bodyAccess.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { languagePattern, textAlignments } from '#shared/document/vocabulary.ts';

/** Attributes that every block may have. */
export function commonProps(
  node: BodyNode,
  prefix: string,
  label?: string,
): Record<string, string | undefined> {
  const lang = attributeText(node, 'lang');
  const id = attributeText(node, 'id');
  return {
    id: label === undefined ? (id === null ? undefined : `${prefix}${id}`) : `${prefix}ref-${label}`,
    lang: lang !== null && languagePattern.test(lang) ? lang : undefined,
    'data-text-align': textAlignments.find((one) => one === node.attrs?.['textAlign']),
  };
}

/** What became of a block between two moments. */
export interface BlockChange {
  readonly kind: 'added' | 'removed' | 'moved' | 'changed';
  readonly person: string | null;
  /** Its place among the changes of the comparison, from 1. */
  readonly number: number | undefined;
  /** Goes on from the block before: the same person did the same there, and it was said there. */
  readonly continued: boolean;
}

/** What a comparison says of a block; null where it says nothing. */
export function changeOf(node: BodyNode): BlockChange | null {
  const change = node.attrs?.['change'] as Partial<BlockChange> | null | undefined;
  const kind = (['added', 'removed', 'moved', 'changed'] as const).find((one) => one === change?.kind);
  return kind === undefined
    ? null
    : {
        kind,
        person: typeof change?.person === 'string' ? change.person : null,
        number: change?.number,
        continued: change?.continued === true,
      };
}

/** The change of an item, as attributes. */
export function changeProps(node: BodyNode): Record<string, string | undefined> {
  const change = changeOf(node);
  return { 'data-change': change?.kind, 'data-change-number': change?.number?.toString() };
}
