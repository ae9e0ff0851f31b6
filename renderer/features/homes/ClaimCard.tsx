import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Home } from '#shared/api/homes.ts';
import { useFailure } from '../../api/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';
import { claimsQuery, confirmClaims } from './claimsApi.ts';
import { moodOf } from './useHomeWords.ts';
import styles from './Homes.module.css';

/** Texts of a meeting that came to a followed Calepin under a name that the host's device gave: whoever wrote them says so. Nothing where there are none. */
export function ClaimCard({ home }: { readonly home: Home }) {
  const { t } = useTranslation();
  const failure = useFailure();
  const client = useQueryClient();
  const mood = moodOf(home);
  const claims = useQuery({ ...claimsQuery(home.id), enabled: mood === 'equal' || mood === 'waiting' });
  const confirm = useMutation({
    mutationFn: () => confirmClaims(home.id),
    onSuccess: () => {
      notify(t('homes.claim.done', { name: home.name }));
      return client.invalidateQueries();
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  const open = claims.data?.open ?? [];
  if (open.length === 0) return null;
  const names = [...new Set(open.map(({ name, statedBy }) => t('account.stated', { name, host: statedBy })))];
  return (
    <section className={styles.claim} aria-label={t('homes.claim.title')}>
      <p className={styles.name}>{t('homes.claim.title')}</p>
      <p>{t('homes.claim.text', { home: home.name })}</p>
      <ul role="list">
        {names.map((name) => (
          <li key={name} className={styles.claimName}>
            {name}
          </li>
        ))}
      </ul>
      <p className={styles.hint}>{t('homes.claim.hint', { name: home.nameThere })}</p>
      <div>
        <Button size="compact-md" loading={confirm.isPending} onClick={() => confirm.mutate()}>
          {t('homes.claim.act')}
        </Button>
      </div>
    </section>
  );
}
