import { Menu } from '@mantine/core';
import {
  IconArrowBarToUp,
  IconArrowDown,
  IconArrowUp,
  IconDots,
  IconFolder,
  IconPin,
  IconPinnedOff,
  IconX,
} from '@tabler/icons-react';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EntryContent } from '#shared/document/fields.ts';
import { IconButton } from '../../ui/index.ts';
import type { EntryActs } from './EntryActs.ts';
import { useCollectionKind } from './kindContext.ts';

interface Props {
  readonly entry: EntryContent;
  readonly title: string;
  readonly acts: EntryActs | null;
  readonly onRemove: ((entry: EntryContent) => void) | null;
}

/** What may be done with one entry. Its choices are made when it is first asked for: a long list scrolls past hundreds of these. */
export function EntryMenu({ entry, title, acts, onRemove }: Props) {
  const { t } = useTranslation();
  const kind = useCollectionKind();
  const [wasAsked, setAsked] = useState(false);
  const [opened, setOpened] = useState(false);
  const target = useRef<HTMLButtonElement>(null);
  // The menu has a button of its own: the focus goes over to it, so that it comes back there.
  useLayoutEffect(() => {
    if (!wasAsked) return;
    target.current?.focus();
    setOpened(true);
  }, [wasAsked]);
  const label = t('carnets.entry.menu', { title });
  if (!wasAsked)
    return (
      <IconButton
        plain
        label={label}
        aria-haspopup="menu"
        aria-expanded={false}
        onClick={() => setAsked(true)}
      >
        <IconDots size={18} stroke={1.6} />
      </IconButton>
    );
  return (
    <Menu opened={opened} onChange={setOpened}>
      <Menu.Target>
        <IconButton ref={target} label={label}>
          <IconDots size={18} stroke={1.6} />
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
