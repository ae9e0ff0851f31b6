import { z } from 'zod';

/**
 * GET /api/events (text/event-stream): hints about what changed, so that who is looking sees it without asking. They carry ids only and say nothing to those
 * who may not read the thing. `note`, `carnet` and `base`: catalogue or derived data changed; `community`: its page or its people; `lists`: the set of
 * notes, carnets, bases or communities changed; `versions`, `threads`: of that note; `notices`: somebody's inbox, told to them alone; `homes`: the relays
 * that the person of this computer follows, how things stand with them, or with their documents that are kept here; `meeting`: the one that this computer hosts, told to its person alone.
 */
export const relayEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('note'), id: z.string() }),
  z.object({ type: z.literal('carnet'), id: z.string() }),
  z.object({ type: z.literal('base'), id: z.string() }),
  z.object({ type: z.literal('community'), id: z.string() }),
  z.object({ type: z.literal('notices'), id: z.string() }),
  z.object({ type: z.literal('versions'), id: z.string() }),
  z.object({ type: z.literal('threads'), id: z.string() }),
  z.object({ type: z.literal('lists') }),
  z.object({ type: z.literal('homes') }),
  z.object({ type: z.literal('meeting') }),
]);
export type RelayEvent = z.infer<typeof relayEventSchema>;
