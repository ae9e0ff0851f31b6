import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import type { CarnetEntry } from '#shared/api/carnets.ts';
import { type CategoryContent, type EntryContent, maxCategoriesInList } from '#shared/document/fields.ts';
import type { CategoryId, NoteId } from '#shared/domain/ids.ts';
import { LineList, type LinePlace, notify, useShell } from '../../ui/index.ts';
import { type CarnetContentNow, type CarnetSection, sectionsOf } from './carnetContent.ts';
import {
  createCategory,
  moveCategory,
  moveEntry,
  pinEntry,
  removeCategory,
  renameCategory,
} from './carnetEdits.ts';
import { CategoryHead, NewCategory } from './CategoryHead.tsx';
import { EntryLine, entryLineHeight } from './EntryLine.tsx';
import { stepPlace } from './stepPlace.ts';
import { type DropPlace, useEntryDrag } from './useEntryDrag.ts';
import styles from './CarnetPage.module.css';

interface Props {
  readonly content: CarnetContentNow;
  /** The list of categories that arranges the page, and its name. */
  readonly categories: readonly CategoryContent[];
  readonly list: string;
  readonly known: ReadonlyMap<NoteId, CarnetEntry>;
  /** The live document of a manager; null for those who read. */
  readonly doc: Y.Doc | null;
  /** The way to take an entry out, for who may. */
  readonly removalOf: (entry: EntryContent) => (() => void) | null;
}

/** On which side of a line the dragged entry would fall, if beside it. */
function dropBeside(
  section: CarnetSection,
  noteId: NoteId,
  dragged: NoteId | undefined,
  dropIndex: number | null,
): 'before' | 'after' | undefined {
  if (dropIndex === null || noteId === dragged) return undefined;
  const others = section.entries.filter((entry) => entry.noteId !== dragged);
  if (others[dropIndex]?.noteId === noteId) return 'before';
  return dropIndex === others.length && others.at(-1)?.noteId === noteId ? 'after' : undefined;
}

/** The notes of a carnet, by category, in their manual order; managers move them by drag, by keyboard and by menu. */
export function EntrySections({ content, categories, list, known, doc, removalOf }: Props) {
  const { t } = useTranslation();
  const { scroller } = useShell();
  const root = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState('');
  const focusNext = useRef<NoteId | null>(null);
  const [kept, setKept] = useState<NoteId | null>(null);
  const focusLater = (noteId: NoteId): void => {
    focusNext.current = noteId;
    setKept(noteId);
  };
  const sections = useMemo(() => sectionsOf(content, categories), [content, categories]);
  const titleOf = useCallback(
    (noteId: NoteId): string => known.get(noteId)?.note?.title || t('app.untitled'),
    [known, t],
  );

  const place = useCallback(
    (noteId: NoteId, section: CarnetSection, index: number): void => {
      if (doc === null) return;
      moveEntry(doc, noteId, { section, index });
      const others = section.entries.filter((entry) => entry.noteId !== noteId).length;
      setSaid(t('carnets.entry.moved', { title: titleOf(noteId), position: index + 1, total: others + 1 }));
    },
    [doc, t, titleOf],
  );
  const onDrop = useCallback(
    (noteId: NoteId, drop: DropPlace) => {
      const section = sections.find((candidate) => candidate.key === drop.section);
      if (section !== undefined) place(noteId, section, drop.index);
    },
    [sections, place],
  );
  const { drag, start } = useEntryDrag(root, scroller, onDrop);

  // A line that moved is drawn elsewhere: the focus goes with it.
  useEffect(() => {
    if (focusNext.current === null) return;
    root.current?.querySelector<HTMLElement>(`[data-handle="${focusNext.current}"]`)?.focus();
    focusNext.current = null;
  }, [content]);

  const step = (entry: EntryContent, direction: -1 | 1 | 'first'): void => {
    const next = stepPlace(sections, entry.noteId, direction);
    if (next === null) return;
    focusLater(entry.noteId);
    place(entry.noteId, next.section, next.index);
  };
  const line = (entry: EntryContent, linePlace: LinePlace, drop: 'before' | 'after' | undefined) => (
    <EntryLine
      entry={entry}
      place={linePlace}
      drop={drop}
      known={known.get(entry.noteId)}
      isDragged={drag?.noteId === entry.noteId}
      onRemove={removalOf(entry)}
      acts={
        doc === null
          ? null
          : {
              categories,
              move: (direction) => step(entry, direction),
              moveTo: (category) => {
                const section =
                  sections.find((candidate) => !candidate.pinned && candidate.category === category) ??
                  ({
                    key: 'free',
                    pinned: false,
                    category,
                    name: null,
                    list: categories.map(({ id }) => id),
                    entries: [],
                  } satisfies CarnetSection);
                focusLater(entry.noteId);
                moveEntry(doc, entry.noteId, { section, index: section.entries.length });
                setSaid(
                  t('carnets.entry.movedTo', {
                    title: titleOf(entry.noteId),
                    category: section.name ?? t('carnets.entry.noCategory'),
                  }),
                );
              },
              pin: (pinned) => {
                focusLater(entry.noteId);
                pinEntry(doc, entry.noteId, pinned);
              },
              startDrag: (event) => start(event, entry.noteId),
            }
      }
    />
  );

  const mover = (id: CategoryId, by: -1 | 1): (() => void) | null => {
    const isThere = categories[categories.findIndex((category) => category.id === id) + by] !== undefined;
    return doc !== null && isThere ? () => moveCategory(doc, id, by) : null;
  };

  return (
    <div
      ref={root}
      className={drag === null ? undefined : styles.dragging}
      onFocus={(event) => {
        const focused = event.target.closest<HTMLElement>('[data-entry]')?.dataset['entry'];
        if (focused !== undefined) setKept(focused as NoteId);
      }}
    >
      <div className="visually-hidden" role="status" aria-live="assertive">
        {said}
      </div>
      {sections.map((section) => {
        const { category } = section;
        const dropIndex = drag?.place?.section === section.key ? drag.place.index : null;
        return (
          <section key={section.key} className={styles.section} data-section={section.key}>
            {section.name !== null && category !== null && (
              <CategoryHead
                name={section.name}
                count={section.entries.length}
                onUp={mover(category, -1)}
                onDown={mover(category, 1)}
                onRename={doc === null ? null : (name) => renameCategory(doc, category, name)}
                onRemove={
                  doc === null
                    ? null
                    : () => {
                        const undo = removeCategory(doc, category);
                        notify(t('carnets.category.removed', { name: section.name ?? '' }), {
                          label: t('app.undo'),
                          act: undo,
                        });
                      }
                }
              />
            )}
            <LineList
              items={section.entries}
              keyOf={(entry) => entry.noteId}
              lineHeight={entryLineHeight}
              total={content.entries.length}
              kept={drag?.noteId ?? kept}
              line={(entry, linePlace) =>
                line(entry, linePlace, dropBeside(section, entry.noteId, drag?.noteId, dropIndex))
              }
            />
            {dropIndex !== null && section.entries.length === 0 && (
              <div className={styles.drop} aria-hidden="true" />
            )}
            {section.entries.length === 0 && section.name !== null && (
              <p className={styles.empty}>{t('carnets.category.empty')}</p>
            )}
          </section>
        );
      })}
      {doc !== null &&
        (categories.length < maxCategoriesInList ? (
          <NewCategory onCreate={(name) => createCategory(doc, name, list)} />
        ) : (
          <p className={styles.empty}>{t('carnets.category.full', { count: maxCategoriesInList })}</p>
        ))}
    </div>
  );
}
