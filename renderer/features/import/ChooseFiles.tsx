import { Button } from '@mantine/core';
import { IconAlertTriangle, IconFileImport, IconFolderOpen, IconFiles } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type FailureCode, useSession } from '../../api/index.ts';
import styles from './ImportDialog.module.css';

interface Props {
  readonly onChoose: (files: readonly File[]) => void;
  /** Why what was chosen before was not imported. */
  readonly refusal: FailureCode | null;
}

const accepted = '.calepin,.md,.markdown,.html,.htm,.docx,.txt,.zip';

/** Files, or a folder, from the system's chooser or dropped there. */
export function ChooseFiles({ onChoose, refusal }: Props) {
  const { t } = useTranslation();
  const isOwn = useSession().relay.kind === 'local';
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const take = (list: FileList | null): void => {
    if (list !== null && list.length > 0) onChoose([...list]);
  };
  return (
    <div className={styles.form}>
      <p className={styles.intro}>{t('imports.intro')}</p>
      {refusal !== null && (
        <p className={styles.problem} role="alert">
          <IconAlertTriangle size={20} stroke={1.7} aria-hidden="true" />
          <span>
            {refusal === 'import_too_large' && isOwn ? t('imports.tooLargeHere') : t(`app.codes.${refusal}`)}{' '}
            {t('imports.nothingMade')}
          </span>
        </p>
      )}
      <div
        className={styles.drop}
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          take(event.dataTransfer.files);
        }}
      >
        <IconFileImport size={34} stroke={1.3} aria-hidden="true" />
        <p>{t('imports.drop')}</p>
        <div className={styles.choosers}>
          <Button
            data-autofocus
            leftSection={<IconFiles size={17} stroke={1.7} />}
            onClick={() => files.current?.click()}
          >
            {t('imports.chooseFiles')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconFolderOpen size={17} stroke={1.7} />}
            onClick={() => folder.current?.click()}
          >
            {t('imports.chooseFolder')}
          </Button>
        </div>
        <p className={styles.hint}>{t('imports.formats')}</p>
      </div>
      <input
        ref={files}
        type="file"
        hidden
        multiple
        accept={accepted}
        aria-label={t('imports.chooseFiles')}
        onChange={(event) => take(event.currentTarget.files)}
      />
      <input
        ref={folder}
        type="file"
        hidden
        // Of browsers, not of React's types.
        {...{ webkitdirectory: '' }}
        aria-label={t('imports.chooseFolder')}
        onChange={(event) => take(event.currentTarget.files)}
      />
    </div>
  );
}
