import { IconHistory } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { NoteId } from '#shared/domain/ids.ts';
import { Bar, DetailsBlock } from '../../ui/index.ts';
import { ActLine } from './ActLine.tsx';
import { versionQueries } from './versionsApi.ts';
import styles from './VersionsBlock.module.css';

/** The block of the details column for readers: who did what to the note, and when. */
export function ActsBlock({ noteId }: { readonly noteId: NoteId }) {
  const { t } = useTranslation();
  const { data, isError } = useQuery(versionQueries.newestActs(noteId));
  // The rest of the panel is worth more than an error in its middle; the history page says what is wrong.
  if (isError) return null;
  return (
    <DetailsBlock title={t('versions.blockTitle')} icon={<IconHistory size={16} stroke={1.7} />}>
      {data === undefined ? (
        <Bar width="80%" height={12} />
      ) : data.acts.length === 0 ? (
        <p className={styles.quiet}>{t('versions.acts.none')}</p>
      ) : (
        <>
          <ol role="list" className={styles.list}>
            {data.acts.map((act) => (
              <li key={`${act.kind} ${act.at}`} className={styles.line}>
                <ActLine act={act} />
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
