import { createElement, type ReactNode } from 'react';
import { attributeChoice, attributeNumber, attributeText, isInline } from '#shared/document/bodyAccess.ts';
import { type BodyNode, maxDepth } from '#shared/document/noteContent.ts';
import { calloutKinds } from '#shared/document/vocabulary.ts';
import { useEditorText } from '../texts.ts';
import { changeOf, changeProps, commonProps } from './blockProps.ts';
import { Caption } from './Caption.tsx';
import { CodeText } from './CodeText.tsx';
import { InlineContent } from './InlineContent.tsx';
import { MathText } from './MathText.tsx';
import { MediaBlock } from './MediaBlock.tsx';
import { useReader } from './ReaderContext.ts';
import { TableBlock } from './TableBlock.tsx';
import { ViewIcon } from './ViewIcon.tsx';

/** The blocks of a body, of a cell, of a list item… */
export function Blocks({
  nodes,
  depth = 0,
}: {
  nodes: readonly BodyNode[] | undefined;
  depth?: number;
}): ReactNode {
  if (depth > maxDepth) return null;
  return (nodes ?? []).map((node, at) => (
    <BlockChange key={at} node={node}>
      <PassagePlace node={node}>
        <Block node={node} depth={depth + 1} />
      </PassagePlace>
    </BlockChange>
  ));
}

/** They stay children of their table or list. */
const partsOfBlocks = new Set(['tableRow', 'tableCell', 'tableHeader', 'listItem', 'taskItem']);

/** What can be done with a passage that was otherwise, at its end. */
function PassageAct({ node }: { node: BodyNode }) {
  const { passageAct } = useReader();
  const at = attributeNumber(node, 'was');
  return passageAct === null || at === null ? null : <span className="passage-act">{passageAct(at)}</span>;
}

function PassagePlace({ node, children }: { node: BodyNode; children: ReactNode }) {
  const { passageAct } = useReader();
  if (passageAct === null || attributeNumber(node, 'was') === null || partsOfBlocks.has(node.type))
    return children;
  return (
    <div className="passage-place">
      {children}
      <PassageAct node={node} />
    </div>
  );
}

/** A block as a whole was added, removed, moved or changed between two moments: a bar beside it, a word, a colour. */
function BlockChange({ node, children }: { node: BodyNode; children: ReactNode }) {
  const text = useEditorText();
  const { person } = useReader();
  const change = changeOf(node);
  // Rows, cells and items must stay children of their table or list: they carry the change themselves.
  if (!change || partsOfBlocks.has(node.type)) return children;
  const who = change.person === null ? null : person(change.person);
  const what = text(`change.${change.kind}`);
  return (
    <div
      className={`block-change block-change-${change.kind}`}
      data-colour={who?.colour}
      data-change-number={change.number}
    >
      {change.continued ? null : (
        <span className="block-change-label">{who ? text('change.by', { what, name: who.name }) : what}</span>
      )}
      {children}
    </div>
  );
}

function Block({ node, depth }: { node: BodyNode; depth: number }) {
  const { numbering, labels, idPrefix, lines } = useReader();
  const line = { 'data-line': lines.get(node) };
  const label = numbering.labelled.get(node)?.label;
  const common = commonProps(node, idPrefix, label);
  const inside = () => <Blocks nodes={node.content} depth={depth} />;
  switch (node.type) {
    case 'paragraph':
      return (
        <p {...common} {...line}>
          <InlineContent nodes={node.content} />
        </p>
      );
    case 'heading': {
      // The title of the note is the page's first heading.
      const level = Math.min(4, Math.max(1, Math.round(attributeNumber(node, 'level') ?? 1)));
      return createElement(
        `h${level + 1}`,
        { ...common, ...line, className: `heading heading-${level}` },
        <InlineContent nodes={node.content} />,
      );
    }
    case 'bulletList':
      return <ul {...common}>{inside()}</ul>;
    case 'orderedList': {
      const type = attributeChoice(node, 'type', ['1', 'a', 'A', 'i', 'I']);
      return (
        <ol {...common} start={attributeNumber(node, 'start') ?? 1} type={type}>
          {inside()}
        </ol>
      );
    }
    case 'listItem':
      return (
        <li {...common} {...changeProps(node)}>
          {inside()}
          <PassageAct node={node} />
        </li>
      );
    case 'taskList':
      return (
        <ul {...common} className="task-list">
          {inside()}
        </ul>
      );
    case 'taskItem': {
      const isDone = node.attrs?.['checked'] === true;
      return (
        <li {...common} {...changeProps(node)} className={isDone ? 'task-item is-done' : 'task-item'}>
          <span className="task-box" role="img" aria-label={isDone ? labels.done : labels.toDo} />
          <div className="task-text">{inside()}</div>
          <PassageAct node={node} />
        </li>
      );
    }
    case 'sideRow':
      // Of a comparison side by side: what stands beside a row of the other side.
      return <div className="side-row">{inside()}</div>;
    case 'blockquote':
      return <blockquote {...common}>{inside()}</blockquote>;
    case 'callout': {
      const kind = attributeChoice(node, 'kind', calloutKinds);
      return (
        <aside {...common} className="callout" data-kind={kind} role="note">
          <div className="callout-head">
            <span className="callout-icon">
              <ViewIcon name={kind} />
            </span>
            <span className="callout-word">{labels.callouts[kind]}</span>
          </div>
          <div className="callout-body">{inside()}</div>
        </aside>
      );
    }
    case 'codeBlock':
      return <CodeText node={node} />;
    case 'table':
      return <TableBlock node={node} draw={(nodes) => <Blocks nodes={nodes} depth={depth} />} />;
    case 'image':
    case 'file':
    case 'audio':
    case 'video':
      return <MediaBlock node={node} />;
    case 'figure':
      return (
        <figure {...common} className="figure">
          {(node.content ?? []).map((child, at) =>
            child.type === 'figureCaption' ? (
              <Caption key={at} node={child} owner={node} />
            ) : (
              <Blocks key={at} nodes={[child]} depth={depth} />
            ),
          )}
        </figure>
      );
    case 'details':
      return (
        <details {...common} className="details">
          {inside()}
        </details>
      );
    case 'detailsSummary':
      return (
        <summary {...common}>
          <ViewIcon name="chevron" />
          <span {...line}>
            <InlineContent nodes={node.content} />
          </span>
        </summary>
      );
    case 'detailsContent':
      return (
        <div {...common} className="details-content">
          {inside()}
        </div>
      );
    case 'horizontalRule':
      return <hr />;
    case 'pageBreak':
      return <hr className="page-break" />;
    case 'mathBlock': {
      const number = numbering.labelled.get(node)?.number;
      return (
        <div {...common} className="math-block">
          <MathText latex={attributeText(node, 'latex') ?? ''} isDisplay />
          {number == null ? null : <span className="equation-number">({number})</span>}
        </div>
      );
    }
    default: {
      // A node of a later version: what it says is shown, not what it is.
      const content = node.content ?? [];
      return content.some(isInline) ? (
        <p {...line}>
          <InlineContent nodes={content} />
        </p>
      ) : (
        inside()
      );
    }
  }
}
