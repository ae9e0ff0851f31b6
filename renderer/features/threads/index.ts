export { DiscussionBlock } from './DiscussionBlock.tsx';
export { PassageLayer } from './PassageLayer.tsx';
export { type DiscussionView, useDiscussionView } from './useDiscussionView.ts';
export { DiscussionPanel } from './DiscussionPanel.tsx';
