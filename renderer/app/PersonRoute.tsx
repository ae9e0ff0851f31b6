import { useParams } from '@tanstack/react-router';
import type { PersonId } from '#shared/domain/ids.ts';
import { ProfilePage } from '../features/people/ProfilePage.tsx';
import { idParam } from './idParam.ts';

/** `/people/$personId`. */
export function PersonRoute() {
  const { personId } = useParams({ from: '/shell/people/$personId' });
  return <ProfilePage key={personId} personId={idParam<PersonId>(personId)} />;
}
