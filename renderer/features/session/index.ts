export { launch, type LaunchResult } from './launch.ts';
export { SignedOutPage } from './SignedOutPage.tsx';
export { UnreachablePage } from './UnreachablePage.tsx';
