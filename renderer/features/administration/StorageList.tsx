import { Button, NumberInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdministeredStorage } from '#shared/api/storage.ts';
import { api, keys, queries, useFailure } from '../../api/index.ts';
import { formatBytes, useLanguage } from '../../i18n/index.ts';
import { notify, notifyProblem, RowSkeletons } from '../../ui/index.ts';
import styles from './AdministrationPage.module.css';

const gigabyte = 1_000_000_000;
const firstShown = 10;

/** For administrators: who takes how much room by files, and how much each may. */
export function StorageList() {
  const { t } = useTranslation();
  const failure = useFailure();
  const storage = useQuery(queries.administeredStorage());
  if (storage.isError) return <p role="alert">{failure(storage.error)}</p>;
  if (storage.data === undefined) return <RowSkeletons count={3} height={40} label={t('app.loading')} />;
  return <Storage storage={storage.data} />;
}

function Storage({ storage }: { readonly storage: AdministeredStorage }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [isWhole, setWhole] = useState(false);
  const { quota, total, people } = storage;
  return (
    <>
      <p className={styles.hint}>{t('administration.storage.hint')}</p>
      <QuotaForm key={quota} quota={quota} />
      <p>{t('administration.storage.total', { total: formatBytes(total, language) })}</p>
      <ul role="list" aria-label={t('administration.storage.list')}>
        {people.slice(0, isWhole ? undefined : firstShown).map((person) => (
          <li key={person.id} className={styles.line}>
            <span>{person.name}</span>
            <span className={styles.meta}>
              {formatBytes(person.used, language)}
              {quota > 0 && person.used >= quota && ` · ${t('administration.storage.full')}`}
            </span>
          </li>
        ))}
      </ul>
      {!isWhole && people.length > firstShown && (
        <div>
          <Button variant="default" onClick={() => setWhole(true)}>
            {t('administration.storage.more')}
          </Button>
        </div>
      )}
    </>
  );
}

function QuotaForm({ quota }: { readonly quota: number }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const failure = useFailure();
  const client = useQueryClient();
  const [amount, setAmount] = useState<number | string>(quota / gigabyte);
  const change = useMutation({
    mutationFn: () => api.changeQuota(Math.round(Number(amount) * gigabyte)),
    onSuccess: async () => {
      notify(t('administration.storage.changed'));
      await client.invalidateQueries({ queryKey: keys.administration });
      await client.invalidateQueries({ queryKey: keys.storage });
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (amount !== '') change.mutate();
  };
  return (
    <form className={styles.quota} onSubmit={submit}>
      <NumberInput
        label={t('administration.storage.quota')}
        description={t('administration.storage.quotaHint')}
        min={0}
        max={1_000_000}
        decimalScale={3}
        decimalSeparator={language === 'fr' ? ',' : '.'}
        allowedDecimalSeparators={[',', '.']}
        allowNegative={false}
        hideControls
        value={amount}
        onChange={setAmount}
      />
      <Button type="submit" variant="default" loading={change.isPending}>
        {t('administration.storage.change')}
      </Button>
    </form>
  );
}
