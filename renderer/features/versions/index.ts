export { ActsBlock } from './ActsBlock.tsx';
export { readHistoryFind } from './historyFind.ts';
export { NameVersionModal } from './NameVersionModal.tsx';
export { NewsBar } from './news/NewsBar.tsx';
export { useNews } from './news/useNews.ts';
export { useHistoryKnown } from './useHistoryKnown.ts';
export { useNameVersion } from './useNameVersion.ts';
export { VersionsBlock } from './VersionsBlock.tsx';
