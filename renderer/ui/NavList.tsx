import { type ReactNode, useId } from 'react';
import { RowSkeletons } from './Skeletons.tsx';
import styles from './NavList.module.css';

interface Props {
  readonly title: string;
  /** An act beside the title. */
  readonly act?: ReactNode;
  /** `li` of it; or, of one that may be long, the whole list. */
  readonly children: ReactNode;
  readonly isWhole?: boolean;
  readonly isLoading?: boolean;
  readonly loadingLabel: string;
}

/** A named list of links in the navigation. It has `li` with a link of the class `navStyles.item`. */
export function NavList({ title, act, children, isWhole = false, isLoading = false, loadingLabel }: Props) {
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
      ) : isWhole ? (
        children
      ) : (
        <ul role="list">{children}</ul>
      )}
    </section>
  );
}

/** The classes of the links of a NavList. */
export const navStyles = styles;
