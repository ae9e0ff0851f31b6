export { HostMeetingDialog } from './HostMeetingDialog.tsx';
export { joinedMeetingsQuery } from './joinedMeetingsApi.ts';
export { MeetingsSection } from './MeetingsSection.tsx';
export { useMeetingEnd } from './useMeetingEnd.ts';
