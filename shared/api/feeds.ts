import { z } from 'zod';
import { timeSchema } from './common.ts';

/** GET /api/feed → whether the person has a feed of their own. DELETE → 204: its address is good no more. */
export const ownFeedSchema = z.object({ createdAt: timeSchema.nullable() });
/** POST /api/feed → 201: its address, shown this once; the one before is good no more. Whoever has it reads what the person may read, titles and first lines. */
export const newFeedSchema = z.object({ url: z.string(), createdAt: timeSchema });
