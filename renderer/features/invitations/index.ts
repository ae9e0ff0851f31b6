export { JoinPage } from './JoinPage.tsx';
export { ShareDialog, ShareForm } from './ShareDialog.tsx';
