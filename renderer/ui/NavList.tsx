import { type ReactNode, useId } from 'react';
import { RowSkeletons } from './Skeletons.tsx';
import styles from './NavList.module.css';

interface Props {
  readonly title: string;
  /** An act beside the title. */
  readonly act?: ReactNode;
  /** Null while it is being asked for. */
  readonly children: ReactNode;
  readonly isLoading?: boolean;
  readonly loadingLabel: string;
}

/** A named list of links in the navigation. Its children are `li` with a link of the class `navStyles.item`. */
export function NavList({ title, act, children, isLoading = false, loadingLabel }: Props) {
  const id = useId();
  return (
    <section className={styles.section} aria-labelledby={id}>
      <div className={styles.head}>
        <h2 id={id} className={styles.title}>
          {title}
        </h2>
        {act}
      </div>
      {isLoading ? (
        <div className={styles.skeleton}>
          <RowSkeletons count={3} height={32} label={loadingLabel} />
        </div>
      ) : (
        <ul role="list">{children}</ul>
      )}
    </section>
  );
}

/** The classes of the links of a NavList. */
export const navStyles = styles;
