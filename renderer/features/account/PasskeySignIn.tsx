import { Button } from '@mantine/core';
import { browserSupportsWebAuthn } from '@simplewebauthn/browser';
import { IconFingerprint } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFailure } from '../../api/index.ts';
import { isPasskeyStopped, signInByPasskey } from './passkeySignIn.ts';
import { useEnter } from './useEnter.ts';
import styles from './AccountForm.module.css';

interface Props {
  /** A guest becomes one with the account. */
  readonly join: boolean;
  readonly onDone: (() => unknown) | undefined;
}

/** Signing in by a passkey, which knows whose it is; nothing where the browser has none. */
export function PasskeySignIn({ join, onDone }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const enter = useEnter();
  const signIn = useMutation({
    mutationFn: () => signInByPasskey(join),
    onSuccess: (session) => enter(session, onDone),
  });
  if (!browserSupportsWebAuthn()) return null;
  const { error } = signIn;
  return (
    <>
      {error !== null && (
        <p className={styles.error} role="alert">
          {isPasskeyStopped(error) ? t('account.passkeys.signInStopped') : failure(error)}
        </p>
      )}
      <Button
        variant="default"
        size="md"
        leftSection={<IconFingerprint size={19} stroke={1.6} />}
        loading={signIn.isPending}
        onClick={() => signIn.mutate()}
      >
        {t('account.passkeys.signIn')}
      </Button>
    </>
  );
}
