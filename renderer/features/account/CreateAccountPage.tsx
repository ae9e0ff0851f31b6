import { Button } from '@mantine/core';
import { Link, Navigate, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePerson } from '../../api/index.ts';
import { AccountCard } from './AccountCard.tsx';
import { CreateAccountForm } from './CreateAccountForm.tsx';

/** A guest makes an account, and stays the same person. */
export function CreateAccountPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const person = usePerson();
  if (person === null) return <Navigate to="/sign-in" replace />;
  if (person.kind !== 'guest') {
    return (
      <AccountCard title={t('account.create.title')} text={t('account.create.has', { name: person.name })}>
        <Button renderRoot={(props) => <Link to="/" {...props} />}>{t('account.verify.toNotes')}</Button>
      </AccountCard>
    );
  }
  return (
    <AccountCard title={t('account.create.title')} text={t('account.create.keeps')}>
      <CreateAccountForm onDone={() => navigate({ to: '/settings', replace: true })} />
    </AccountCard>
  );
}
