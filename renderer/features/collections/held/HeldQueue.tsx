import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { CollectionEntry } from '#shared/api/collections.ts';
import type { CarnetId, MemberId, NoteId } from '#shared/domain/ids.ts';
import { formatDate, formatDateTime, useLanguage } from '../../../i18n/index.ts';
import { useHold } from './useHold.ts';
import styles from './HeldQueue.module.css';

interface Props {
  readonly carnet: CarnetId;
  readonly known: ReadonlyMap<MemberId, CollectionEntry>;
}

/** For who manages a carnet: the notes that changed since it holds them, with what changed, and the choice to take that over or to keep what is held. */
export function HeldQueue({ carnet, known }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const hold = useHold(carnet);
  const changed = [...known.values()].flatMap(({ memberId, note, held }) =>
    held === null || held.changedAt === null || note === null
      ? []
      : [{ id: memberId as NoteId, title: note.title || t('app.untitled'), held, changedAt: held.changedAt }],
  );
  if (changed.length === 0) return null;
  return (
    <section className={styles.queue} aria-labelledby="held-queue">
      <h2 id="held-queue" className={styles.title}>
        {t('carnets.held.queue')}
      </h2>
      <p className={styles.hint}>{t('carnets.held.queueHint')}</p>
      <ul role="list" className={styles.list}>
        {changed.map(({ id, title, held, changedAt }) => (
          <li key={id} className={styles.line}>
            <div className={styles.about}>
              <span className={styles.name}>{title}</span>
              <span className={styles.hint}>
                {t('carnets.held.changed', {
                  held: formatDate(held.at, language),
                  changed: formatDateTime(changedAt, language),
                })}
              </span>
            </div>
            <div className={styles.acts}>
              {held.compares && (
                <Link to="/notes/$noteId/history" params={{ noteId: id }} search={{ since: held.seq }}>
                  {t('carnets.held.compare')}
                  <span className="visually-hidden"> – {title}</span>
                </Link>
              )}
              <Button
                size="compact-sm"
                aria-label={t('carnets.held.updateLabel', { title })}
                onClick={() =>
                  hold({
                    note: id,
                    change: { held: 'now' },
                    said: t('carnets.held.updated', { title }),
                    back: { held: held.seq, seen: held.seen },
                  })
                }
              >
                {t('carnets.held.update')}
              </Button>
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('carnets.held.keepLabel', { title })}
                onClick={() =>
                  hold({
                    note: id,
                    change: { seen: 'now' },
                    said: t('carnets.held.kept', { date: formatDate(held.at, language) }),
                    back: { seen: held.seen },
                  })
                }
              >
                {t('carnets.held.keep')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
