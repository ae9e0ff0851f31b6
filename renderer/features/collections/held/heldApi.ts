import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { collectionPageSchema, heldContentSchema, type holdEntrySchema } from '#shared/api/collections.ts';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import { keys, request } from '../../../api/index.ts';

const address = (carnet: CarnetId, note: NoteId): string => `/api/carnets/${carnet}/entries/${note}/held`;

/** What a carnet holds of a note. */
export const heldQuery = (carnet: CarnetId, note: NoteId) =>
  queryOptions({
    queryKey: [...keys.collection({ kind: 'carnet', id: carnet }), 'held', note],
    queryFn: ({ signal }) => request(address(carnet, note), heldContentSchema, { signal }),
  });

export const holdEntry = (carnet: CarnetId, note: NoteId, body: z.infer<typeof holdEntrySchema>) =>
  request(address(carnet, note), collectionPageSchema, { method: 'PUT', body });
