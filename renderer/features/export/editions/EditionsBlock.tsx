import { Button, Menu } from '@mantine/core';
import { IconBookmarks, IconDots, IconStack2 } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Edition } from '#shared/api/editions.ts';
import type { CarnetId } from '#shared/domain/ids.ts';
import { keys, useFailure } from '../../../api/index.ts';
import { formatDateTime, useLanguage } from '../../../i18n/index.ts';
import { DetailsBlock, IconButton, notify, notifyProblem } from '../../../ui/index.ts';
import { ExportDialog } from '../ExportDialog.tsx';
import { editionQueries, editionsApi } from './editionsApi.ts';
import { FreezeDialog } from './FreezeDialog.tsx';
import styles from './EditionsBlock.module.css';

interface Props {
  readonly carnet: CarnetId;
  /** The language of the carnet. */
  readonly language: string;
}

/** The carnet as it was frozen: each edition is exported again as it was; who keeps the carnet freezes one, and withdraws one. */
export function EditionsBlock({ carnet, language }: Props) {
  const { t } = useTranslation();
  const { data } = useQuery(editionQueries.list(carnet));
  const [open, setOpen] = useState<'freeze' | Edition | null>(null);
  const close = (): void => setOpen(null);
  if (data === undefined || (data.editions.length === 0 && !data.canKeep)) return null;
  return (
    <DetailsBlock title={t('carnets.editions.title')} icon={<IconBookmarks size={16} stroke={1.7} />}>
      {data.editions.length === 0 ? (
        <p className={styles.quiet}>{t('carnets.editions.none')}</p>
      ) : (
        <ol role="list" className={styles.list} aria-label={t('carnets.editions.title')}>
          {data.editions.map((edition) => (
            <EditionLine
              key={edition.number}
              edition={edition}
              canKeep={data.canKeep}
              onExport={() => setOpen(edition)}
            />
          ))}
        </ol>
      )}
      {data.canKeep && (
        <Button
          mt="xs"
          size="compact-sm"
          variant="subtle"
          leftSection={<IconStack2 size={15} />}
          onClick={() => setOpen('freeze')}
        >
          {t('carnets.editions.freeze.open')}
        </Button>
      )}
      <FreezeDialog carnet={carnet} opened={open === 'freeze'} onClose={close} />
      <ExportDialog
        subject="carnet"
        subjectId={carnet}
        language={language}
        edition={open === 'freeze' ? null : open}
        opened={open !== null && open !== 'freeze'}
        onClose={close}
      />
    </DetailsBlock>
  );
}

function EditionLine({
  edition,
  canKeep,
  onExport,
}: {
  readonly edition: Edition;
  readonly canKeep: boolean;
  readonly onExport: () => void;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const client = useQueryClient();
  const failure = useFailure();
  const { carnet, number, title, remark, by, at, digest, notes, withdrawn } = edition;
  const name = t('carnets.editions.name', { number });
  const withdraw = useMutation({
    mutationFn: (next: boolean) => editionsApi.withdraw(carnet, number, next),
    onSuccess: (_edition, next) => {
      void client.invalidateQueries({ queryKey: keys.collection({ kind: 'carnet', id: carnet }) });
      if (next)
        notify(t('carnets.editions.withdrawn', { name }), {
          label: t('app.undo'),
          act: () => withdraw.mutate(false),
        });
      else notify(t('carnets.editions.putBack', { name }));
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  const date = formatDateTime(at, language);
  return (
    <li className={styles.edition}>
      <div className={styles.head}>
        <span className={styles.name}>{[name, title].filter(Boolean).join(' – ')}</span>
        {canKeep && (
          <Menu position="bottom-end">
            <Menu.Target>
              <IconButton label={t('carnets.editions.menu', { name })} size={28}>
                <IconDots size={16} stroke={1.7} />
              </IconButton>
            </Menu.Target>
            <Menu.Dropdown>
              {withdrawn === null ? (
                <Menu.Item color="red" onClick={() => withdraw.mutate(true)}>
                  {t('carnets.editions.withdraw')}
                </Menu.Item>
              ) : (
                <Menu.Item onClick={() => withdraw.mutate(false)}>{t('carnets.editions.back')}</Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      <p className={styles.quiet}>
        {by === null
          ? t('carnets.editions.frozen', { date })
          : t('carnets.editions.frozenBy', { name: by.name, date })}
        {' · '}
        {t('carnets.memberCount', { count: notes })}
      </p>
      {remark !== null && <p className={styles.remark}>{remark}</p>}
      {withdrawn === null ? (
        <div className={styles.acts}>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('carnets.editions.export', { name })}
            onClick={onExport}
          >
            {t('carnets.export')}
          </Button>
          <span className={styles.digest} title={digest}>
            <span className="visually-hidden">{t('carnets.editions.digest')} </span>
            {digest.slice(0, 8)} {digest.slice(8, 16)}…
          </span>
        </div>
      ) : (
        <p className={styles.withdrawn}>
          {t('carnets.editions.isWithdrawn', { date: formatDateTime(withdrawn.at, language) })}
        </p>
      )}
    </li>
  );
}
