export { JoinPage } from './JoinPage.tsx';
export { ShareDialog } from './ShareDialog.tsx';
