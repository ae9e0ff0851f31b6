import { createContext, useContext } from 'react';
import type { CollectionKind } from '#shared/domain/Collection.ts';

const KindContext = createContext<CollectionKind>('carnet');

/** Says to what is below whether it is part of a carnet or of a base. */
export const CollectionKindProvider = KindContext.Provider;

/** Whether the page is of a carnet or of a base: the words are those of its kind. */
export const useCollectionKind = (): CollectionKind => useContext(KindContext);
