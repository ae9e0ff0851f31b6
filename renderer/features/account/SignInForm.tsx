import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, useFailure } from '../../api/index.ts';
import { EmailField, PasswordField, useChecks } from './fields.tsx';
import { JoinChoice } from './JoinChoice.tsx';
import { OrganisationSignIn } from './OrganisationSignIn.tsx';
import { PasskeySignIn } from './PasskeySignIn.tsx';
import { useEnter } from './useEnter.ts';
import styles from './AccountForm.module.css';

/** Signing in by e-mail and password, a passkey or the organisation. @param onDone - the page is already that of the person then. */
export function SignInForm({ onDone }: { readonly onDone?: () => unknown }) {
  const { t } = useTranslation();
  const failure = useFailure();
  const checks = useChecks();
  const enter = useEnter();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [tried, setTried] = useState(false);
  const [join, setJoin] = useState(true);
  const signIn = useMutation({
    mutationFn: () => api.signIn({ email: email.trim(), password, join }),
    onSuccess: (session) => enter(session, onDone),
  });
  const problems = { email: checks.email(email), password: checks.password(password) };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.values(problems).every((one) => one === undefined)) signIn.mutate();
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <EmailField autoFocus value={email} onChange={setEmail} error={tried ? problems.email : undefined} />
      <PasswordField
        which="present"
        value={password}
        onChange={setPassword}
        error={tried ? problems.password : undefined}
      />
      <JoinChoice value={join} onChange={setJoin} />
      {signIn.isError && (
        <p className={styles.error} role="alert">
          {failure(signIn.error)}
        </p>
      )}
      <Button type="submit" size="md" loading={signIn.isPending}>
        {t('account.signIn.act')}
      </Button>
      <PasskeySignIn join={join} onDone={onDone} />
      <OrganisationSignIn join={join} />
      <Link to="/forgot-password" className={styles.link}>
        {t('account.signIn.forgotten')}
      </Link>
    </form>
  );
}
