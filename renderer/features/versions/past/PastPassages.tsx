import { useQuery } from '@tanstack/react-query';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { PastSearch } from '#shared/api/history.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { useFailure } from '../../../api/index.ts';
import { formatDateTime, useLanguage } from '../../../i18n/index.ts';
import { columnStyles, RowSkeletons, stepFocus } from '../../../ui/index.ts';
import { leastLetters, type PastPassage, pastSearchQuery } from './pastApi.ts';
import type { PastSearchState } from './usePastSearch.ts';
import styles from './PastPassages.module.css';

interface Props {
  readonly noteId: NoteId;
  readonly search: Pick<PastSearchState, 'searched' | 'chosen' | 'onChosen'>;
  readonly list: RefObject<HTMLUListElement | null>;
  /** Told the row at which a chosen passage is to be seen. */
  readonly onMoment: (seq: number) => void;
}

/** Where the words ever stood, each with when they came and when they went, and by whom; those that are gone can be seen as they last stood. */
export function PastPassages({ noteId, search, list, onMoment }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const { searched: text, chosen, onChosen } = search;
  const { data, error, isPlaceholderData } = useQuery(pastSearchQuery(noteId, text));
  if (text.length < leastLetters) return <p className={styles.status}>{t('versions.past.more')}</p>;
  if (error !== null)
    return (
      <p className={styles.status} role="alert">
        {failure(error)}
      </p>
    );
  if (data === undefined) return <RowSkeletons count={4} height={64} label={t('app.loading')} />;
  return (
    <div className={styles.scroller} aria-busy={isPlaceholderData}>
      <p className={styles.status} role="status">
        {data.passages.length === 0
          ? t('versions.past.none', { text })
          : t('versions.past.found', { count: data.passages.length })}
      </p>
      <ul
        role="list"
        ref={list}
        aria-label={t('versions.past.list')}
        onKeyDown={(event) => stepFocus(event, list.current, 'button')}
      >
        {data.passages.map((passage) => (
          <PassageLine
            key={`${passage.came.seq} ${passage.went?.seq ?? ''} ${passage.before}`}
            passage={passage}
            people={data.people}
            isChosen={chosen !== null && isSame(chosen, passage)}
            onChoose={(seq) => {
              onChosen(passage);
              onMoment(seq);
            }}
          />
        ))}
      </ul>
    </div>
  );
}

const isSame = (a: PastPassage, b: PastPassage): boolean =>
  a.came.seq === b.came.seq && a.before === b.before && a.went?.seq === b.went?.seq;

function PassageLine({
  passage,
  people,
  isChosen,
  onChoose,
}: {
  readonly passage: PastPassage;
  readonly people: PastSearch['people'];
  readonly isChosen: boolean;
  readonly onChoose: (seq: number) => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { text, before, after, inTitle, author, came, went } = passage;
  const nameOf = (id: string | null): string =>
    people.find((one) => one.id === id)?.name ?? t('versions.summary.someone');
  const date = (time: number): string => formatDateTime(time, language);
  return (
    <li className={styles.passage} data-gone={went !== null}>
      <button
        type="button"
        className={`${columnStyles.line} ${styles.line}`}
        aria-current={isChosen ? 'true' : undefined}
        onClick={() => onChoose(came.seq)}
      >
        <span className={styles.words}>
          {before.length > shownAround && '…'}
          {before.slice(-shownAround)}
          <mark>{text}</mark>
          {after.slice(0, shownAround)}
          {after.length > shownAround && '…'}
        </span>
        <span className={styles.when}>
          {inTitle && `${t('versions.past.inTitle')} `}
          {went === null
            ? t('versions.past.here', { name: nameOf(author), came: date(came.time) })
            : t('versions.past.gone', {
                name: nameOf(author),
                came: date(came.time),
                remover: nameOf(went.person),
                went: date(went.time),
              })}
        </span>
      </button>
      {went !== null && went.seq - 1 > came.seq && (
        <button type="button" className={styles.last} onClick={() => onChoose(went.seq - 1)}>
          {t('versions.past.last')}
        </button>
      )}
    </li>
  );
}

const shownAround = 34;
