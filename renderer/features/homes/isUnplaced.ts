import type { HomeState } from '#shared/api/homes.ts';

/** Whether it is to be placed in a followed Calepin and never was there. */
export const isUnplaced = ({ reason, lastContact }: Pick<HomeState, 'reason' | 'lastContact'>): boolean =>
  reason === 'created' && lastContact === null;
