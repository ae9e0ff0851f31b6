export { NameVersionModal } from './NameVersionModal.tsx';
export { useNameVersion } from './useNameVersion.ts';
export { VersionsBlock } from './VersionsBlock.tsx';
