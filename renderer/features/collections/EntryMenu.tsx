import { Menu } from '@mantine/core';
import {
  IconArrowBarToUp,
  IconArrowDown,
  IconArrowUp,
  IconFolder,
  IconAnchor,
  IconRefresh,
  IconPin,
  IconPinnedOff,
  IconX,
} from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryContent } from '#shared/document/fields.ts';
import { IconButton } from '../../ui/index.ts';
import type { EntryActs } from './EntryActs.ts';
import { dotsMark } from './entryMarks.tsx';
import { useCollectionKind } from './kindContext.ts';
import styles from './CollectionPage.module.css';

interface Props {
  readonly entry: EntryContent;
  /** What the button is called. */
  readonly label: string;
  readonly acts: EntryActs | null;
  readonly onRemove: ((entry: EntryContent) => void) | null;
}

/** What may be done with one entry. Its choices are made when it is first asked for: a long list scrolls past hundreds of these. */
export function EntryMenu(props: Props) {
  const [wasAsked, setAsked] = useState(false);
  if (wasAsked) return <AskedMenu {...props} />;
  const { label } = props;
  return (
    // The browser shows the name, which costs nothing while nobody hovers.
    <button
      type="button"
      className={styles.more}
      aria-label={label}
      title={label}
      aria-haspopup="menu"
      aria-expanded={false}
      onClick={() => setAsked(true)}
    >
      {dotsMark}
    </button>
  );
}

function AskedMenu({ entry, label, acts, onRemove }: Props) {
  const { t } = useTranslation();
  const kind = useCollectionKind();
  const [opened, setOpened] = useState(false);
  const target = useRef<HTMLButtonElement>(null);
  // The menu has a button of its own: the focus goes over to it, so that it comes back there.
  useLayoutEffect(() => {
    target.current?.focus();
    setOpened(true);
  }, []);
  return (
    <Menu opened={opened} onChange={setOpened}>
      <Menu.Target>
        <IconButton ref={target} label={label}>
          {dotsMark}
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown>
        {acts !== null && (
          <>
            <Menu.Item
              leftSection={<IconArrowUp size={16} />}
              rightSection={<kbd>Alt+↑</kbd>}
              onClick={() => acts.move(entry, -1)}
            >
              {t('carnets.entry.moveUp')}
            </Menu.Item>
            <Menu.Item
              leftSection={<IconArrowDown size={16} />}
              rightSection={<kbd>Alt+↓</kbd>}
              onClick={() => acts.move(entry, 1)}
            >
              {t('carnets.entry.moveDown')}
            </Menu.Item>
            <Menu.Item leftSection={<IconArrowBarToUp size={16} />} onClick={() => acts.move(entry, 'first')}>
              {t('carnets.entry.moveFirst')}
            </Menu.Item>
            <Menu.Item
              leftSection={entry.pinned ? <IconPinnedOff size={16} /> : <IconPin size={16} />}
              onClick={() => acts.pin(entry, !entry.pinned)}
            >
              {t(entry.pinned ? 'carnets.entry.unpin' : 'carnets.entry.pin')}
            </Menu.Item>
            {acts.hold !== null && (
              <Menu.Item
                leftSection={entry.held === undefined ? <IconAnchor size={16} /> : <IconRefresh size={16} />}
                onClick={() => acts.hold?.(entry, entry.held === undefined)}
              >
                {t(entry.held === undefined ? 'carnets.held.hold' : 'carnets.held.follow')}
              </Menu.Item>
            )}
            {acts.categories.length > 0 && (
              <>
                <Menu.Divider />
                <Menu.Label>{t('carnets.entry.moveTo')}</Menu.Label>
                {[{ id: null, name: t('carnets.entry.noCategory') }, ...acts.categories].map((category) => (
                  <Menu.Item
                    key={category.id ?? 'none'}
                    leftSection={<IconFolder size={16} />}
                    disabled={category.id === entry.category && !entry.pinned}
                    onClick={() => acts.moveTo(entry, category.id)}
                  >
                    {category.name}
                  </Menu.Item>
                ))}
              </>
            )}
          </>
        )}
        {onRemove !== null && (
          <>
            {acts !== null && <Menu.Divider />}
            <Menu.Item color="red" leftSection={<IconX size={16} />} onClick={() => onRemove(entry)}>
              {t(`${kind}s.entry.remove`)}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
