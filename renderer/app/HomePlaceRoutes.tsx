import { useParams } from '@tanstack/react-router';
import type { CommunityId, PersonId } from '#shared/domain/ids.ts';
import { HomeCommunityPage, HomePersonPage } from '../features/homes/index.ts';

/** `/homes/$homeId/communities/$communityId`. */
export function HomeCommunityRoute() {
  const { homeId, communityId } = useParams({ from: '/shell/homes/$homeId/communities/$communityId' });
  return <HomeCommunityPage key={communityId} homeId={homeId} communityId={communityId as CommunityId} />;
}

/** `/homes/$homeId/people/$personId`. */
export function HomePersonRoute() {
  const { homeId, personId } = useParams({ from: '/shell/homes/$homeId/people/$personId' });
  return <HomePersonPage key={personId} homeId={homeId} personId={personId as PersonId} />;
}
