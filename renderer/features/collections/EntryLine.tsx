import { Button } from '@mantine/core';
import { IconEyeOff, IconPin, IconTrash } from '@tabler/icons-react';
import { type KeyboardEvent, memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AwayEntry, CollectionEntry } from '#shared/api/collections.ts';
import type { EntryContent } from '#shared/document/fields.ts';
import { lockWords } from '#shared/domain/lock.ts';
import { memberKindOf } from '#shared/domain/Collection.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { Bar, type LinePlace } from '../../ui/index.ts';
import type { EntryActs } from './EntryActs.ts';
import { gripMark } from './entryMarks.tsx';
import { EntryLink } from './held/EntryLink.tsx';
import { EntryMenu } from './EntryMenu.tsx';
import { useCollectionKind } from './kindContext.ts';
import { memberOf } from './memberOf.ts';
import { useRestoreMember } from './useRestoreMember.ts';
import styles from './CollectionPage.module.css';

/** About how high an entry is, in pixels. */
export const entryLineHeight = 92;

interface BodyProps {
  readonly entry: EntryContent;
  /** What the relay knows of it; undefined while it is being asked for. */
  readonly known: CollectionEntry | undefined;
  /** What the relay knows of one that is in the trash, or gone. */
  readonly away?: AwayEntry | undefined;
  readonly acts: EntryActs | null;
  readonly onRemove: ((entry: EntryContent) => void) | null;
}

interface Props extends BodyProps {
  /** Where it stands in the list that draws it. */
  readonly place: LinePlace;
  readonly isDragged: boolean;
  /** Where a dragged entry would fall, if beside this one. */
  readonly drop?: 'before' | 'after' | undefined;
}

/** One note's place in a carnet, or one carnet's in a base: its title, who integrated it and when, and the acts of managers. */
export function EntryLine({ place, isDragged, drop, ...shown }: Props) {
  const { entry, acts } = shown;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (acts === null || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    acts.move(entry, event.key === 'ArrowUp' ? -1 : 1);
  };
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
      <EntryBody {...shown} />
    </li>
  );
}

/** What a line says. The line itself moves with each step of a scroll; this is drawn once. */
const EntryBody = memo(function EntryBody({ entry, known, away, acts, onRemove }: BodyProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const kind = useCollectionKind();
  const member = known === undefined ? undefined : memberOf(known);
  const held = known?.held ?? null;
  const title = member?.title || away?.title || t('app.untitled');
  const excerpt = known?.note?.excerpt ?? known?.carnet?.description ?? '';
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
    <>
      {acts === null ? (
        <span />
      ) : (
        <button
          type="button"
          className={styles.handle}
          data-handle={entry.memberId}
          aria-label={t('carnets.entry.drag', { title })}
          onPointerDown={(event) => acts.startDrag(event, entry)}
        >
          {gripMark}
        </button>
      )}
      {away !== undefined ? (
        <AwayBody away={away} />
      ) : member === null ? (
        <span className={styles.closed}>
          <IconEyeOff size={16} stroke={1.6} aria-hidden="true" />
          {t(`${kind}s.entry.unreadable`)}
        </span>
      ) : (
        <EntryLink
          to={`/${memberKindOf[kind]}s/${entry.memberId}`}
          member={entry.memberId}
          isHeld={held !== null && held.opens && held.isBehind}
          className={styles.link}
        >
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
          {held !== null && (
            <div className={styles.by}>
              {t(held.opens ? 'carnets.held.mark' : 'carnets.held.closed', {
                date: formatDateTime(held.at, language),
              })}
            </div>
          )}
        </EntryLink>
      )}
      {acts === null && onRemove === null ? (
        <span />
      ) : (
        <EntryMenu label={t('carnets.entry.menu', { title })} entry={entry} acts={acts} onRemove={onRemove} />
      )}
    </>
  );
});

/** In the place of a note, or a carnet, that is in the trash or gone: it is kept for when it comes back. */
function AwayBody({ away: { memberId, title, trashedAt, canRestore } }: { readonly away: AwayEntry }) {
  const { t } = useTranslation();
  const kind = useCollectionKind();
  const restore = useRestoreMember(memberKindOf[kind]);
  const name = title || t('app.untitled');
  return (
    <span className={styles.closed}>
      <IconTrash size={16} stroke={1.6} aria-hidden="true" />
      <span className={styles.away}>
        {trashedAt === null
          ? t(`${kind}s.entry.gone`)
          : title === null
            ? t(`${kind}s.entry.inTrashClosed`)
            : t('carnets.entry.inTrash', { title: name })}
      </span>
      {canRestore && (
        <Button
          size="compact-sm"
          variant="light"
          aria-label={t('carnets.entry.restoreLabel', { title: name })}
          loading={restore.isPending}
          onClick={() => restore.mutate(memberId)}
        >
          {t('carnets.entry.restore')}
        </Button>
      )}
    </span>
  );
}
