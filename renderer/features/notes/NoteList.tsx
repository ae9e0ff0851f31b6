import type { NoteSummary } from '#shared/api/notes.ts';
import { LineList } from '../../ui/index.ts';
import { NoteLine, noteLineHeight } from './NoteLine.tsx';

/** Notes as a list; a long one is virtual. */
export function NoteList({
  notes,
  label,
}: {
  readonly notes: readonly NoteSummary[];
  readonly label: string;
}) {
  return (
    <LineList
      items={notes}
      keyOf={(note) => note.id}
      lineHeight={noteLineHeight}
      label={label}
      line={(note, place) => (
        <li {...place}>
          <NoteLine note={note} />
        </li>
      )}
    />
  );
}
