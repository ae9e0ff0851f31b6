import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import {
  type joinByCodeSchema,
  joinedMeetingsSchema,
  joinedMeetingSummarySchema,
  meetingContentSchema,
} from '#shared/api/meeting.ts';
import { keys, request, requestNothing } from '../../api/index.ts';

const address = '/api/joined-meetings';

/** The meetings of other computers that the person of this one joined. */
export const joinedMeetingsQuery = () =>
  queryOptions({
    queryKey: [...keys.meeting, 'joined'],
    queryFn: ({ signal }) => request(address, joinedMeetingsSchema, { signal }),
  });

export const joinMeeting = (body: z.input<typeof joinByCodeSchema>) =>
  request(address, joinedMeetingSummarySchema, { method: 'POST', body });

export const leaveMeeting = (id: string) => requestNothing(`${address}/${id}`, { method: 'DELETE' });

/** The carnet that a meeting is of; null where it holds none. */
export const firstCarnet = async (id: string) =>
  (await request(`${address}/${id}`, meetingContentSchema)).carnets[0]?.id ?? null;
