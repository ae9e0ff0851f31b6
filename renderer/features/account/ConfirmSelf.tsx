import { Button } from '@mantine/core';
import { browserSupportsWebAuthn } from '@simplewebauthn/browser';
import { IconCheck, IconFingerprint } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { LeavingPlan } from '#shared/api/leaving.ts';
import { useFailure } from '../../api/index.ts';
import { PasswordField } from './fields.tsx';
import { isPasskeyStopped, signInByPasskey } from './passkeySignIn.ts';
import styles from './LeavePage.module.css';

interface Props {
  readonly by: NonNullable<LeavingPlan['confirmBy']>;
  readonly password: string;
  readonly onPassword: (password: string) => void;
  readonly error: string | undefined;
}

/** For what whoever finds a browser open must not do: the person says again who they are, by password or by passkey. */
export function ConfirmSelf({ by, password, onPassword, error }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const confirm = useMutation({ mutationFn: () => signInByPasskey(false) });
  return (
    <>
      <h2 className={styles.heading}>{t('account.leaving.confirm')}</h2>
      {by.password && (
        <div className={styles.password}>
          <PasswordField which="present" value={password} onChange={onPassword} error={error} />
        </div>
      )}
      {by.passkey && browserSupportsWebAuthn() && (
        <div>
          <Button
            variant="default"
            leftSection={
              confirm.isSuccess ? <IconCheck size={17} /> : <IconFingerprint size={19} stroke={1.6} />
            }
            loading={confirm.isPending}
            disabled={confirm.isSuccess}
            onClick={() => confirm.mutate()}
          >
            {t('account.leaving.byPasskey')}
          </Button>
        </div>
      )}
      {!by.password && !by.passkey && <p className={styles.hint}>{t('account.leaving.byOrganisation')}</p>}
      {confirm.isError && (
        <p className={styles.error} role="alert">
          {isPasskeyStopped(confirm.error) ? t('account.passkeys.signInStopped') : failure(confirm.error)}
        </p>
      )}
    </>
  );
}
