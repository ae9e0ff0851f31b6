import { Checkbox } from '@mantine/core';
import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoteSummary } from '#shared/api/notes.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { LineList } from '../../../ui/index.ts';
import { NoteLineSkeleton, NoteLineText, noteLineHeight } from '../NoteLine.tsx';
import type { ChosenNotes } from './useChosenNotes.ts';
import styles from './ChoosableNotes.module.css';

interface Props {
  /** Null for one that is not here yet. */
  readonly notes: readonly (NoteSummary | null)[];
  readonly label: string;
  readonly choosing: ChosenNotes;
  /** A line that stays drawn: the one that has the focus. */
  readonly kept: string | null;
  readonly keyOf: (note: NoteSummary | null, index: number) => string;
  readonly onDrawn?: (first: number, last: number) => void;
}

/** Notes of which several can be chosen: by the box of each, or its whole line; Shift takes all those up to it; the arrows go from one to another, and with Shift choose on the way. */
export function ChoosableNotes({ notes, label, choosing, kept, keyOf, onDrawn }: Props) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  /** The line from which Shift chooses. */
  const anchor = useRef<number | null>(null);
  const isExtending = useRef(false);
  const idsBetween = (one: number, other: number): NoteId[] =>
    notes.slice(Math.min(one, other), Math.max(one, other) + 1).flatMap((note) => note?.id ?? []);
  const choose = (index: number, isChosen: boolean): void => {
    const from = isExtending.current ? (anchor.current ?? index) : index;
    choosing.set(idsBetween(from, index), isChosen);
    anchor.current = index;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') choosing.stop();
    isExtending.current = false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const line = (event.target as HTMLElement).closest<HTMLElement>('[data-index]');
    if (step === undefined || line === null || event.altKey || event.ctrlKey || event.metaKey) return;
    const index = Number(line.dataset['index']);
    const next = index + step;
    const box = list.current?.querySelector<HTMLElement>(`[data-index="${next}"] input`);
    event.preventDefault();
    if (box == null) return;
    if (event.shiftKey) choosing.set(idsBetween(index, next), true);
    anchor.current = next;
    box.focus();
  };
  return (
    <div
      ref={list}
      className={styles.list}
      // It only hears what its boxes do.
      role="presentation"
      onKeyDown={onKeyDown}
      onMouseDown={(event) => {
        isExtending.current = event.shiftKey;
      }}
    >
      <LineList
        items={notes}
        keyOf={keyOf}
        lineHeight={noteLineHeight}
        label={label}
        kept={kept}
        {...(onDrawn && { onDrawn })}
        line={(note, place) => (
          <li {...place} data-note={note?.id}>
            {note === null ? (
              <NoteLineSkeleton />
            ) : (
              <label
                className={styles.line}
                htmlFor={`choose-${note.id}`}
                data-chosen={choosing.chosen.has(note.id) || undefined}
              >
                <Checkbox
                  id={`choose-${note.id}`}
                  className={styles.box}
                  aria-label={t('notes.choosing.one', { title: note.title || t('app.untitled') })}
                  checked={choosing.chosen.has(note.id)}
                  onChange={(event) => choose(place['data-index'], event.currentTarget.checked)}
                />
                <div className={styles.text}>
                  <NoteLineText note={note} />
                </div>
              </label>
            )}
          </li>
        )}
      />
    </div>
  );
}
