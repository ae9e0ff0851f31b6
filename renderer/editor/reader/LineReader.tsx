import { useMemo } from 'react';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { numberBody } from '#shared/document/numbering.ts';
import { renderLabels } from '#shared/document/renderLabels.ts';
import { InlineContent } from './InlineContent.tsx';
import { type ChangePerson, type ReaderState, ReaderStateProvider } from './ReaderContext.ts';
import '../styles/text.css';

interface Props {
  /** What stands in the line: texts with their marks. */
  readonly nodes: readonly BodyNode[];
  readonly language: string;
  /** Names and hues for the person ids of its marks. */
  readonly person?: (personId: string) => ChangePerson | null;
}

const nobody = (): null => null;

/** One line of text with marks, a title for instance, to be read: what `NoteReader` is for a body. It draws no element of its own. */
export function LineReader({ nodes, language, person = nobody }: Props) {
  const state = useMemo<ReaderState>(
    () => ({
      numbering: numberBody({ type: 'doc' }),
      lines: new Map(),
      labels: renderLabels(language),
      idPrefix: '',
      person,
      passageAct: null,
      footnotes: [],
    }),
    [language, person],
  );
  return (
    <ReaderStateProvider value={state}>
      <InlineContent nodes={nodes} />
    </ReaderStateProvider>
  );
}
