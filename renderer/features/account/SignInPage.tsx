import { useNavigate, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { AccountCard } from './AccountCard.tsx';
import { SignInForm } from './SignInForm.tsx';
import styles from './AccountForm.module.css';

/** « Se connecter », at an address of its own. */
export function SignInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  // Why somebody came back from their organisation without being signed in.
  const refusal = useRouterState({
    select: ({ location }) => new URLSearchParams(location.searchStr).get('error'),
  });
  return (
    <AccountCard title={t('account.signIn.title')}>
      {refusal !== null && (
        <p className={styles.error} role="alert">
          {t(
            refusal === 'account_not_linked'
              ? 'account.organisation.notLinked'
              : 'account.organisation.failed',
          )}
        </p>
      )}
      <SignInForm onDone={() => navigate({ to: '/', replace: true })} />
      <p className={styles.aside}>{t('account.signIn.noAccount')}</p>
    </AccountCard>
  );
}
