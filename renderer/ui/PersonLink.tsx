import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { Person } from '#shared/domain/Person.ts';
import styles from './PersonLink.module.css';

/** The name of a person, which leads to their page; of who departed, the name alone. */
export function PersonLink({
  person,
  children,
}: {
  readonly person: Pick<Person, 'id' | 'kind' | 'name'>;
  /** What stands for the name, where it is more than it. */
  readonly children?: ReactNode;
}) {
  if (person.kind === 'departed') return children ?? person.name;
  return (
    <Link to="/people/$personId" params={{ personId: person.id }} className={styles.link}>
      {children ?? person.name}
    </Link>
  );
}
