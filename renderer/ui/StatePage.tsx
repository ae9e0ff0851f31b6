import type { ReactNode } from 'react';
import styles from './StatePage.module.css';

interface Props {
  readonly icon?: ReactNode;
  readonly title: string;
  readonly children?: ReactNode;
  /** The next step: one or two buttons. */
  readonly acts?: ReactNode;
  /** Inside a page that has its own title. */
  readonly inline?: boolean;
}

/** A page or a part of one that is empty, closed or broken: what it is, and what to do next. */
export function StatePage({ icon, title, children, acts, inline = false }: Props) {
  const Heading = inline ? 'h2' : 'h1';
  return (
    <div className={inline ? `${styles.state} ${styles.inline}` : styles.state}>
      {icon !== undefined && (
        <div className={styles.icon} aria-hidden="true">
          {icon}
        </div>
      )}
      <Heading className={styles.title}>{title}</Heading>
      {children !== undefined && <div className={styles.text}>{children}</div>}
      {acts !== undefined && <div className={styles.acts}>{acts}</div>}
    </div>
  );
}
