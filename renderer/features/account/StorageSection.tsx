import { Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queries, useFailure, useSession } from '../../api/index.ts';
import { formatBytes, useLanguage } from '../../i18n/index.ts';
import styles from './DataSection.module.css';

/** In the settings: how much room the files take that the person sent, of how much they may, and what their texts take. */
export function StorageSection() {
  const { t } = useTranslation();
  const language = useLanguage();
  const failure = useFailure();
  const session = useSession();
  const storage = useQuery(queries.storage());
  if (storage.isError) return <p role="alert">{failure(storage.error)}</p>;
  const isHere = storage.data !== undefined;
  // Its room is kept while it is asked for: what is below stays where it is.
  const { used, quota, texts } = storage.data ?? {
    used: 0,
    quota: session.relay.kind === 'local' ? 0 : 1,
    texts: 0,
  };
  const share = quota === 0 ? 0 : Math.min(100, (100 * used) / quota);
  const words =
    quota === 0
      ? t('account.storage.used', { used: formatBytes(used, language) })
      : t('account.storage.usedOf', {
          used: formatBytes(used, language),
          quota: formatBytes(quota, language),
        });
  return (
    <div className={styles.part} aria-busy={!isHere}>
      <p>{isHere ? words : t('app.loading')}</p>
      {quota > 0 && (
        <Progress
          className={styles.bar ?? ''}
          // What is there is seen, however little it is.
          value={used === 0 ? 0 : Math.max(1, share)}
          size="md"
          {...(share >= 90 ? { color: 'var(--warning)' } : {})}
          aria-label={t('account.storage.title')}
        />
      )}
      <p className={styles.hint}>
        {t(quota > 0 && used >= quota ? 'account.storage.full' : 'account.storage.hint')}
      </p>
      <p>{isHere ? t('account.storage.texts', { texts: formatBytes(texts, language) }) : t('app.loading')}</p>
      <p className={styles.hint}>{t('account.storage.textsHint')}</p>
    </div>
  );
}
