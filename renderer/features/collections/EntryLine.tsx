import { Menu } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconArrowBarToUp,
  IconDots,
  IconEyeOff,
  IconFolder,
  IconGripVertical,
  IconPin,
  IconPinnedOff,
  IconX,
} from '@tabler/icons-react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CollectionEntry } from '#shared/api/collections.ts';
import type { CategoryContent, EntryContent } from '#shared/document/fields.ts';
import { lockWords } from '#shared/domain/lock.ts';
import { memberKindOf } from '#shared/domain/Collection.ts';
import type { CategoryId } from '#shared/domain/ids.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { Bar, IconButton, type LinePlace } from '../../ui/index.ts';
import { CollectionLink } from './CollectionLink.tsx';
import { useCollectionKind } from './kindContext.ts';
import { memberOf } from './memberOf.ts';
import styles from './CollectionPage.module.css';

/** About how high an entry is, in pixels. */
export const entryLineHeight = 92;

/** What a manager may do with one entry. */
export interface EntryActs {
  readonly categories: readonly CategoryContent[];
  move(step: -1 | 1 | 'first'): void;
  moveTo(category: CategoryId | null): void;
  pin(pinned: boolean): void;
  startDrag(event: PointerEvent): void;
}

interface Props {
  readonly entry: EntryContent;
  /** What the relay knows of it; undefined while it is being asked for. */
  readonly known: CollectionEntry | undefined;
  /** Where it stands in the list that draws it. */
  readonly place: LinePlace;
  readonly acts: EntryActs | null;
  readonly onRemove: (() => void) | null;
  readonly isDragged: boolean;
  /** Where a dragged entry would fall, if beside this one. */
  readonly drop?: 'before' | 'after' | undefined;
}

/** One note's place in a carnet, or one carnet's in a base: its title, who integrated it and when, and the acts of managers. */
export function EntryLine({ entry, known, place, acts, onRemove, isDragged, drop }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const kind = useCollectionKind();
  const member = known === undefined ? undefined : memberOf(known);
  const title = member?.title || t('app.untitled');
  const excerpt = known?.note?.excerpt ?? known?.carnet?.description ?? '';
  const onKeyDown = (event: KeyboardEvent): void => {
    if (acts === null || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    acts.move(event.key === 'ArrowUp' ? -1 : 1);
  };
  const by =
    known === undefined
      ? null
      : known.integratedBy === null
        ? t('carnets.entry.integrated', { date: formatDateTime(known.integratedAt, language) })
        : t('carnets.entry.integratedBy', {
            name: known.integratedBy.name,
            date: formatDateTime(known.integratedAt, language),
          });
  return (
    // The line itself is not an act: it hears Alt+arrows from the link and the buttons inside it.
    <li
      {...place}
      className={styles.entry}
      data-entry={entry.memberId}
      data-dragged={isDragged || undefined}
      data-drop={drop}
      onKeyDown={onKeyDown}
    >
      {acts === null ? (
        <span />
      ) : (
        <button
          type="button"
          className={styles.handle}
          data-handle={entry.memberId}
          aria-label={t('carnets.entry.drag', { title })}
          onPointerDown={acts.startDrag}
        >
          <IconGripVertical size={16} stroke={1.6} aria-hidden="true" />
        </button>
      )}
      {member === null ? (
        <span className={styles.closed}>
          <IconEyeOff size={16} stroke={1.6} aria-hidden="true" />
          {t(`${kind}s.entry.unreadable`)}
        </span>
      ) : (
        <CollectionLink kind={memberKindOf[kind]} id={entry.memberId} className={styles.link}>
          <span className={styles.name}>
            {member === undefined ? (
              <Bar width="14rem" height={16} />
            ) : (
              <span className={member.title === '' ? styles.untitled : undefined}>{title}</span>
            )}
            {entry.pinned && (
              <span className={styles.pin}>
                <IconPin size={14} stroke={1.8} aria-hidden="true" />
                {t(`${kind}s.entry.pinned`)}
              </span>
            )}
          </span>
          {excerpt !== '' && <span className={styles.excerpt}>{excerpt}</span>}
          {known?.carnet != null && (
            <span className={styles.by}>{t('carnets.memberCount', { count: known.carnet.memberCount })}</span>
          )}
          <div className={styles.by}>
            {by ?? <Bar width="18rem" height={10} />}
            {known?.note?.lock != null && ` · ${lockWords(known.note.lock, language)}`}
          </div>
        </CollectionLink>
      )}
      {acts === null && onRemove === null ? (
        <span />
      ) : (
        <Menu>
          <Menu.Target>
            <IconButton label={t('carnets.entry.menu', { title })}>
              <IconDots size={18} stroke={1.6} />
            </IconButton>
          </Menu.Target>
          <Menu.Dropdown>
            {acts !== null && (
              <>
                <Menu.Item
                  leftSection={<IconArrowUp size={16} />}
                  rightSection={<kbd>Alt+↑</kbd>}
                  onClick={() => acts.move(-1)}
                >
                  {t('carnets.entry.moveUp')}
                </Menu.Item>
                <Menu.Item
                  leftSection={<IconArrowDown size={16} />}
                  rightSection={<kbd>Alt+↓</kbd>}
                  onClick={() => acts.move(1)}
                >
                  {t('carnets.entry.moveDown')}
                </Menu.Item>
                <Menu.Item leftSection={<IconArrowBarToUp size={16} />} onClick={() => acts.move('first')}>
                  {t('carnets.entry.moveFirst')}
                </Menu.Item>
                <Menu.Item
                  leftSection={entry.pinned ? <IconPinnedOff size={16} /> : <IconPin size={16} />}
                  onClick={() => acts.pin(!entry.pinned)}
                >
                  {t(entry.pinned ? 'carnets.entry.unpin' : 'carnets.entry.pin')}
                </Menu.Item>
                {acts.categories.length > 0 && (
                  <>
                    <Menu.Divider />
                    <Menu.Label>{t('carnets.entry.moveTo')}</Menu.Label>
                    {[{ id: null, name: t('carnets.entry.noCategory') }, ...acts.categories].map(
                      (category) => (
                        <Menu.Item
                          key={category.id ?? 'none'}
                          leftSection={<IconFolder size={16} />}
                          disabled={category.id === entry.category && !entry.pinned}
                          onClick={() => acts.moveTo(category.id)}
                        >
                          {category.name}
                        </Menu.Item>
                      ),
                    )}
                  </>
                )}
              </>
            )}
            {onRemove !== null && (
              <>
                {acts !== null && <Menu.Divider />}
                <Menu.Item color="red" leftSection={<IconX size={16} />} onClick={onRemove}>
                  {t(`${kind}s.entry.remove`)}
                </Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
}
