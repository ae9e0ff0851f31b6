import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, keys, useFailure } from '../../api/index.ts';
import { fragmentSecret } from '../../platform/index.ts';
import { AccountCard } from './AccountCard.tsx';
import { PasswordField, useChecks } from './fields.tsx';
import styles from './AccountForm.module.css';

/** « Nouveau mot de passe », by the link of a letter. */
export function NewPasswordPage() {
  const { t } = useTranslation();
  const failure = useFailure();
  const checks = useChecks();
  const client = useQueryClient();
  const [token] = useState(fragmentSecret);
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const recover = useMutation({
    mutationFn: () => api.recover({ token: token ?? '', password }),
    onSuccess: () => client.invalidateQueries({ queryKey: keys.session }),
  });
  const again = (
    <Link to="/forgot-password" className={styles.link}>
      {t('account.recover.again')}
    </Link>
  );
  if (token === null) {
    return (
      <AccountCard title={t('account.recover.title')} text={t('account.recover.noSecret')}>
        {again}
      </AccountCard>
    );
  }
  if (recover.isSuccess) {
    return (
      <AccountCard
        title={t('account.recover.doneTitle')}
        text={<span role="status">{t('account.recover.done')}</span>}
      >
        <Button size="md" renderRoot={(props) => <Link to="/sign-in" {...props} />}>
          {t('account.signIn.act')}
        </Button>
      </AccountCard>
    );
  }
  const problem = checks.newPassword(password);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (problem === undefined) recover.mutate();
  };
  return (
    <AccountCard title={t('account.recover.title')} text={t('account.recover.text')}>
      <form className={styles.form} onSubmit={submit} noValidate>
        <PasswordField
          autoFocus
          which="another"
          value={password}
          onChange={setPassword}
          error={tried ? problem : undefined}
        />
        {recover.isError && (
          <p className={styles.error} role="alert">
            {failure(recover.error)}
          </p>
        )}
        <Button type="submit" size="md" loading={recover.isPending}>
          {t('account.recover.act')}
        </Button>
        {recover.isError && again}
      </form>
    </AccountCard>
  );
}
