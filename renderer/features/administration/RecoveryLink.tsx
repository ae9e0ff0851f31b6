import { Button, Modal } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdministeredPerson } from '#shared/api/administration.ts';
import { api, useFailure } from '../../api/index.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { OneTimeLink } from '../../ui/index.ts';
import styles from './AdministrationPage.module.css';

/** For somebody who forgot their password and whom no letter reaches: a link, shown once, by which they choose another. */
export function RecoveryLink({ person }: { readonly person: AdministeredPerson }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const failure = useFailure();
  const [opened, setOpened] = useState(false);
  const make = useMutation({ mutationFn: () => api.makeRecoveryLink(person.id) });
  const close = (): void => {
    setOpened(false);
    make.reset();
  };
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        aria-label={t('administration.recovery.label', { name: person.name })}
        onClick={() => setOpened(true)}
      >
        {t('administration.recovery.open')}
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title={t('administration.recovery.title', { name: person.name })}
        closeButtonProps={{ 'aria-label': t('app.close') }}
      >
        <div className={styles.recovery}>
          {make.data === undefined ? (
            <>
              <p>{t('administration.recovery.text')}</p>
              {make.isError && <p role="alert">{failure(make.error)}</p>}
              <div className={styles.acts}>
                <Button data-autofocus loading={make.isPending} onClick={() => make.mutate()}>
                  {t('administration.recovery.make')}
                </Button>
              </div>
            </>
          ) : (
            <OneTimeLink
              url={make.data.url}
              label={t('administration.recovery.link')}
              once={t('administration.recovery.once', {
                until: formatDateTime(make.data.expiresAt, language),
              })}
              copy={t('app.copy')}
              copied={t('app.copied')}
              testId="recovery-link"
            />
          )}
        </div>
      </Modal>
    </>
  );
}
