import { Button, CopyButton, Group, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, keys, queries, useFailure } from '../../api/index.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';
import styles from './SettingsPage.module.css';

/** The feed of what one may read, for a reader of news: its address is a secret, shown once, that can be made anew or taken back. */
export function FeedSection() {
  const { t } = useTranslation();
  const language = useLanguage();
  const failure = useFailure();
  const client = useQueryClient();
  const { data } = useQuery(queries.ownFeed());
  const onError = (error: unknown): void => notifyProblem(failure(error));
  const make = useMutation({
    mutationFn: () => api.makeFeed(),
    onSuccess: ({ createdAt }) => client.setQueryData(keys.ownFeed, { createdAt }),
    onError,
  });
  const remove = useMutation({
    mutationFn: () => api.removeFeed(),
    onSuccess: () => {
      make.reset();
      client.setQueryData(keys.ownFeed, { createdAt: null });
      notify(t('notices.feed.removed'));
    },
    onError,
  });
  const createdAt = data?.createdAt ?? null;
  const url = make.data?.url;
  return (
    <>
      <p className={styles.hint}>{t('notices.feed.intro')}</p>
      {url !== undefined && (
        <div className={styles.feed}>
          <TextInput
            label={t('notices.feed.address')}
            description={t('notices.feed.once')}
            value={url}
            readOnly
            onFocus={(event) => event.currentTarget.select()}
          />
          <CopyButton value={url}>
            {({ copied, copy }) => (
              <Button variant="default" onClick={copy}>
                {t(copied ? 'notices.feed.copied' : 'notices.feed.copy')}
              </Button>
            )}
          </CopyButton>
        </div>
      )}
      {createdAt !== null && <p>{t('notices.feed.since', { date: formatDateTime(createdAt, language) })}</p>}
      <Group gap="xs">
        <Button
          variant="default"
          loading={make.isPending}
          disabled={data === undefined}
          onClick={() => make.mutate()}
        >
          {t(createdAt === null ? 'notices.feed.make' : 'notices.feed.renew')}
        </Button>
        {createdAt !== null && (
          <Button variant="outline" color="red" loading={remove.isPending} onClick={() => remove.mutate()}>
            {t('notices.feed.remove')}
          </Button>
        )}
      </Group>
      {createdAt !== null && <p className={styles.hint}>{t('notices.feed.renewHint')}</p>}
    </>
  );
}
