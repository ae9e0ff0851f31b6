import { Button } from '@mantine/core';
import { IconScissors } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sitting, Sittings } from '#shared/api/history.ts';
import { formatDate, useLanguage } from '../../../i18n/index.ts';
import { Bar } from '../../../ui/index.ts';
import type { KnownSitting } from '../historyApi.ts';
import { SittingLine } from './SittingLine.tsx';
import styles from './SittingList.module.css';

interface Props {
  /** Its place in the list, from the newest; and among how many. */
  readonly index: number;
  readonly total: number;
  /** Where it stands, in pixels from the top of the list. */
  readonly start: number;
  readonly measure: (element: HTMLLIElement | null) => void;
  /** Undefined until they are known. */
  readonly sitting: Sitting | undefined;
  readonly people: Sittings['people'] | undefined;
  /** When the sitting above was; null for none above, or for one that is not known. */
  readonly newer: number | null;
  readonly isCurrent: boolean;
  readonly isFocusable: boolean;
  readonly onChoose: (sitting: Sitting) => void;
  readonly onTakeBack: ((known: KnownSitting) => void) | null;
}

/** A place in the list of sittings. Drawn anew only when it changed: the list around it is, at each frame in which it scrolls. */
export const SittingItem = memo(function SittingItem({
  index,
  total,
  start,
  measure,
  sitting,
  people,
  newer,
  isCurrent,
  isFocusable,
  onChoose,
  onTakeBack,
}: Props) {
  const { t } = useTranslation();
  return (
    <li
      ref={measure}
      data-index={index}
      aria-setsize={total}
      aria-posinset={index + 1}
      className={styles.place}
      style={{ transform: `translateY(${start}px)` }}
    >
      {sitting === undefined || people === undefined ? (
        <div className={styles.waiting}>
          <Bar width="70%" height={12} />
        </div>
      ) : (
        <>
          <DayTitle time={sitting.toTime} newer={index === 0 ? null : (newer ?? sitting.toTime)} />
          <SittingLine
            known={{ sitting, people }}
            isCurrent={isCurrent}
            isFocusable={isFocusable}
            onChoose={() => onChoose(sitting)}
          />
          {isCurrent && sitting.kind !== 'creation' && onTakeBack !== null && (
            <Button
              size="compact-sm"
              variant="subtle"
              className={styles.act ?? ''}
              leftSection={<IconScissors size={15} stroke={1.7} />}
              onClick={() => onTakeBack({ sitting, people })}
            >
              {t('versions.takeBack.sitting')}
            </Button>
          )}
        </>
      )}
    </li>
  );
});

/** The day over the newest sitting of it. @param newer - when the sitting above was; null for none. */
function DayTitle({ time, newer }: { readonly time: number; readonly newer: number | null }) {
  const language = useLanguage();
  const day = formatDate(time, language);
  if (newer !== null && formatDate(newer, language) === day) return null;
  return <h3 className={styles.day}>{day}</h3>;
}
