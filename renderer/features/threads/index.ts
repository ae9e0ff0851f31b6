export { DiscussionBlock } from './DiscussionBlock.tsx';
export { commentInEditor, PassageLayer, whoInEditor } from './PassageLayer.tsx';
export { type DiscussionView, useDiscussionView } from './useDiscussionView.ts';
export { DiscussionPanel } from './DiscussionPanel.tsx';
