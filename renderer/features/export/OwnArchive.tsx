import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../i18n/index.ts';
import { ArchiveDialog } from './ArchiveDialog.tsx';
import styles from './ExportDialog.module.css';

/** In the settings: all that the person is an author of, as one archive. */
export function OwnArchive() {
  const { t } = useTranslation();
  const language = useLanguage();
  const [isOpen, dialog] = useDisclosure(false);
  return (
    <div>
      <Button variant="default" onClick={dialog.open}>
        {t('share.export.all')}
      </Button>
      <p className={styles.hint}>{t('share.export.allHint')}</p>
      <ArchiveDialog base={null} language={language} opened={isOpen} onClose={dialog.close} />
    </div>
  );
}
