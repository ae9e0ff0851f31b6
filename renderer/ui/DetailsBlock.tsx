import type { ReactNode } from 'react';
import styles from './DetailsBlock.module.css';

interface Props {
  readonly title: string;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** One block of the details column: its name and what it holds. */
export function DetailsBlock({ title, icon, children }: Props) {
  return (
    <section className={styles.block}>
      <h2 className={styles.title}>
        {icon}
        {title}
      </h2>
      <div className={styles.body}>{children}</div>
    </section>
  );
}
