import { IconCloudOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAsOf } from '../../api/index.ts';
import styles from './Homes.module.css';
import { useSince } from './useSince.ts';

/** Says of a page that it was kept from before, and from when; nothing of one that is so now. @param props.path - that the page asked. */
export function AsOf({ path }: { readonly path: string }) {
  const { t } = useTranslation();
  const since = useSince();
  const time = useAsOf(path);
  if (time === null) return null;
  return (
    <p className={styles.asOf} role="status">
      <IconCloudOff size={16} stroke={1.7} aria-hidden="true" />
      {t('homes.asOf', { when: since(time) })}
    </p>
  );
}
