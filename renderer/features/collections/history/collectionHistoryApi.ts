import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import {
  collectionActsSchema,
  collectionMomentSchema,
  collectionRestoredSchema,
  collectionRestorePreviewSchema,
} from '#shared/api/collectionHistory.ts';
import type { CollectionRef } from '#shared/domain/Collection.ts';
import { keys, request } from '../../../api/index.ts';
import type { CollectionMomentFind } from './collectionMomentFind.ts';

const actsPerPage = 50;
const base = ({ kind, id }: CollectionRef): string => `/api/${kind}s/${id}/history`;

/** What is asked about the history of a carnet or of a base. The keys begin with that of its page: what changes it asks them anew. */
export const collectionHistoryQueries = {
  acts: (ref: CollectionRef) =>
    infiniteQueryOptions({
      queryKey: [...keys.collection(ref), 'acts'],
      queryFn: ({ pageParam, signal }) =>
        request(base(ref), collectionActsSchema, {
          query: { count: actsPerPage, ...(pageParam === null ? {} : { before: pageParam }) },
          signal,
        }),
      initialPageParam: null as string | null,
      getNextPageParam: ({ next }) => next,
    }),
  moment: (ref: CollectionRef, find: CollectionMomentFind) =>
    queryOptions({
      queryKey: [...keys.collection(ref), 'moment', find],
      queryFn: ({ signal }) =>
        request(`${base(ref)}/content`, collectionMomentSchema, { query: { ...find }, signal }),
    }),
  preview: (ref: CollectionRef, seq: number) =>
    queryOptions({
      queryKey: [...keys.collection(ref), 'restore-preview', seq],
      queryFn: ({ signal }) =>
        request(`${base(ref)}/restore/preview`, collectionRestorePreviewSchema, {
          method: 'POST',
          body: { seq },
          signal,
        }),
      gcTime: 0,
    }),
};

export const collectionHistoryApi = {
  restore: (ref: CollectionRef, seq: number, agreed: string) =>
    request(`${base(ref)}/restore`, collectionRestoredSchema, { method: 'POST', body: { seq, agreed } }),
  undo: (ref: CollectionRef, seq: number) =>
    request(`${base(ref)}/undo`, collectionRestoredSchema, { method: 'POST', body: { seq } }),
} as const;
