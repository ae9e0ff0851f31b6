import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, useFailure, useSession } from '../../api/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { AccountCard } from './AccountCard.tsx';
import { EmailField, useChecks } from './fields.tsx';
import styles from './AccountForm.module.css';

/** « Mot de passe oublié »: asks for the link. The answer never says whether the address has an account. */
export function ForgotPasswordPage() {
  const { t } = useTranslation();
  const failure = useFailure();
  const checks = useChecks();
  const language = useLanguage();
  const { mail } = useSession().relay;
  const [email, setEmail] = useState('');
  const [tried, setTried] = useState(false);
  const ask = useMutation({ mutationFn: () => api.requestRecovery({ email: email.trim(), language }) });
  const problem = checks.email(email);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (problem === undefined) ask.mutate();
  };
  const back = (
    <Link to="/sign-in" className={styles.link}>
      {t('account.forgot.back')}
    </Link>
  );
  if (ask.isSuccess) {
    const values = { email: email.trim() };
    return (
      <AccountCard
        title={t(mail ? 'account.forgot.sentTitle' : 'account.forgot.sentTitleByHand')}
        text={
          <span role="status">
            {mail ? t('account.forgot.sent', values) : t('account.forgot.sentByHand', values)}
          </span>
        }
      >
        {back}
      </AccountCard>
    );
  }
  return (
    <AccountCard
      title={t('account.forgot.title')}
      text={t(mail ? 'account.forgot.text' : 'account.forgot.textByHand')}
    >
      <form className={styles.form} onSubmit={submit} noValidate>
        <EmailField autoFocus value={email} onChange={setEmail} error={tried ? problem : undefined} />
        {ask.isError && (
          <p className={styles.error} role="alert">
            {failure(ask.error)}
          </p>
        )}
        <Button type="submit" size="md" loading={ask.isPending}>
          {t('account.forgot.act')}
        </Button>
        {back}
      </form>
    </AccountCard>
  );
}
