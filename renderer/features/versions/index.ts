export { ActsBlock } from './ActsBlock.tsx';
export { NameVersionModal } from './NameVersionModal.tsx';
export { useHistoryKnown } from './useHistoryKnown.ts';
export { useNameVersion } from './useNameVersion.ts';
export { VersionsBlock } from './VersionsBlock.tsx';
