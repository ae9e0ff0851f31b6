import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api, useFailure, useSession } from '../../api/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';
import { PasswordDialog } from './PasswordDialog.tsx';
import { AddressDialog } from './AddressDialog.tsx';
import { PasskeyList } from './PasskeyList.tsx';
import styles from './AccountSection.module.css';

/** In the settings: by which address one signs in, whether it is confirmed; for a guest, the way to an account. */
export function AccountSection() {
  const { t } = useTranslation();
  const failure = useFailure();
  const language = useLanguage();
  const { account, relay } = useSession();
  const resend = useMutation({
    mutationFn: () => api.requestVerification(language),
    onSuccess: () => notify(t(relay.mail ? 'account.settings.sent' : 'account.settings.sentByHand')),
    onError: (error) => notifyProblem(failure(error)),
  });
  if (account === null) {
    return (
      <>
        <p className={styles.guest}>{t('account.settings.guest')}</p>
        <Button renderRoot={(props) => <Link to="/create-account" {...props} />}>
          {t('account.create.act')}
        </Button>
      </>
    );
  }
  return (
    <>
      <div>
        <p className={styles.email}>{account.email}</p>
        <p className={styles.state}>
          {account.verified && (
            <IconCheck className={styles.icon} size={15} stroke={2.2} aria-hidden="true" />
          )}
          {account.verified
            ? t('account.settings.confirmed')
            : t(relay.mail ? 'account.settings.unconfirmed' : 'account.settings.unconfirmedByHand')}
        </p>
      </div>
      {!account.verified && (
        <Button variant="default" loading={resend.isPending} onClick={() => resend.mutate()}>
          {t('account.settings.again')}
        </Button>
      )}
      <div className={styles.acts}>
        <AddressDialog />
        <PasswordDialog />
      </div>
      <PasskeyList />
    </>
  );
}
