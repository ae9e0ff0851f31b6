import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Home } from '#shared/api/homes.ts';
import { api, failureCode, keys, useFailure } from '../../api/index.ts';
import { DialogActs, notify } from '../../ui/index.ts';
import { EmailField, PasswordField, useChecks } from '../account/index.ts';
import styles from './Homes.module.css';

/** Signs in again at a followed Calepin. */
export function HomeSignInForm({ home, onDone }: { readonly home: Home; readonly onDone: () => void }) {
  const { t } = useTranslation();
  const failure = useFailure();
  const client = useQueryClient();
  const checks = useChecks();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const signIn = useMutation({
    mutationFn: () => api.signInAtHome(home.id, { email: email.trim(), password }),
    onSuccess: () => {
      notify(t('homes.signedIn', { name: home.name }));
      onDone();
      return client.invalidateQueries({ queryKey: keys.homes });
    },
  });
  const problems = { email: checks.email(email), password: checks.password(password) };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (problems.email === undefined && problems.password === undefined) signIn.mutate();
  };
  const isOther = signIn.isError && failureCode(signIn.error) === 'conflict';
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <EmailField autoFocus value={email} onChange={setEmail} error={tried ? problems.email : undefined} />
      <PasswordField
        which="present"
        value={password}
        onChange={setPassword}
        error={tried ? problems.password : undefined}
      />
      {signIn.isError && (
        <p className={styles.error} role="alert">
          {isOther ? t('homes.otherPerson', { name: home.nameThere }) : failure(signIn.error)}
        </p>
      )}
      <DialogActs act={t('homes.signIn')} isBusy={signIn.isPending} onClose={onDone} />
    </form>
  );
}
