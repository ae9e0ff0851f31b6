import { Button, Menu } from '@mantine/core';
import { IconCheck, IconChevronDown, type IconProps } from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import styles from './Choice.module.css';

interface Props<Value extends string> {
  /** What is chosen, for who does not see it. */
  readonly label: string;
  readonly value: Value;
  /** The value as it is shown while the menu is closed. */
  readonly children: ReactNode;
  readonly options: readonly {
    readonly value: Value;
    readonly word: string;
    readonly hint?: string;
    readonly icon?: ComponentType<IconProps>;
  }[];
  /** Called with what is chosen, also where it is what was. */
  readonly onChange: (value: Value) => void;
}

/** One of several that need a word of explanation: seen when asked for. */
export function MenuChoice<Value extends string>({
  label,
  value,
  children,
  options,
  onChange,
}: Props<Value>) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          className={styles.menu ?? ''}
          size="compact-md"
          variant="subtle"
          color="gray"
          rightSection={<IconChevronDown size={14} />}
        >
          <span className="visually-hidden">{label} – </span>
          {children}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {options.map(({ value: one, word, hint, icon: Icon }) => (
          <Menu.Item
            key={one}
            maw={300}
            leftSection={Icon === undefined ? undefined : <Icon size={17} stroke={1.6} />}
            rightSection={one === value ? <IconCheck size={16} /> : null}
            onClick={() => onChange(one)}
          >
            {word}
            {hint !== undefined && <div className={styles.menuHint}>{hint}</div>}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
