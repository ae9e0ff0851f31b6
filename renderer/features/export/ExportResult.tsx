import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBook, IconDownload, IconEye } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ExportStatus } from '#shared/api/exports.ts';
import { api } from '../../api/index.ts';
import { platform } from '../../platform/index.ts';
import { PagesDialog } from './PagesDialog.tsx';
import styles from './ExportDialog.module.css';

interface Props {
  readonly status: ExportStatus;
  readonly onDownload: () => void;
}

/** A file that is ready: what it is, its pages where it has some, and the way to keep it. */
export function ExportResult({ status, onDownload }: Props) {
  const { t } = useTranslation();
  const [isShown, shown] = useDisclosure(false);
  const { id, fileName, pages } = status;
  const drag = platform.dragExport;
  return (
    <div className={styles.form}>
      <div
        className={styles.done}
        role="status"
        draggable={drag !== null}
        title={drag === null ? undefined : t('share.export.drag')}
        onDragStart={(event) => {
          // The system takes over from the page, which has only text to give.
          event.preventDefault();
          drag?.(id, fileName);
        }}
      >
        {pages === null ? (
          <IconBook size={28} stroke={1.5} aria-hidden="true" />
        ) : (
          <img className={styles.cover} draggable={false} src={api.exportPageUrl(id, 1, 160)} alt="" />
        )}
        <div>
          <p className={styles.file}>{fileName}</p>
          <p className={styles.hint}>
            {t('share.export.steps.done')}
            {pages !== null && ` – ${t('share.export.pages', { count: pages })}`}
          </p>
          {drag !== null && <p className={styles.hint}>{t('share.export.drag')}</p>}
        </div>
      </div>
      <div className={styles.acts}>
        {pages !== null && (
          <>
            <Button variant="default" leftSection={<IconEye size={17} />} onClick={shown.open}>
              {t('share.export.look')}
            </Button>
            <PagesDialog
              opened={isShown}
              onClose={shown.close}
              id={id}
              pages={pages}
              title={fileName}
              onDownload={onDownload}
            />
          </>
        )}
        <Button data-autofocus leftSection={<IconDownload size={17} />} onClick={onDownload}>
          {t('share.export.download')}
        </Button>
      </div>
    </div>
  );
}
