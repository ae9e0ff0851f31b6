import { z } from 'zod';
import { personIdSchema } from './common.ts';

/** Bytes of files that one person may have sent, until an administrator says otherwise. */
export const defaultQuotaBytes = 5_000_000_000;

const bytes = z.number().int().nonnegative();

/** GET /api/storage → how much the files take that the person sent, in bytes, and how much they may; `quota` 0: as much as there is room. 401 `not_signed_in`. */
export const storageSchema = z.object({ used: bytes, quota: bytes });

/** GET /api/administration/storage → who takes how much, the most first; who sent nothing is left out. For administrators of a community relay. */
export const administeredStorageSchema = z.object({
  quota: bytes,
  /** Of everybody, also of those who are not known any more. */
  total: bytes,
  people: z.array(z.object({ id: personIdSchema, name: z.string(), used: bytes })),
});
export type AdministeredStorage = z.infer<typeof administeredStorageSchema>;

/** PATCH /api/administration/storage → 204: bytes a person; 0 for no limit. What is there stays, also beyond it. */
export const changeQuotaSchema = z.object({ quota: bytes.max(1_000_000_000_000_000) });
