import { Button } from '@mantine/core';
import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';
import { IconFingerprint } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, keys, queries, useFailure } from '../../api/index.ts';
import { formatDate, useLanguage } from '../../i18n/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';
import { useDeviceName } from './useDeviceName.ts';
import styles from './DevicesSection.module.css';

/** In the settings: the passkeys of the account, each of which can be taken off, and adding one. */
export function PasskeyList() {
  const { t } = useTranslation();
  const language = useLanguage();
  const failure = useFailure();
  const client = useQueryClient();
  const nameOf = useDeviceName();
  const list = useQuery(queries.passkeys());
  const add = useMutation({
    mutationFn: async () => {
      const { options } = await api.passkeyOptions();
      const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON;
      const response = await startRegistration({ optionsJSON });
      return api.addPasskey({
        response: { ...response, response: { ...response.response } },
        name: nameOf(navigator.userAgent),
      });
    },
    onSuccess: (passkeys) => {
      client.setQueryData(keys.passkeys, passkeys);
      notify(t('account.passkeys.added'));
    },
    onError: (error) => {
      const isStopped = error instanceof WebAuthnError || error.name === 'NotAllowedError';
      notifyProblem(isStopped ? t('account.passkeys.stopped') : failure(error));
    },
  });
  const remove = useMutation({
    mutationFn: (id: string) => api.removePasskey(id),
    onSuccess: () => {
      notify(t('account.passkeys.removed'));
      return client.invalidateQueries({ queryKey: keys.passkeys });
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  const passkeys = list.data?.passkeys ?? [];
  if (passkeys.length === 0 && !browserSupportsWebAuthn()) return null;
  return (
    <section className={styles.part} aria-label={t('account.passkeys.title')}>
      <h3>{t('account.passkeys.title')}</h3>
      <p className={styles.hint}>{t('account.passkeys.hint')}</p>
      {list.isError && <p role="alert">{failure(list.error)}</p>}
      {passkeys.length > 0 && (
        <ul role="list" className={styles.list}>
          {passkeys.map(({ id, name, createdAt }) => (
            <li key={id} className={styles.line}>
              <div className={styles.device}>
                <IconFingerprint className={styles.icon} size={22} stroke={1.5} aria-hidden="true" />
                <div>
                  <p>{name || t('account.devices.unknown')}</p>
                  <p className={styles.meta}>
                    {t('account.passkeys.on', { date: formatDate(createdAt, language) })}
                  </p>
                </div>
              </div>
              <Button
                size="compact-sm"
                variant="subtle"
                color="red"
                aria-label={t('account.passkeys.removeLabel', { name })}
                loading={remove.isPending && remove.variables === id}
                onClick={() => remove.mutate(id)}
              >
                {t('account.passkeys.remove')}
              </Button>
            </li>
          ))}
        </ul>
      )}
      {browserSupportsWebAuthn() && (
        <div>
          <Button variant="default" loading={add.isPending} onClick={() => add.mutate()}>
            {t('account.passkeys.add')}
          </Button>
        </div>
      )}
    </section>
  );
}
