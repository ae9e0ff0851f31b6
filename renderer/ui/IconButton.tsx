import { ActionIcon, type ActionIconProps, Tooltip } from '@mantine/core';
import type { ComponentPropsWithoutRef, ReactNode, Ref } from 'react';

type Props = Omit<ComponentPropsWithoutRef<'button'>, 'color' | 'style'> &
  Pick<ActionIconProps, 'variant' | 'size' | 'color'> & {
    /** What the act is called: read by screen readers and shown on hover. */
    readonly label: string;
    /** Its shortcut, shown beside the name. */
    readonly shortcut?: string;
    readonly children: ReactNode;
    readonly ref?: Ref<HTMLButtonElement>;
  };

/** An act shown as an icon; its name is always there for those who hover, focus or listen. */
export function IconButton({
  label,
  shortcut,
  children,
  variant = 'subtle',
  size = 30,
  color = 'gray',
  ref,
  ...rest
}: Props) {
  const name = shortcut === undefined ? label : `${label}  ${shortcut}`;
  return (
    <Tooltip label={name}>
      <ActionIcon
        ref={ref}
        type="button"
        aria-label={label}
        variant={variant}
        size={size}
        color={color}
        {...rest}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
