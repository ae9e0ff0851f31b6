import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { AccountCard } from './AccountCard.tsx';
import { SignInForm } from './SignInForm.tsx';
import styles from './AccountForm.module.css';

/** « Se connecter », at an address of its own. */
export function SignInPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <AccountCard title={t('account.signIn.title')}>
      <SignInForm onDone={() => navigate({ to: '/', replace: true })} />
      <p className={styles.aside}>{t('account.signIn.noAccount')}</p>
    </AccountCard>
  );
}
