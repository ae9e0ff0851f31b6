export { HomeNav } from './HomeNav.tsx';
export { HomesSection } from './HomesSection.tsx';
