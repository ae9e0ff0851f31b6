import { Button, NumberInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdministeredStorage } from '#shared/api/storage.ts';
import { api, keys, queries, useFailure } from '../../api/index.ts';
import { formatBytes, useLanguage } from '../../i18n/index.ts';
import { notify, notifyProblem, RowSkeletons } from '../../ui/index.ts';
import styles from './AdministrationPage.module.css';

const gigabyte = 1_000_000_000;
/** Lines that are shown at first, and how many more each time. */
const firstShown = 10;
const shownMore = 100;

/** For administrators: who takes how much room by files and by texts, what each community's texts take, and how much files may. */
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
  const { quota, total, people, texts } = storage;
  const size = (bytes: number): string => formatBytes(bytes, language);
  return (
    <>
      <p className={styles.hint}>{t('administration.storage.hint')}</p>
      <QuotaForm key={quota} quota={quota} />
      <p>{t('administration.storage.total', { files: size(total), texts: size(texts.total) })}</p>
      <Lines
        label={t('administration.storage.list')}
        lines={people.map(({ id, name, used, texts: own }) => ({
          id,
          name,
          said: [
            t('administration.storage.files', { size: size(used) }),
            t('administration.storage.texts', { size: size(own) }),
            ...(quota > 0 && used >= quota ? [t('administration.storage.full')] : []),
          ].join(' · '),
        }))}
      />
      {texts.communities.length > 0 && (
        <>
          <h3 className={styles.heading}>{t('administration.storage.communities')}</h3>
          <p className={styles.hint}>{t('administration.storage.communitiesHint')}</p>
          <Lines
            label={t('administration.storage.communities')}
            lines={texts.communities.map((one) => ({
              id: one.id,
              name: (
                <Link to="/communities/$communityId" params={{ communityId: one.id }}>
                  {one.name}
                </Link>
              ),
              said: size(one.texts),
            }))}
          />
        </>
      )}
    </>
  );
}

interface Line {
  readonly id: string;
  readonly name: ReactNode;
  readonly said: string;
}

/** Who takes how much: the first of them until more are asked for. */
function Lines({ label, lines }: { readonly label: string; readonly lines: readonly Line[] }) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(firstShown);
  return (
    <>
      <ul role="list" aria-label={label}>
        {lines.slice(0, shown).map(({ id, name, said }) => (
          <li key={id} className={styles.line}>
            <span className={styles.words}>{name}</span>
            <span className={styles.meta}>{said}</span>
          </li>
        ))}
      </ul>
      {lines.length > shown && (
        <div>
          <Button variant="default" onClick={() => setShown(shown + shownMore)}>
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
