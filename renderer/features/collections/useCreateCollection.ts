import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { CollectionKind, CollectionRef } from '#shared/domain/Collection.ts';
import type { BaseId } from '#shared/domain/ids.ts';
import { api, keys, useFailure } from '../../api/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { notifyProblem } from '../../ui/index.ts';
import { refOf } from './refOf.ts';

export interface NewCollectionPlace {
  /** Of a carnet: where it is integrated by the same act. */
  readonly base?: BaseId;
  /** The followed Calepin where it is to live. */
  readonly homeId?: string;
}

/** Makes a carnet or a base with a title. */
export function useCreateCollection(kind: CollectionKind, { base, homeId }: NewCollectionPlace = {}) {
  const client = useQueryClient();
  const language = useLanguage();
  const failure = useFailure();
  return useMutation({
    mutationFn: (title: string) =>
      api.createCollection(kind, {
        title,
        language,
        ...(base === undefined ? {} : { baseId: base }),
        ...(homeId === undefined ? {} : { homeId }),
      }),
    onSuccess: (page) => {
      client.setQueryData(keys.collection(refOf(page)), page);
      void client.invalidateQueries({ queryKey: keys.collections(kind) });
      if (homeId !== undefined) void client.invalidateQueries({ queryKey: keys.homes });
      if (base !== undefined) {
        const into: CollectionRef = { kind: 'base', id: base };
        void client.invalidateQueries({ queryKey: keys.collection(into) });
      }
    },
    onError: (error) => notifyProblem(failure(error)),
  });
}
