import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { isHere, type Person } from '#shared/domain/Person.ts';
import styles from './PersonLink.module.css';

/** The name of a person, which leads to their page; of who is not here, the name alone. */
export function PersonLink({
  person,
  children,
}: {
  readonly person: Pick<Person, 'id' | 'kind' | 'name'>;
  /** What stands for the name, where it is more than it. */
  readonly children?: ReactNode;
}) {
  if (!isHere(person)) return children ?? person.name;
  return (
    <Link to="/people/$personId" params={{ personId: person.id }} className={styles.link}>
      {children ?? person.name}
    </Link>
  );
}
