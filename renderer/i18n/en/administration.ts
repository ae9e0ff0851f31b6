import type { administration as french } from '../fr/administration.ts';
import type { Translation } from '../Translation.ts';

export const administration = {
  title: 'Administration',
  open: 'Administer this Calepin',
  openHint: 'Invite people. It opens no note.',
  notAdministrator: 'Only the people who run this Calepin can administer it.',
  invitations: 'Invite to this Calepin',
} as const satisfies Translation<typeof french>;
