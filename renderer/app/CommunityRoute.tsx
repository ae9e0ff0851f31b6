import { useParams } from '@tanstack/react-router';
import type { CommunityId } from '#shared/domain/ids.ts';
import { CommunityPage } from '../features/communities/CommunityPage.tsx';
import { idParam } from './idParam.ts';

/** `/communities/$communityId`. */
export function CommunityRoute() {
  const { communityId } = useParams({ from: '/shell/communities/$communityId' });
  return <CommunityPage key={communityId} communityId={idParam<CommunityId>(communityId)} />;
}
