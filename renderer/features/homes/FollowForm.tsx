import { TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, failureCode, keys, useFailure } from '../../api/index.ts';
import { DialogActs, notify } from '../../ui/index.ts';
import { EmailField, PasswordField, useChecks } from '../account/index.ts';
import styles from './Homes.module.css';

/** Follows the Calepin of a community, by an account there. */
export function FollowForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const failure = useFailure();
  const client = useQueryClient();
  const checks = useChecks();
  const [address, setAddress] = useState('');
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const follow = useMutation({
    mutationFn: () =>
      api.followHome({
        address: address.trim(),
        email: email.trim(),
        password,
        ...(name.trim() === '' ? {} : { name: name.trim() }),
      }),
    onSuccess: (home) => {
      notify(t('homes.followed', { name: home.name }));
      onDone();
      return client.invalidateQueries({ queryKey: keys.homes });
    },
  });
  const problems = {
    address: address.trim() === '' ? t('homes.addressMissing') : undefined,
    email: checks.email(email),
    password: checks.password(password),
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.values(problems).every((problem) => problem === undefined)) follow.mutate();
  };
  const sentence = (error: unknown): string => {
    const code = failureCode(error);
    if (code === 'invalid_request') return t('homes.addressWrong');
    return code === 'conflict' ? t('homes.alreadyFollowed') : failure(error);
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <TextInput
        size="md"
        data-autofocus
        label={t('homes.address')}
        description={t('homes.addressHint')}
        inputMode="url"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={300}
        value={address}
        error={tried ? problems.address : undefined}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <TextInput
        size="md"
        label={t('homes.name')}
        description={t('homes.nameHint')}
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <EmailField
        value={email}
        onChange={setEmail}
        error={tried ? problems.email : undefined}
        hint={t('homes.account')}
      />
      <PasswordField
        which="present"
        value={password}
        onChange={setPassword}
        error={tried ? problems.password : undefined}
      />
      {follow.isError && (
        <p className={styles.error} role="alert">
          {sentence(follow.error)}
        </p>
      )}
      <DialogActs act={t('homes.followAct')} isBusy={follow.isPending} onClose={onDone} />
    </form>
  );
}
