import { useVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import type { NoteSummary } from '#shared/api/notes.ts';
import { useShell } from '../../ui/index.ts';
import { NoteLine, noteLineHeight } from './NoteLine.tsx';

/** From so many lines on, only those near the window are drawn. */
const virtualFrom = 100;

/** Notes as a list; a long one is virtual. */
export function NoteList({
  notes,
  label,
}: {
  readonly notes: readonly NoteSummary[];
  readonly label: string;
}) {
  if (notes.length > virtualFrom) return <VirtualNoteList notes={notes} label={label} />;
  return (
    <ul role="list" aria-label={label}>
      {notes.map((note) => (
        <li key={note.id}>
          <NoteLine note={note} />
        </li>
      ))}
    </ul>
  );
}

function VirtualNoteList({
  notes,
  label,
}: {
  readonly notes: readonly NoteSummary[];
  readonly label: string;
}) {
  const { scroller } = useShell();
  const list = useRef<HTMLUListElement>(null);
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => setOffset(list.current?.offsetTop ?? 0), []);
  const virtual = useVirtualizer({
    count: notes.length,
    getScrollElement: () => scroller,
    estimateSize: () => noteLineHeight,
    getItemKey: (index) => notes[index]?.id ?? index,
    overscan: 8,
    scrollMargin: offset,
  });
  return (
    <ul
      role="list"
      aria-label={label}
      ref={list}
      style={{ height: virtual.getTotalSize(), position: 'relative' }}
    >
      {virtual.getVirtualItems().map((item) => {
        const note = notes[item.index];
        return note === undefined ? null : (
          <li
            key={item.key}
            aria-setsize={notes.length}
            aria-posinset={item.index + 1}
            style={{
              position: 'absolute',
              insetInline: 0,
              height: item.size,
              transform: `translateY(${item.start - offset}px)`,
            }}
          >
            <NoteLine note={note} />
          </li>
        );
      })}
    </ul>
  );
}
