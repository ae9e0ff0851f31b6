import { useParams } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { MemberId } from '#shared/domain/ids.ts';
import { PageLink } from '../../../ui/index.ts';

interface Props {
  readonly to: string;
  readonly member: MemberId;
  /** Whether the carnet holds another text of it than that of now, which is given to the person. */
  readonly isHeld: boolean;
  readonly className: string | undefined;
  readonly children: ReactNode;
}

/** Leads to a member of a carnet or of a base: to what the carnet holds of a note, where that is another text than that of now. */
export function EntryLink({ isHeld, member, ...link }: Props) {
  return isHeld ? <HeldLink {...link} member={member} /> : <PageLink {...link} />;
}

function HeldLink({ to, member, ...link }: Omit<Props, 'isHeld'>) {
  const { carnetId } = useParams({ strict: false });
  return <PageLink {...link} to={carnetId === undefined ? to : `/carnets/${carnetId}/notes/${member}`} />;
}
