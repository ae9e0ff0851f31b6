import { useState } from 'react';
import type { NoteSummary } from '#shared/api/notes.ts';
import { LineList } from '../../ui/index.ts';
import { ChoosableNotes } from './choosing/ChoosableNotes.tsx';
import type { ChosenNotes } from './choosing/useChosenNotes.ts';
import { NoteLine, NoteLineSkeleton, noteLineHeight } from './NoteLine.tsx';

interface Props {
  /** Null for one that is not here yet. */
  readonly notes: readonly (NoteSummary | null)[];
  readonly label: string;
  /** Given: notes are chosen in it, and none is opened. */
  readonly choosing?: ChosenNotes;
  /** Called with the first and the last index drawn, of a long list. */
  readonly onDrawn?: (first: number, last: number) => void;
}

const keyOf = (note: NoteSummary | null, index: number): string => note?.id ?? `place ${index}`;

/** Notes as a list; a long one is virtual. */
export function NoteList({ notes, label, choosing, onDrawn }: Props) {
  const [focused, setFocused] = useState<string | null>(null);
  return (
    <div
      onFocus={(event) =>
        setFocused(event.target.closest<HTMLElement>('[data-note]')?.dataset['note'] ?? null)
      }
    >
      {choosing?.isOn === true ? (
        <ChoosableNotes
          notes={notes}
          label={label}
          choosing={choosing}
          kept={focused}
          keyOf={keyOf}
          {...(onDrawn && { onDrawn })}
        />
      ) : (
        <LineList
          items={notes}
          keyOf={keyOf}
          lineHeight={noteLineHeight}
          label={label}
          kept={focused}
          {...(onDrawn && { onDrawn })}
          line={(note, place) => (
            <li {...place} data-note={note?.id}>
              {note === null ? <NoteLineSkeleton /> : <NoteLine note={note} />}
            </li>
          )}
        />
      )}
    </div>
  );
}
