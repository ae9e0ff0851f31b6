import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import {
  changeEditionSchema,
  editionListSchema,
  editionSchema,
  type freezeEditionSchema,
} from '#shared/api/editions.ts';
import type { CarnetId } from '#shared/domain/ids.ts';
import { keys, request } from '../../../api/index.ts';

const base = (carnet: CarnetId): string => `/api/carnets/${carnet}/editions`;

export const editionQueries = {
  /** The key begins with that of the carnet's page: what changes it asks for its editions anew. */
  list: (carnet: CarnetId) =>
    queryOptions({
      queryKey: [...keys.collection({ kind: 'carnet', id: carnet }), 'editions'],
      queryFn: ({ signal }) => request(base(carnet), editionListSchema, { signal }),
    }),
};

export const editionsApi = {
  freeze: (carnet: CarnetId, body: z.input<typeof freezeEditionSchema>) =>
    request(base(carnet), editionSchema, { method: 'POST', body }),
  withdraw: (carnet: CarnetId, number: number, withdrawn: boolean) =>
    request(`${base(carnet)}/${number}`, editionSchema, {
      method: 'PATCH',
      body: changeEditionSchema.parse({ withdrawn }),
    }),
} as const;
