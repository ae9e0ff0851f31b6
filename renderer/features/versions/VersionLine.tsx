import { useTranslation } from 'react-i18next';
import type { VersionSummary } from '#shared/api/versions.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { PersonMark } from '../../ui/index.ts';
import { formatClock } from './formatMoment.ts';
import { useVersionName } from './useVersionName.ts';
import styles from './VersionList.module.css';

const shownPeople = 3;

/** One version in the list: when, what it is called, who wrote, how much. */
export function VersionLine({ version }: { readonly version: VersionSummary }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const nameOf = useVersionName();
  const { contributors, person } = version;
  const names = contributors.map((one) => one.name).join(', ');
  return (
    <>
      <span className={styles.when}>
        <time
          dateTime={new Date(version.createdAt).toISOString()}
          title={formatDateTime(version.createdAt, language)}
        >
          {formatClock(version.createdAt)}
        </time>
      </span>
      <span className={styles.what}>
        <span className={version.name === null ? styles.kind : styles.name}>{nameOf(version)}</span>
        {version.remark !== null && <span className={styles.remark}>{version.remark}</span>}
        {contributors.length > 0 && (
          <span className={styles.people}>
            <span className={styles.marks}>
              {contributors.slice(0, shownPeople).map((one) => (
                <PersonMark key={one.id} person={one} size={18} />
              ))}
            </span>
            <span className={styles.names} title={names}>
              <span className="visually-hidden">{t('versions.contributors')} </span>
              {names}
            </span>
          </span>
        )}
        <span className={styles.facts}>
          {person !== null && version.kind === 'restore' && (
            <span>{t('versions.restoredBy', { name: person.name })}</span>
          )}
          {person !== null && version.kind === 'named' && (
            <span>{t('versions.namedBy', { name: person.name })}</span>
          )}
          {version.changeCount > 0 && <span>{t('versions.changes', { count: version.changeCount })}</span>}
        </span>
      </span>
    </>
  );
}
