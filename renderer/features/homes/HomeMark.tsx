import {
  IconCloudCheck,
  IconCloudDown,
  IconCloudOff,
  IconCloudUp,
  type IconProps,
  IconUserOff,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import styles from './Homes.module.css';
import type { HomeMood } from './useHomeWords.ts';

const icons: Record<HomeMood, ComponentType<IconProps>> = {
  equal: IconCloudCheck,
  waiting: IconCloudUp,
  mending: IconCloudDown,
  away: IconCloudOff,
  signedOut: IconUserOff,
};

/** An icon for how things stand; the words stand beside it. */
export function HomeMark({ mood, size = 16 }: { readonly mood: HomeMood; readonly size?: number }) {
  const Icon = icons[mood];
  return <Icon className={styles.mark} data-mood={mood} size={size} stroke={1.7} aria-hidden="true" />;
}
