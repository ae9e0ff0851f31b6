import { type ReactNode, useMemo } from 'react';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { numberBody } from '#shared/document/numbering.ts';
import { lineNumbers } from '#shared/document/lineNumbers.ts';
import { renderLabels } from '#shared/document/renderLabels.ts';
import { useEditorText } from '../texts.ts';
import { Blocks } from './BlockContent.tsx';
import { InlineContent } from './InlineContent.tsx';
import { type ChangePerson, type ReaderState, ReaderStateProvider, useReader } from './ReaderContext.ts';
import '../styles/text.css';

export interface NoteReaderProps {
  /** ProseMirror JSON (`type: 'doc'`): of `fragmentToBody`, of a version, or of a comparison (marks `added`, `removed`, `formatted`, attribute `change`). */
  readonly body: BodyNode;
  /** Language tag of the note. */
  readonly language: string;
  /** Set before ids, so that two notes can stand on one page. Default: none. */
  readonly idPrefix?: string;
  /** Names and hues for the person ids of a comparison. */
  readonly person?: (personId: string) => ChangePerson | null;
  /** Drawn beside each block that says where it was (`was`, of a comparison): what can be done with it. */
  readonly passageAct?: ((at: number) => ReactNode) | null;
  /** Something of the note may be missing here: that it has no text is not said then. Default: no. */
  readonly mayLack?: boolean;
}

const nobody = (): null => null;

/** A note to be read: drawn from its content, bound to nothing, so that reading can change nothing. */
export function NoteReader({
  body,
  language,
  idPrefix = '',
  person = nobody,
  passageAct = null,
  mayLack = false,
}: NoteReaderProps) {
  const text = useEditorText();
  const state = useMemo<ReaderState>(() => {
    const numbering = numberBody(body);
    return {
      numbering,
      lines: lineNumbers(body),
      labels: renderLabels(language),
      idPrefix,
      person,
      passageAct,
      footnotes: [...numbering.footnotes.keys()],
    };
  }, [body, language, idPrefix, person, passageAct]);
  const isEmpty = (body.content ?? []).every(
    (node) => node.type === 'paragraph' && (node.content ?? []).length === 0,
  );
  if (isEmpty && mayLack) return null;
  if (isEmpty) return <p className="note-empty">{text('reading.empty')}</p>;
  return (
    <ReaderStateProvider value={state}>
      <div className="note-text note-reader" lang={language}>
        <Blocks nodes={body.content} />
        <EndNotes />
      </div>
    </ReaderStateProvider>
  );
}

function EndNotes() {
  const { footnotes, numbering, labels, idPrefix } = useReader();
  if (footnotes.length === 0) return null;
  return (
    <section className="end-notes" role="doc-endnotes" aria-label={labels.notes}>
      <p className="end-notes-label">{labels.notes}</p>
      <ol>
        {footnotes.map((node) => {
          const number = numbering.footnotes.get(node) ?? 0;
          return (
            <li key={number} id={`${idPrefix}note-${number}`}>
              <a
                className="end-note-number"
                href={`#${idPrefix}call-${number}`}
                role="doc-backlink"
                aria-label={labels.backToText(number)}
              >
                {number}
              </a>
              <span className="end-note-text">
                <InlineContent nodes={node.content} />
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
