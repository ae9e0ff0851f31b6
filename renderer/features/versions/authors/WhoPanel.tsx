import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoteId } from '#shared/domain/ids.ts';
import { useFailure } from '../../../api/index.ts';
import { FloatingPanel } from '../../../editor/reading.ts';
import { formatDateTime, useLanguage } from '../../../i18n/index.ts';
import { Bar, IconButton, PersonMark } from '../../../ui/index.ts';
import { type Share, sharesOf } from './sharesOf.ts';
import { type AskedPassage, whoQuery } from './whoApi.ts';
import styles from './WhoPanel.module.css';

interface Props {
  readonly noteId: NoteId;
  readonly passage: AskedPassage;
  /** Where the chosen words stand in the window. */
  readonly place: DOMRect;
  readonly onClose: () => void;
}

/** « Qui a écrit ça ? »: the people of a passage, when they wrote it, and the way to that moment. */
export function WhoPanel({ noteId, passage, place, onClose }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const { data, error } = useQuery(whoQuery(noteId, passage));
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  useEffect(() => {
    const onDown = (event: PointerEvent): void => {
      if (event.target instanceof Node && panel.current?.contains(event.target) !== true) onClose();
    };
    document.addEventListener('pointerdown', onDown);
    return () => document.removeEventListener('pointerdown', onDown);
  }, [onClose]);
  return (
    <FloatingPanel
      anchor={() => place}
      placement="below"
      label={t('versions.who.title')}
      role="dialog"
      className={styles.panel ?? ''}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <div ref={panel} tabIndex={-1} className={styles.inside}>
        <div className={styles.head}>
          <h2 className={styles.title}>{t('versions.who.title')}</h2>
          <IconButton label={t('app.close')} size={26} onClick={onClose}>
            <IconX size={15} stroke={1.8} />
          </IconButton>
        </div>
        {error !== null ? (
          <p role="alert">{failure(error)}</p>
        ) : data === undefined ? (
          <div role="status" aria-label={t('app.loading')}>
            <Bar width="80%" height={12} />
          </div>
        ) : (
          <ul role="list" className={styles.list}>
            {sharesOf(data).map((share) => (
              <WhoLine key={share.person ?? ''} noteId={noteId} share={share} people={data.people} />
            ))}
          </ul>
        )}
      </div>
    </FloatingPanel>
  );
}

function WhoLine({
  noteId,
  share,
  people,
}: {
  readonly noteId: NoteId;
  readonly share: Share;
  readonly people: readonly {
    readonly id: string;
    readonly name: string;
    readonly colour: Parameters<typeof PersonMark>[0]['person']['colour'];
  }[];
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const nameOf = (id: string | null): string =>
    people.find((one) => one.id === id)?.name ?? t('versions.summary.someone');
  const person = people.find(({ id }) => id === share.person);
  const [from, to] = [formatDateTime(share.fromTime, language), formatDateTime(share.toTime, language)];
  return (
    <li className={styles.line}>
      {person !== undefined && <PersonMark person={person} size={22} />}
      <span className={styles.words}>
        <span className={styles.name}>{nameOf(share.person)}</span>
        <span className={styles.when}>
          {from === to ? t('versions.who.on', { date: to }) : t('versions.who.between', { from, to })}
        </span>
        {share.carried !== null && (
          <span className={styles.when}>
            {t(`versions.who.carried.${share.carried.kind}`, {
              name: nameOf(share.carried.person),
              date: formatDateTime(share.carried.time, language),
            })}
          </span>
        )}
        <Link
          to="/notes/$noteId/history"
          params={{ noteId }}
          search={{ view: 'time', at: share.toSeq }}
          className={styles.link}
        >
          {t('versions.who.moment')}
        </Link>
      </span>
    </li>
  );
}
