import { z } from 'zod';
import { communityIdSchema, personIdSchema } from './common.ts';

/** Bytes of files that one person may have sent, until an administrator says otherwise. */
export const defaultQuotaBytes = 5_000_000_000;

const bytes = z.number().int().nonnegative();

/**
 * GET /api/storage → how much the files take that the person sent, in bytes, and how much they may; `quota` 0: as much as there is room. `texts`: what the texts take, with their history, of
 * which they alone are the author or the manager; no quota holds for these. 401 `not_signed_in`.
 */
export const storageSchema = z.object({ used: bytes, quota: bytes, texts: bytes });
export type Storage = z.infer<typeof storageSchema>;

/** GET /api/administration/storage → who takes how much, by files and then by texts, the most first, at most 500 people; who takes nothing is left out. For administrators of a community relay. */
export const administeredStorageSchema = z.object({
  quota: bytes,
  /** Of everybody, also of those who are not known any more. */
  total: bytes,
  /** `texts`: of which they alone are the author or the manager. */
  people: z.array(z.object({ id: personIdSchema, name: z.string(), used: bytes, texts: bytes })),
  /** What texts take, with their history. One that is linked to a community counts there too. */
  texts: z.object({
    total: bytes,
    communities: z.array(z.object({ id: communityIdSchema, name: z.string(), texts: bytes })),
  }),
});
export type AdministeredStorage = z.infer<typeof administeredStorageSchema>;

/** PATCH /api/administration/storage → 204: bytes a person; 0 for no limit. What is there stays, also beyond it. */
export const changeQuotaSchema = z.object({ quota: bytes.max(1_000_000_000_000_000) });
