export { AsOf } from './AsOf.tsx';
export { HomeChip } from './HomeChip.tsx';
export { HomeNav } from './HomeNav.tsx';
export { HomePage } from './HomePage.tsx';
export { OfflineSwitch } from './OfflineSwitch.tsx';
export { HomesSection } from './HomesSection.tsx';
export { useWaitingWords } from './useWaitingWords.ts';
