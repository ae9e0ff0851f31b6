export { AddToCollectionDialog } from './AddToCollectionDialog.tsx';
export { CollectionLink } from './CollectionLink.tsx';
export { CollectionNav } from './CollectionNav.tsx';
export { GuideFold } from './Guide.tsx';
export { NewCollectionDialog } from './NewCollectionDialog.tsx';
export { PlaceCards } from './PlaceCards.tsx';
export { readMomentFind } from './history/collectionMomentFind.ts';
export { readFind } from './collectionFind.ts';
