import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { CollectionKind } from '#shared/domain/Collection.ts';

interface Props {
  readonly kind: CollectionKind | 'note';
  readonly id: string;
  readonly className?: string | undefined;
  readonly onClick?: () => void;
  readonly children: ReactNode;
}

/** Leads to a note, a carnet or a base. */
export function CollectionLink({ kind, id, children, ...rest }: Props) {
  if (kind === 'note')
    return (
      <Link to="/notes/$noteId" params={{ noteId: id }} {...rest}>
        {children}
      </Link>
    );
  return kind === 'carnet' ? (
    <Link to="/carnets/$carnetId" params={{ carnetId: id }} {...rest}>
      {children}
    </Link>
  ) : (
    <Link to="/bases/$baseId" params={{ baseId: id }} {...rest}>
      {children}
    </Link>
  );
}
