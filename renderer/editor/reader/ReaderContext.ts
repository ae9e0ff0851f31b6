import { createContext, type ReactNode, useContext } from 'react';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { Numbering } from '#shared/document/numbering.ts';
import type { RenderLabels } from '#shared/document/renderLabels.ts';

/** Who made a change, as the history page knows them. */
export interface ChangePerson {
  readonly name: string;
  /** Name of a hue, see `personColours`. */
  readonly colour: string;
  /** Written beside what they did, and how the line under it is drawn: for those who do not see the hue. */
  readonly initials?: string;
  readonly cue?: number;
}

/** What every part of one reading page needs. */
export interface ReaderState {
  readonly numbering: Numbering;
  readonly labels: RenderLabels;
  /** Set before ids, so that two notes can stand on one page. */
  readonly idPrefix: string;
  /** Names for the ids in `added`, `removed` and `change`; null where nobody is known. */
  readonly person: (personId: string) => ChangePerson | null;
  /** What can be done with a passage that was otherwise, by the position before it then; null: nothing. */
  readonly passageAct: ((at: number) => ReactNode) | null;
  /** The number of each line of text, see shared/document/passages.ts. */
  readonly lines: ReadonlyMap<BodyNode, number>;
  /** The footnotes to be listed, in the order of their calls. */
  readonly footnotes: readonly BodyNode[];
}

const ReaderStateContext = createContext<ReaderState | null>(null);
export const ReaderStateProvider = ReaderStateContext.Provider;

/** The state of the reading page around. */
export function useReader(): ReaderState {
  const state = useContext(ReaderStateContext);
  if (!state) throw new Error('a part of the reading page stands outside of it');
  return state;
}
