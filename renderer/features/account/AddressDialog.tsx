import { Button, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, useFailure, useSession } from '../../api/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { notify } from '../../ui/index.ts';
import { EmailField, PasswordField, useChecks } from './fields.tsx';
import styles from './AccountForm.module.css';

/** Asks for another address, which its own letter confirms. */
export function AddressDialog() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {t('account.changeAddress.open')}
      </Button>
      <Modal
        opened={opened}
        onClose={() => setOpened(false)}
        title={t('account.changeAddress.title')}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <AddressForm onDone={() => setOpened(false)} />
      </Modal>
    </>
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
