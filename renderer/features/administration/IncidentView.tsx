import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IncidentLine } from '#shared/api/incidents.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { formatDay } from './formatDay.ts';
import { IncidentForm } from './IncidentForm.tsx';
import page from './AdministrationPage.module.css';
import styles from './Incidents.module.css';

type Entry = IncidentLine['entries'][number];

/** One incident: the statement that stands, and those that stood before it. */
export function IncidentView({ incident }: { readonly incident: IncidentLine }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const heading = useId();
  const [isOpen, setOpen] = useState(false);
  const last = incident.entries.at(-1);
  if (last === undefined) return null;
  const { occurredFrom, occurredUntil, isSerious, commissionToldOn, peopleToldOn } = last;
  const isToBeTold = isSerious && (commissionToldOn === null || peopleToldOn === null);
  const from = formatDay(occurredFrom, language);
  const before = incident.entries.slice(0, -1).toReversed();
  return (
    <article className={styles.incident} aria-labelledby={heading}>
      <h2 className={styles.heading} id={heading}>
        {occurredUntil === null
          ? t('administration.incidents.on', { date: from })
          : t('administration.incidents.between', { from, until: formatDay(occurredUntil, language) })}
      </h2>
      <p className={styles.risk} data-serious={isSerious}>
        {isSerious ? (
          <IconAlertTriangle size={16} stroke={1.8} aria-hidden="true" />
        ) : (
          <IconCircleCheck size={16} stroke={1.8} aria-hidden="true" />
        )}
        {t(isSerious ? 'administration.incidents.serious' : 'administration.incidents.notSerious')}
      </p>
      {isToBeTold && <p className={styles.toTell}>{t('administration.incidents.toTell')}</p>}
      <Statement entry={last} />
      {isOpen ? (
        <IncidentForm incident={incident} onDone={() => setOpen(false)} />
      ) : (
        <div>
          <Button
            size="compact-md"
            variant="default"
            aria-describedby={heading}
            onClick={() => setOpen(true)}
          >
            {t('administration.incidents.amend')}
          </Button>
        </div>
      )}
      {before.length > 0 && (
        <details className={styles.before}>
          <summary>{t('administration.incidents.before', { count: before.length })}</summary>
          {before.map((entry) => (
            <Statement key={entry.number} entry={entry} />
          ))}
        </details>
      )}
    </article>
  );
}

/** What was stated, by whom and when. */
function Statement({ entry }: { readonly entry: Entry }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const day = (value: string | null): string | null => (value === null ? null : formatDay(value, language));
  const { what, information, peopleCount, why, measures, knownOn, peopleToldOn, commissionToldOn } = entry;
  const lines = [
    ['what', what],
    ['information', information],
    ['peopleCount', peopleCount === null ? t('administration.incidents.unknown') : String(peopleCount)],
    ['why', why],
    ['measures', measures],
    ['knownOn', day(knownOn)],
    ['peopleToldOn', day(peopleToldOn) ?? t('administration.incidents.notTold')],
    ['commissionToldOn', day(commissionToldOn) ?? t('administration.incidents.commissionNotTold')],
  ] as const;
  return (
    <div className={styles.statement}>
      <p className={page.hint}>
        {t(
          entry.reason === null ? 'administration.incidents.enteredBy' : 'administration.incidents.amendedBy',
          {
            name: entry.by?.name ?? t('administration.someone'),
            date: formatDateTime(entry.at, language),
          },
        )}
        {entry.reason !== null && ` ${entry.reason}`}
      </p>
      <dl className={styles.answers}>
        {lines.map(([name, value]) =>
          value === '' || value === null ? null : (
            <div key={name}>
              <dt>{t(`administration.incidents.fields.${name}`)}</dt>
              <dd>{value}</dd>
            </div>
          ),
        )}
      </dl>
    </div>
  );
}
