import { IconLayoutSidebar, IconLayoutSidebarRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../IconButton.tsx';
import { useShell } from './ShellContext.ts';
import styles from './PageHead.module.css';

interface Props {
  /** Where the person is. */
  readonly children?: ReactNode;
  /** Whether it is safe: it stands after the place and before free room, so that its words move nothing when they change. */
  readonly state?: ReactNode;
  /** What may be done here, from the most to the least used. */
  readonly acts?: ReactNode;
}

/** The one line at the head of a page; it stays while the page scrolls. */
export function PageHead({ children, state, acts }: Props) {
  const { t } = useTranslation();
  const shell = useShell();
  return (
    <header className={styles.head}>
      {!shell.sidebarOpen && (
        <IconButton label={t('app.showSidebar')} shortcut="Ctrl+\" onClick={shell.toggleSidebar}>
          <IconLayoutSidebar size={18} stroke={1.6} />
        </IconButton>
      )}
      <div className={styles.where}>{children}</div>
      {state}
      <div className={styles.acts}>
        {acts}
        {shell.hasDetails && (
          <IconButton
            label={shell.detailsOpen ? t('app.hideDetails') : t('app.showDetails')}
            shortcut="Ctrl+."
            aria-pressed={shell.detailsOpen}
            onClick={shell.toggleDetails}
          >
            <IconLayoutSidebarRight size={18} stroke={1.6} />
          </IconButton>
        )}
      </div>
    </header>
  );
}
