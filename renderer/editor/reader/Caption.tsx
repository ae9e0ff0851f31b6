import type { BodyNode } from '#shared/document/noteContent.ts';
import { commonProps } from './blockProps.ts';
import { InlineContent } from './InlineContent.tsx';
import { useReader } from './ReaderContext.ts';

/** The caption of a figure or of a medium, with its number where something refers to it. */
export function Caption({ node, owner }: { node: BodyNode; owner: BodyNode }) {
  const { numbering, labels, idPrefix, lines } = useReader();
  const reference = numbering.labelled.get(owner);
  if (!reference && (node.content ?? []).length === 0) return null;
  return (
    <figcaption {...commonProps(node, idPrefix)} data-line={lines.get(node)}>
      {reference ? (
        <span className="caption-number" data-extra="">
          {labels.captionNumber(reference)}{' '}
        </span>
      ) : null}
      <InlineContent nodes={node.content} />
    </figcaption>
  );
}
