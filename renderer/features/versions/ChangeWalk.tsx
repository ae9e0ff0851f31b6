import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../../ui/index.ts';
import styles from './Comparison.module.css';

interface Props {
  readonly count: number;
  /** The number of the change that was gone to; null before any was. */
  readonly current: number | null;
  readonly onGo: (step: 1 | -1) => void;
}

/** How many changes a comparison has, which one is looked at, and the way to the next. */
export function ChangeWalk({ count, current, onGo }: Props) {
  const { t } = useTranslation();
  return (
    <div className={styles.walk}>
      <span className={styles.count} aria-hidden={current !== null}>
        {current === null ? t('versions.found', { count }) : t('versions.position', { at: current, count })}
      </span>
      <IconButton label={t('versions.before')} shortcut="P" variant="default" onClick={() => onGo(-1)}>
        <IconArrowUp size={17} stroke={1.8} />
      </IconButton>
      <IconButton label={t('versions.next')} shortcut="N" variant="default" onClick={() => onGo(1)}>
        <IconArrowDown size={17} stroke={1.8} />
      </IconButton>
    </div>
  );
}
