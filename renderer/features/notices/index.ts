export { NoticeSettings } from './NoticeSettings.tsx';
export { NoticesLink } from './NoticesLink.tsx';
