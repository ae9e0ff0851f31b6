import { ActionIcon, type ActionIconProps, Tooltip } from '@mantine/core';
import type { ComponentPropsWithoutRef, ReactNode, Ref } from 'react';

type Props = Omit<ComponentPropsWithoutRef<'button'>, 'color' | 'style'> &
  Pick<ActionIconProps, 'variant' | 'size' | 'color'> & {
    /** What the act is called: read by screen readers and shown on hover. */
    readonly label: string;
    /** Its shortcut, shown beside the name. */
    readonly shortcut?: string;
    readonly children: ReactNode;
    /** In long lists: its name is shown on hover as the browser does, which costs nothing while nobody hovers. */
    readonly plain?: boolean;
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
  plain = false,
  ref,
  ...rest
}: Props) {
  const name = shortcut === undefined ? label : `${label}  ${shortcut}`;
  const button = (
    <ActionIcon
      ref={ref}
      type="button"
      aria-label={label}
      {...(plain && { title: name })}
      variant={variant}
      size={size}
      color={color}
      {...rest}
    >
      {children}
    </ActionIcon>
  );
  return plain ? button : <Tooltip label={name}>{button}</Tooltip>;
}
