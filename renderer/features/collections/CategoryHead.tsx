import { Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDots, IconPencil, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/index.ts';
import { NameForm } from './NameForm.tsx';
import styles from './CollectionPage.module.css';

interface HeadProps {
  readonly name: string;
  readonly count: number;
  /** Moves it among those of its list; null where it cannot go that way. */
  readonly onUp: (() => void) | null;
  readonly onDown: (() => void) | null;
  readonly onRename: ((name: string) => void) | null;
  readonly onRemove: (() => void) | null;
}

/** The name of a category over its notes. */
export function CategoryHead({ name, count, onUp, onDown, onRename, onRemove }: HeadProps) {
  const { t } = useTranslation();
  const [isRenaming, setRenaming] = useState(false);
  if (isRenaming && onRename !== null) {
    return (
      <NameForm
        label={t('carnets.category.name')}
        initial={name}
        act={t('app.save')}
        onDone={(next) => {
          setRenaming(false);
          if (next !== null && next !== name) onRename(next);
        }}
      />
    );
  }
  return (
    <div className={styles.sectionHead}>
      <h2 className={styles.sectionTitle}>{name || t('app.untitled')}</h2>
      <span className={styles.sectionCount}>{count}</span>
      {onRename !== null && (
        <Menu position="bottom-start">
          <Menu.Target>
            <IconButton label={t('carnets.category.menu', { name })} size={28}>
              <IconDots size={16} stroke={1.6} />
            </IconButton>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setRenaming(true)}>
              {t('carnets.category.rename')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconArrowUp size={16} />}
              disabled={onUp === null}
              onClick={() => onUp?.()}
            >
              {t('carnets.category.moveUp')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconArrowDown size={16} />}
              disabled={onDown === null}
              onClick={() => onDown?.()}
            >
              {t('carnets.category.moveDown')}
            </Menu.Item>
            {onRemove !== null && (
              <Menu.Item color="red" leftSection={<IconX size={16} />} onClick={onRemove}>
                {t('carnets.category.remove')}
              </Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      )}
    </div>
  );
}
