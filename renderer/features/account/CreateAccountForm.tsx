import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PersonColour } from '#shared/domain/Person.ts';
import { api, useFailure, usePerson } from '../../api/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { ColourPicker } from '../../ui/index.ts';
import { EmailField, PasswordField, useChecks } from './fields.tsx';
import { OrganisationSignIn } from './OrganisationSignIn.tsx';
import { useEnter } from './useEnter.ts';
import styles from './AccountForm.module.css';

interface Props {
  /** Of the invitation; a guest who is signed in needs none. */
  readonly secret?: string;
  /** Proposed to somebody new. */
  readonly colour?: PersonColour;
  /** Goes where they want to be. */
  readonly onDone: () => unknown;
}

/** Makes an account: somebody new by an invitation, or the guest who is signed in. */
export function CreateAccountForm({ secret, colour: proposed = 'azur', onDone }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const checks = useChecks();
  const enter = useEnter();
  const language = useLanguage();
  const person = usePerson();
  const [name, setName] = useState(person?.name ?? '');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [chosenColour, setChosenColour] = useState<PersonColour | null>(null);
  const [tried, setTried] = useState(false);
  const colour = chosenColour ?? proposed;
  const create = useMutation({
    mutationFn: () =>
      api.createAccount({
        name: name.trim(),
        email: email.trim(),
        password,
        language,
        ...(secret === undefined ? {} : { secret }),
        ...(person === null ? { colour } : {}),
      }),
    onSuccess: (session) => enter(session, onDone),
  });
  const problems = {
    name: checks.name(name),
    email: checks.email(email),
    password: checks.newPassword(password),
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (Object.values(problems).every((one) => one === undefined)) create.mutate();
  };
  const shown = <T,>(problem: T): T | undefined => (tried ? problem : undefined);
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <TextInput
        autoFocus={person === null}
        size="md"
        label={t('share.join.name')}
        description={t('share.join.nameHint')}
        autoComplete="name"
        maxLength={80}
        value={name}
        error={shown(problems.name)}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <EmailField
        autoFocus={person !== null}
        hint={t('account.create.emailHint')}
        value={email}
        onChange={setEmail}
        error={shown(problems.email)}
      />
      <PasswordField which="first" value={password} onChange={setPassword} error={shown(problems.password)} />
      {person === null && (
        <ColourPicker
          legend={t('share.join.colour')}
          nameOf={(value) => t(`share.colours.${value}`)}
          value={colour}
          onChange={setChosenColour}
        />
      )}
      {create.isError && (
        <p className={styles.error} role="alert">
          {failure(create.error)}
        </p>
      )}
      <Button type="submit" size="md" loading={create.isPending}>
        {t('account.create.act')}
      </Button>
      {person !== null && <OrganisationSignIn join />}
      <Link to="/sign-in" className={styles.link}>
        {t('account.create.haveOne')}
      </Link>
    </form>
  );
}
