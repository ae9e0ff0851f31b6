import type { CollectionKind } from '#shared/domain/Collection.ts';

/** What an open document is: its fields are those of shared/document/fields.ts. */
export type DocumentKind = 'note' | CollectionKind;
