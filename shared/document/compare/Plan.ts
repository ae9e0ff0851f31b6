import type { TracedNode } from './TracedNode.ts';

/** What to show at one place of the merged document. */
export type Plan =
  | { readonly kind: 'same'; readonly before: TracedNode; readonly after: TracedNode }
  /** The same text at two moments; several blocks on one side when it was split or joined. */
  | { readonly kind: 'text'; readonly before: readonly TracedNode[]; readonly after: readonly TracedNode[] }
  | {
      readonly kind: 'container';
      readonly before: TracedNode;
      readonly after: TracedNode;
      readonly children: readonly Plan[];
    }
  /** `gap` names the place: what was removed and what was added between the same two neighbours stands at the same one. */
  | { readonly kind: 'removed'; readonly node: TracedNode; readonly gap: object }
  | { readonly kind: 'added'; readonly node: TracedNode; readonly gap: object }
  /** A cell that neither moment has, so that the columns of a table stay under each other. */
  | { readonly kind: 'blank'; readonly like: TracedNode };

/** Whether a table has the rows and the columns that it had. */
export function keepsShape(rows: readonly Plan[]): boolean {
  const isCell = ({ kind }: Plan): boolean => kind === 'same' || kind === 'container' || kind === 'text';
  return rows.every((row) => row.kind === 'same' || (row.kind === 'container' && row.children.every(isCell)));
}
