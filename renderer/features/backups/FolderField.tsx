import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { platform } from '../../platform/index.ts';
import styles from './Backups.module.css';

interface Props {
  readonly folder: string | null;
  /** Called with a folder that was chosen, or typed and left. */
  readonly onChange: (folder: string) => void;
}

/** A folder of this computer: chosen in the desktop, typed where a page cannot ask for one. */
export function FolderField({ folder, onChange }: Props) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const { chooseFolder } = platform;
  const choose = async (): Promise<void> => {
    const chosen = await chooseFolder?.();
    if (chosen != null) onChange(chosen);
  };
  const leave = (): void => {
    const next = (typed ?? '').trim();
    setTyped(null);
    if (next !== '' && next !== folder) onChange(next);
  };
  return (
    <div className={styles.folder}>
      <TextInput
        className={styles.path ?? ''}
        label={t('backups.folder')}
        {...(chooseFolder === null ? { description: t('backups.folderHint') } : {})}
        value={typed ?? folder ?? ''}
        readOnly={chooseFolder !== null}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={leave}
        onKeyDown={(event) => {
          if (event.key === 'Enter') leave();
        }}
      />
      {chooseFolder !== null && (
        <Button variant="default" onClick={() => void choose()}>
          {t('backups.choose')}
        </Button>
      )}
    </div>
  );
}
