import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import type { AwayEntry, CollectionEntry } from '#shared/api/collections.ts';
import { type CategoryContent, type EntryContent, maxCategoriesInList } from '#shared/document/fields.ts';
import type { CategoryId, MemberId } from '#shared/domain/ids.ts';
import { LineList, type LinePlace, notify, notifyProblem, useShell } from '../../ui/index.ts';
import { type CollectionContentNow, type CollectionSection, sectionsOf } from './collectionContent.ts';
import {
  createCategory,
  moveCategory,
  moveEntry,
  pinEntry,
  removeCategory,
  renameCategory,
} from './collectionEdits.ts';
import { CategoryHead } from './CategoryHead.tsx';
import type { EntryActs } from './EntryActs.ts';
import { EntryLine, entryLineHeight } from './EntryLine.tsx';
import { useCollectionKind } from './kindContext.ts';
import { titleOfMember } from './memberOf.ts';
import { stepPlace } from './stepPlace.ts';
import { type DropPlace, useEntryDrag } from './useEntryDrag.ts';
import { useFocusMoved } from './useFocusMoved.ts';
import { NewNamed } from './NameForm.tsx';
import styles from './CollectionPage.module.css';

const keyOf = ({ memberId }: EntryContent): string => memberId;

interface Props {
  readonly content: CollectionContentNow;
  /** The list of categories that arranges the page, and its name. */
  readonly categories: readonly CategoryContent[];
  readonly list: string;
  readonly known: ReadonlyMap<MemberId, CollectionEntry>;
  /** Of those that are in the trash, or gone. They keep their place and are not counted. */
  readonly away: ReadonlyMap<MemberId, AwayEntry>;
  /** The live document of a manager; null for those who read. */
  readonly doc: Y.Doc | null;
  /** The way to take an entry out, for who may. */
  readonly removalOf: (entry: EntryContent) => (() => void) | null;
  /** The way to hold a note as it is now, or to follow it again; null in a base. */
  readonly onHold: ((entry: EntryContent, isHeld: boolean) => void) | null;
}

/** On which side of a line the dragged entry would fall, if beside it. */
function dropBeside(
  section: CollectionSection,
  memberId: MemberId,
  dragged: MemberId | undefined,
  dropIndex: number | null,
): 'before' | 'after' | undefined {
  if (dropIndex === null || memberId === dragged) return undefined;
  const others = section.entries.filter((entry) => entry.memberId !== dragged);
  if (others[dropIndex]?.memberId === memberId) return 'before';
  return dropIndex === others.length && others.at(-1)?.memberId === memberId ? 'after' : undefined;
}

/** The notes of a carnet, or the carnets of a base, by category, in their manual order; managers move them by drag, by keyboard and by menu. */
export function EntrySections({ content, categories, list, known, away, doc, removalOf, onHold }: Props) {
  const { t } = useTranslation();
  const kind = useCollectionKind();
  const { scroller } = useShell();
  const root = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState('');
  const [kept, setKept] = useState<MemberId | null>(null);
  const focusMoved = useFocusMoved(root, content);
  const focusLater = useCallback(
    (memberId: MemberId): void => {
      focusMoved(memberId);
      setKept(memberId);
    },
    [focusMoved],
  );
  const sections = useMemo(() => sectionsOf(content, categories), [content, categories]);
  const titleOf = useCallback(
    (memberId: MemberId): string =>
      titleOfMember(known.get(memberId)) || away.get(memberId)?.title || t('app.untitled'),
    [known, away, t],
  );

  const place = useCallback(
    (memberId: MemberId, section: CollectionSection, index: number): void => {
      if (doc === null) return;
      moveEntry(doc, memberId, { section, index });
      const others = section.entries.filter((entry) => entry.memberId !== memberId).length;
      setSaid(t('carnets.entry.moved', { title: titleOf(memberId), position: index + 1, total: others + 1 }));
    },
    [doc, t, titleOf],
  );
  const onDrop = useCallback(
    (memberId: MemberId, drop: DropPlace) => {
      const section = sections.find((candidate) => candidate.key === drop.section);
      if (section !== undefined) place(memberId, section, drop.index);
    },
    [sections, place],
  );
  const { drag, start } = useEntryDrag(root, scroller, onDrop);

  const step = (entry: EntryContent, direction: -1 | 1 | 'first'): void => {
    const next = stepPlace(sections, entry.memberId, direction);
    if (next === null) return;
    focusLater(entry.memberId);
    place(entry.memberId, next.section, next.index);
  };
  const moveTo = (entry: EntryContent, category: CategoryId | null): void => {
    if (doc === null) return;
    const section =
      sections.find((candidate) => !candidate.pinned && candidate.category === category) ??
      ({
        key: 'free',
        pinned: false,
        category,
        name: null,
        list: categories.map(({ id }) => id),
        entries: [],
      } satisfies CollectionSection);
    focusLater(entry.memberId);
    moveEntry(doc, entry.memberId, { section, index: section.entries.length });
    setSaid(
      t('carnets.entry.movedTo', {
        title: titleOf(entry.memberId),
        category: section.name ?? t('carnets.entry.noCategory'),
      }),
    );
  };
  const now = { step, moveTo, onHold, remove: (entry: EntryContent) => removalOf(entry)?.() };
  const latest = useRef(now);
  useEffect(() => {
    latest.current = now;
  });
  // The same for every line and every scroll: a line whose entry stays is not drawn again.
  const acts = useMemo(
    (): EntryActs | null =>
      doc === null
        ? null
        : {
            categories,
            move: (entry, direction) => latest.current.step(entry, direction),
            moveTo: (entry, category) => latest.current.moveTo(entry, category),
            pin: (entry, pinned) => {
              focusLater(entry.memberId);
              pinEntry(doc, entry.memberId, pinned);
            },
            hold: kind === 'carnet' ? (entry, isHeld) => latest.current.onHold?.(entry, isHeld) : null,
            startDrag: (event, entry) => start(event, entry.memberId),
          },
    [doc, kind, categories, start, focusLater],
  );
  const remove = useCallback((entry: EntryContent) => latest.current.remove(entry), []);
  const line = (entry: EntryContent, linePlace: LinePlace, drop: 'before' | 'after' | undefined) => (
    <EntryLine
      entry={entry}
      place={linePlace}
      drop={drop}
      known={known.get(entry.memberId)}
      away={away.get(entry.memberId)}
      isDragged={drag?.memberId === entry.memberId}
      onRemove={removalOf(entry) === null ? null : remove}
      acts={acts}
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
        if (focused !== undefined) setKept(focused as MemberId);
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
                count={section.entries.filter(({ memberId }) => !away.has(memberId)).length}
                onUp={mover(category, -1)}
                onDown={mover(category, 1)}
                onRename={doc === null ? null : (name) => renameCategory(doc, category, name)}
                onRemove={
                  doc === null
                    ? null
                    : () => {
                        const undo = removeCategory(doc, category);
                        notify(t(`${kind}s.category.removed`, { name: section.name ?? '' }), {
                          label: t('app.undo'),
                          act: undo,
                        });
                      }
                }
              />
            )}
            <LineList
              items={section.entries}
              keyOf={keyOf}
              lineHeight={entryLineHeight}
              total={content.entries.length}
              kept={drag?.memberId ?? kept}
              line={(entry, linePlace) =>
                line(entry, linePlace, dropBeside(section, entry.memberId, drag?.memberId, dropIndex))
              }
            />
            {dropIndex !== null && section.entries.length === 0 && (
              <div className={styles.drop} aria-hidden="true" />
            )}
            {section.entries.length === 0 && section.name !== null && (
              <p className={styles.empty}>{t(`${kind}s.category.empty`)}</p>
            )}
          </section>
        );
      })}
      {doc !== null && (
        <NewNamed
          label={t('carnets.category.new')}
          icon={<IconPlus size={15} />}
          field={t('carnets.category.name')}
          full={
            categories.length < maxCategoriesInList
              ? null
              : t('carnets.category.full', { count: maxCategoriesInList })
          }
          onName={(name) => {
            if (createCategory(doc, name, list) === null)
              notifyProblem(t('carnets.category.noRoom', { name, count: maxCategoriesInList }));
          }}
        />
      )}
    </div>
  );
}
