export { DiscussionBlock } from './DiscussionBlock.tsx';
export { DiscussionPanel } from './DiscussionPanel.tsx';
