import { Fragment, type ReactNode } from 'react';
import type { Person } from '#shared/domain/Person.ts';
import { cutAtMentions } from './mentions.ts';
import styles from './threads.module.css';

interface Props {
  readonly text: string;
  /** Those named in it. */
  readonly people: readonly Person[];
  /** Stands behind the words. */
  readonly children?: ReactNode;
}

/** The words of a message, with the names of those who are named in it. */
export function MessageWords({ text, people, children }: Props) {
  return (
    <p className={styles.words}>
      {cutAtMentions(text, people).map((piece, at) =>
        at % 2 === 1 ? (
          <span key={at} className={styles.mention}>
            {piece}
          </span>
        ) : (
          <Fragment key={at}>{piece}</Fragment>
        ),
      )}
      {children}
    </p>
  );
}
