import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { VersionSummary } from '#shared/api/versions.ts';
import type { VersionId } from '#shared/domain/ids.ts';
import { useLanguage } from '../../i18n/index.ts';
import { columnStyles } from '../../ui/index.ts';
import { groupByDay, type VersionDay } from './groupByDay.ts';
import { VersionLine } from './VersionLine.tsx';
import styles from './VersionList.module.css';

/** Others, behind those that are here. */
export interface MoreVersions {
  readonly isLoading: boolean;
  readonly load: () => void;
}

interface Props {
  readonly versions: readonly VersionSummary[];
  readonly more: MoreVersions | null;
  readonly selected: VersionId | null;
  readonly onSelect: (version: VersionSummary) => void;
}

/** The versions of a note by day, newest first; one of them is shown on the page. */
export function VersionList({ versions, more, selected, onSelect }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [now] = useState(() => Date.now());
  const days = groupByDay(versions, now, language);
  const titleOf = (day: VersionDay): string =>
    day.age === 0 ? t('versions.today') : day.age === 1 ? t('versions.yesterday') : day.date;
  return (
    <nav aria-label={t('versions.list')}>
      {days.map((day) => (
        <section key={day.key} aria-label={titleOf(day)}>
          <h3 className={styles.day}>{titleOf(day)}</h3>
          <ol role="list">
            {day.versions.map((version) => (
              <li key={version.id}>
                <button
                  type="button"
                  className={`${columnStyles.line} ${styles.line}`}
                  aria-current={version.id === selected ? 'true' : undefined}
                  onClick={() => onSelect(version)}
                >
                  <VersionLine version={version} />
                </button>
              </li>
            ))}
          </ol>
        </section>
      ))}
      {more !== null && (
        <Button
          className={styles.more}
          size="compact-sm"
          variant="default"
          loading={more.isLoading}
          onClick={more.load}
        >
          {t('versions.older')}
        </Button>
      )}
    </nav>
  );
}
