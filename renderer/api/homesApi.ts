import type { z } from 'zod';
import { baseListSchema, carnetListSchema } from '#shared/api/collections.ts';
import { communityListSchema, communityPageSchema } from '#shared/api/communities.ts';
import {
  documentHomeSchema,
  type followSchema,
  homeSchema,
  type homeSignInSchema,
  homesSchema,
  homeStateSchema,
  type renameHomeSchema,
} from '#shared/api/homes.ts';
import { noteListSchema } from '#shared/api/notes.ts';
import { profilePageSchema } from '#shared/api/people.ts';
import type { CollectionKind } from '#shared/domain/Collection.ts';
import type { CarnetId, CommunityId, DocumentId, PersonId } from '#shared/domain/ids.ts';
import { request, requestNothing } from './request.ts';

/** What is asked of followed Calepins, each a path of this one. */
export const homePaths = {
  carnets: (id: string) => `/api/homes/${id}/at/carnets`,
  notes: (id: string) => `/api/homes/${id}/at/notes`,
  bases: (id: string) => `/api/homes/${id}/at/bases`,
  communities: (id: string) => `/api/homes/${id}/at/communities`,
  community: (id: string, community: CommunityId) => `/api/homes/${id}/at/communities/${community}`,
  person: (id: string, person: PersonId) => `/api/homes/${id}/at/people/${person}`,
};

/** What is asked of this Calepin about those that it follows. */
export const homesApi = {
  homes: (signal?: AbortSignal) => request('/api/homes', homesSchema, signal ? { signal } : {}),
  followHome: (body: z.input<typeof followSchema>) =>
    request('/api/homes', homeSchema, { method: 'POST', body }),
  signInAtHome: (id: string, body: z.input<typeof homeSignInSchema>) =>
    request(`/api/homes/${id}/session`, homeSchema, { method: 'POST', body }),
  renameHome: (id: string, body: z.input<typeof renameHomeSchema>) =>
    request(`/api/homes/${id}`, homeSchema, { method: 'PATCH', body }),
  retryHome: (id: string) => request(`/api/homes/${id}/retry`, homeSchema, { method: 'POST' }),
  homeCarnets: (id: string, signal?: AbortSignal) =>
    request(homePaths.carnets(id), carnetListSchema, signal ? { signal } : {}),
  homeBases: (id: string, signal?: AbortSignal) =>
    request(homePaths.bases(id), baseListSchema, signal ? { signal } : {}),
  homeCommunities: (id: string, signal?: AbortSignal) =>
    request(homePaths.communities(id), communityListSchema, signal ? { signal } : {}),
  homeCommunity: (id: string, community: CommunityId, signal?: AbortSignal) =>
    request(homePaths.community(id, community), communityPageSchema, signal ? { signal } : {}),
  homePerson: (id: string, person: PersonId, signal?: AbortSignal) =>
    request(homePaths.person(id, person), profilePageSchema, signal ? { signal } : {}),
  homeNotes: (id: string, author: PersonId | null, signal?: AbortSignal) =>
    request(homePaths.notes(id), noteListSchema, {
      query: { sort: 'modified', limit: 100, ...(author === null ? {} : { author }) },
      ...(signal ? { signal } : {}),
    }),
  keepDocument: (home: string, document: DocumentId, kind: 'note' | CollectionKind) =>
    request(`/api/homes/${home}/documents/${document}`, homeStateSchema, { method: 'PUT', body: { kind } }),
  pinCarnet: (home: string, carnet: CarnetId) =>
    request(`/api/homes/${home}/documents/${carnet}`, homeStateSchema, {
      method: 'PUT',
      body: { kind: 'carnet', reason: 'pinned' },
    }),
  unpinCarnet: (home: string, carnet: CarnetId) =>
    request(`/api/homes/${home}/documents/${carnet}/pin`, homeStateSchema, { method: 'DELETE' }),
  dropDocument: (home: string, document: DocumentId) =>
    requestNothing(`/api/homes/${home}/documents/${document}`, { method: 'DELETE' }),
  placeDocument: (home: string, document: DocumentId) =>
    request(`/api/homes/${home}/place`, homeStateSchema, { method: 'POST', body: { document } }),
  documentHome: (document: DocumentId, signal?: AbortSignal) =>
    request(`/api/documents/${document}/home`, documentHomeSchema, signal ? { signal } : {}),
  unfollowHome: (id: string) => requestNothing(`/api/homes/${id}`, { method: 'DELETE' }),
};
