import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, useFailure } from '../../api/index.ts';
import { notify } from '../../ui/index.ts';
import { ButtonDialog } from './ButtonDialog.tsx';
import { PasswordField, useChecks } from './fields.tsx';
import styles from './AccountForm.module.css';

/** Changes the password; the other devices are signed out. */
export function PasswordDialog() {
  const { t } = useTranslation();
  return (
    <ButtonDialog
      label={t('account.changePassword.open')}
      title={t('account.changePassword.title')}
      content={(close) => <PasswordForm onDone={close} />}
    />
  );
}

function PasswordForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const failure = useFailure();
  const checks = useChecks();
  const [password, setPassword] = useState('');
  const [next, setNext] = useState('');
  const [tried, setTried] = useState(false);
  const change = useMutation({
    mutationFn: () => api.changePassword({ newPassword: next, ...(password === '' ? {} : { password }) }),
    onSuccess: () => {
      notify(t('account.changePassword.done'));
      onDone();
    },
  });
  const problem = checks.newPassword(next);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (problem === undefined) change.mutate();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <p className={styles.aside}>{t('account.changePassword.text')}</p>
      <PasswordField autoFocus which="present" value={password} onChange={setPassword} />
      <PasswordField which="another" value={next} onChange={setNext} error={tried ? problem : undefined} />
      {change.isError && (
        <p className={styles.error} role="alert">
          {failure(change.error)}
        </p>
      )}
      <Button type="submit" size="md" loading={change.isPending}>
        {t('account.changePassword.act')}
      </Button>
    </form>
  );
}
