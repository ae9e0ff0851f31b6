import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { NoteId } from '#shared/domain/ids.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { Bar, DetailsBlock, PersonLink, PersonMark } from '../../ui/index.ts';
import { useVersionName } from './useVersionName.ts';
import { versionQueries } from './versionsApi.ts';
import styles from './VersionsBlock.module.css';

/** The block of the details column: the newest versions and the way to the others. For who may see the history (`canSeeNoteHistory`). */
export function VersionsBlock({ noteId }: { readonly noteId: NoteId }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const nameOf = useVersionName();
  const { data, isError } = useQuery(versionQueries.newest(noteId));
  // The rest of the panel is worth more than an error in its middle; the history page says what is wrong.
  if (isError) return null;
  return (
    <DetailsBlock title={t('versions.blockTitle')} icon={<IconHistory size={16} stroke={1.7} />}>
      {data === undefined ? (
        <Bar width="80%" height={12} />
      ) : data.versions.length === 0 ? (
        <p className={styles.quiet}>{t('versions.empty.short')}</p>
      ) : (
        <>
          <ol role="list" className={styles.list}>
            {data.versions.map((version) => (
              <li key={version.id} className={styles.line}>
                {version.contributors[0] !== undefined && (
                  <PersonLink person={version.contributors[0]}>
                    <PersonMark person={version.contributors[0]} size={22} />
                    <span className="visually-hidden">{version.contributors[0].name}</span>
                  </PersonLink>
                )}
                <span className={styles.words}>
                  <span className={styles.name}>{nameOf(version)}</span>
                  <time className={styles.when} dateTime={new Date(version.createdAt).toISOString()}>
                    {formatDateTime(version.createdAt, language)}
                  </time>
                </span>
              </li>
            ))}
          </ol>
          <Link to="/notes/$noteId/history" params={{ noteId }} className={styles.all}>
            {t('versions.all')}
          </Link>
        </>
      )}
    </DetailsBlock>
  );
}
