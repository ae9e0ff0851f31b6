import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, keys, usePerson } from '../../api/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { fragmentSecret } from '../../platform/index.ts';
import { Bar } from '../../ui/index.ts';
import { AccountCard } from './AccountCard.tsx';
import { SignInForm } from './SignInForm.tsx';

/** Confirms an address by the link of a letter, for who is signed in with it: whoever got the letter by mistake is not. */
export function VerifyPage() {
  const { t } = useTranslation();
  const person = usePerson();
  const client = useQueryClient();
  const language = useLanguage();
  const [token] = useState(fragmentSecret);
  const verified = useQuery({
    queryKey: ['verified-address', person?.id],
    queryFn: async () => {
      const session = await api.verifyAddress(token ?? '', language);
      client.setQueryData(keys.session, session);
      return session;
    },
    enabled: token !== null && person !== null,
    retry: false,
    staleTime: Infinity,
  });
  const toNotes = (
    <Button size="md" renderRoot={(props) => <Link to="/" {...props} />}>
      {t('account.verify.toNotes')}
    </Button>
  );
  if (token !== null && person === null) {
    return (
      <AccountCard title={t('account.verify.signInFirst')}>
        <SignInForm />
      </AccountCard>
    );
  }
  if (token === null || verified.isError) {
    return (
      <AccountCard
        title={t('account.verify.failedTitle')}
        text={<span role="alert">{t('account.verify.failed')}</span>}
      >
        {toNotes}
      </AccountCard>
    );
  }
  if (verified.data === undefined) {
    return (
      <AccountCard title={t('account.verify.working')}>
        <Bar width="70%" />
      </AccountCard>
    );
  }
  return (
    <AccountCard
      title={t('account.verify.doneTitle')}
      text={
        <span role="status">{t('account.verify.done', { email: verified.data.account?.email ?? '' })}</span>
      }
    >
      {toNotes}
    </AccountCard>
  );
}
