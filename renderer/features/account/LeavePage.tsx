import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { leavingDays, type LeavingPlan } from '#shared/api/leaving.ts';
import { queries, useFailure } from '../../api/index.ts';
import { formatDate, useLanguage } from '../../i18n/index.ts';
import { PageHead, RowSkeletons, StatePage, pageStyles } from '../../ui/index.ts';
import { LeaveForm } from './LeaveForm.tsx';
import { useStay } from './useStay.ts';
import styles from './LeavePage.module.css';

/** « Supprimer mon compte »: what becomes of everything, then the confirmation. */
export function LeavePage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const failure = useFailure();
  const plan = useQuery(queries.leavingPlan());
  const [dueAt, setDueAt] = useState<number | null>(null);
  if (dueAt !== null) {
    const hasAccount = plan.data?.confirmBy != null;
    return (
      <>
        <PageHead />
        <StatePage
          title={t('account.leaving.doneTitle', { date: formatDate(dueAt, language) })}
          acts={
            // The page is that of somebody who is signed in no more.
            <Button component="a" href={hasAccount ? '/sign-in' : '/'}>
              {t(hasAccount ? 'account.signIn.act' : 'account.verify.toNotes')}
            </Button>
          }
        >
          <span role="status">{t(hasAccount ? 'account.leaving.done' : 'account.leaving.doneGuest')}</span>
        </StatePage>
      </>
    );
  }
  return (
    <>
      <PageHead />
      <div className={`${pageStyles.page} ${styles.page}`}>
        <h1 className={pageStyles.title}>{t('account.leaving.title')}</h1>
        {plan.isError && <p role="alert">{failure(plan.error)}</p>}
        {plan.isPending && <RowSkeletons count={4} height={52} label={t('app.loading')} />}
        {plan.data !== undefined &&
          (plan.data.dueAt === null ? (
            <>
              <div className={styles.intro}>
                <p>{t('account.leaving.intro', { former: t('account.leaving.former') })}</p>
                <p>{t('account.leaving.grace', { days: leavingDays })}</p>
                <p>
                  <Link to="/settings">{t('account.leaving.take')}</Link>
                </p>
              </div>
              <LeaveForm plan={plan.data} onDone={setDueAt} />
            </>
          ) : (
            <Waiting plan={plan.data} />
          ))}
      </div>
    </>
  );
}

/** For a guest, whose session stays: the way back. */
function Waiting({ plan }: { readonly plan: LeavingPlan }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const stay = useStay();
  return (
    <>
      <p className={styles.warning}>
        {t('account.leaving.waiting', { date: formatDate(plan.dueAt ?? 0, language) })}
      </p>
      <div>
        <Button loading={stay.isPending} onClick={() => stay.mutate()}>
          {t('account.leaving.keep')}
        </Button>
      </div>
    </>
  );
}
