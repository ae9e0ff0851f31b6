import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, useFailure, useSession } from '../../api/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { notify } from '../../ui/index.ts';
import { ButtonDialog } from './ButtonDialog.tsx';
import { EmailField, PasswordField, useChecks } from './fields.tsx';
import styles from './AccountForm.module.css';

/** Asks for another address, which its own letter confirms. */
export function AddressDialog() {
  const { t } = useTranslation();
  return (
    <ButtonDialog
      label={t('account.changeAddress.open')}
      title={t('account.changeAddress.title')}
      content={(close) => <AddressForm onDone={close} />}
    />
  );
}

function AddressForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const failure = useFailure();
  const language = useLanguage();
  const checks = useChecks();
  const { mail } = useSession().relay;
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const change = useMutation({
    mutationFn: () =>
      api.changeAddress({ email: email.trim(), language, ...(password === '' ? {} : { password }) }),
    onSuccess: () => {
      notify(
        t(mail ? 'account.changeAddress.done' : 'account.changeAddress.doneByHand', { email: email.trim() }),
      );
      onDone();
    },
  });
  const problem = checks.email(email);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (problem === undefined) change.mutate();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <p className={styles.aside}>
        {t(mail ? 'account.changeAddress.text' : 'account.changeAddress.textByHand')}
      </p>
      <EmailField autoFocus value={email} onChange={setEmail} error={tried ? problem : undefined} />
      <PasswordField which="present" value={password} onChange={setPassword} />
      {change.isError && (
        <p className={styles.error} role="alert">
          {failure(change.error)}
        </p>
      )}
      <Button type="submit" size="md" loading={change.isPending}>
        {t('account.changeAddress.act')}
      </Button>
    </form>
  );
}
