import { IconLock, IconUsers, IconUsersGroup, IconWorld, type IconProps } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import type { Visibility } from '#shared/domain/Visibility.ts';
import styles from './VisibilityMark.module.css';

/** One icon a visibility, always with its word. */
export const visibilityIcons: Record<Visibility, ComponentType<IconProps>> = {
  authors: IconLock,
  community: IconUsersGroup,
  members: IconUsers,
  public: IconWorld,
};

/** Who can see a thing: an icon and a word. */
export function VisibilityMark({
  visibility,
  size = 15,
}: {
  readonly visibility: Visibility;
  readonly size?: number;
}) {
  const { t } = useTranslation();
  const Icon = visibilityIcons[visibility];
  return (
    <span className={styles.mark} title={t(`notes.visibility.${visibility}Hint`)}>
      <Icon size={size} stroke={1.7} aria-hidden="true" />
      {t(`notes.visibility.${visibility}`)}
    </span>
  );
}
