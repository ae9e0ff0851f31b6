export { CommunityNav } from './CommunityNav.tsx';
export { LinkedCommunityBlock } from './LinkedCommunityBlock.tsx';
