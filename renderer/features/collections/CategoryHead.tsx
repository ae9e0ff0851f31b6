import { Button, Menu, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDots, IconPencil, IconPlus, IconX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/index.ts';
import styles from './CollectionPage.module.css';

const maxNameLength = 120;

interface NameFormProps {
  readonly label: string;
  readonly initial: string;
  readonly act: string;
  readonly onDone: (name: string | null) => void;
}

/** A name to give, in the place of what has it. */
export function NameForm({ label, initial, act, onDone }: NameFormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(initial);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onDone(name.trim() === '' ? null : name.trim());
  };
  return (
    <form className={styles.newCategory} onSubmit={submit}>
      <TextInput
        // The field appears because the person asked for it.
        autoFocus
        size="sm"
        aria-label={label}
        placeholder={label}
        value={name}
        maxLength={maxNameLength}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') {
            event.preventDefault();
            event.stopPropagation();
            onDone(null);
          }
        }}
      />
      <Button type="submit" size="sm" variant="light">
        {act}
      </Button>
      <Button size="sm" variant="subtle" color="gray" onClick={() => onDone(null)}>
        {t('app.cancel')}
      </Button>
    </form>
  );
}

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

/** The act that makes a category: a button, then a field in its place. */
export function NewCategory({ onCreate }: { readonly onCreate: (name: string) => void }) {
  const { t } = useTranslation();
  const [isNaming, setNaming] = useState(false);
  if (!isNaming) {
    return (
      <div className={styles.newCategory}>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconPlus size={15} />}
          onClick={() => setNaming(true)}
        >
          {t('carnets.category.new')}
        </Button>
      </div>
    );
  }
  return (
    <NameForm
      label={t('carnets.category.name')}
      initial=""
      act={t('carnets.category.create')}
      onDone={(name) => {
        setNaming(false);
        if (name !== null) onCreate(name);
      }}
    />
  );
}
