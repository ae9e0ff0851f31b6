import { IconArrowBackUp, IconBookmark, IconFileImport, IconPlus, IconScissors } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SittingKind } from '#shared/domain/sittingKinds.ts';
import { columnStyles, PersonMark } from '../../../ui/index.ts';
import { formatClock } from '../formatMoment.ts';
import type { KnownSitting } from '../historyApi.ts';
import { peopleOf, useSittingSentence } from './useSittingSentence.ts';
import styles from './SittingList.module.css';

const shownPeople = 3;
const icons: Readonly<Partial<Record<SittingKind, typeof IconPlus>>> = {
  creation: IconPlus,
  restore: IconArrowBackUp,
  takeBack: IconScissors,
  putBack: IconArrowBackUp,
  import: IconFileImport,
};

interface Props {
  readonly known: KnownSitting;
  readonly isCurrent: boolean;
  /** The one that the Tab key reaches; the arrow keys go to the others. */
  readonly isFocusable: boolean;
  readonly onChoose: () => void;
}

/** One sitting: when, by whom, what; and the versions that stand in it. */
export function SittingLine({ known: { sitting, people }, isCurrent, isFocusable, onChoose }: Props) {
  const { t } = useTranslation();
  const sentence = useSittingSentence();
  const { fromTime, toTime, kind, versions } = sitting;
  const [begin, end] = [formatClock(fromTime), formatClock(toTime)];
  const Icon = icons[kind];
  const named = versions.flatMap(({ id, name }) => (name === null ? [] : [{ id, name }]));
  return (
    <button
      type="button"
      className={`${columnStyles.line} ${styles.line}`}
      aria-current={isCurrent ? 'true' : undefined}
      tabIndex={isFocusable ? 0 : -1}
      onClick={onChoose}
    >
      <span className={styles.when}>
        <time dateTime={new Date(fromTime).toISOString()}>
          {begin === end ? begin : t('versions.timeline.span', { begin, end })}
        </time>
        <span className={styles.marks} aria-hidden="true">
          {Icon === undefined ? (
            peopleOf(sitting, people)
              .slice(0, shownPeople)
              .map((person) => <PersonMark key={person.id} person={person} size={18} />)
          ) : (
            <Icon size={16} stroke={1.7} />
          )}
        </span>
      </span>
      <span className={styles.what}>
        {sentence(sitting, people)}
        {named.map(({ id, name }) => (
          <span key={id} className={styles.version}>
            <IconBookmark size={14} stroke={1.8} aria-hidden="true" />
            {t('versions.timeline.version', { name })}
          </span>
        ))}
      </span>
    </button>
  );
}
