import type { EntryContent } from '#shared/document/fields.ts';
import { yDocToCollectionContent } from '#shared/document/noteContent.ts';
import { compareOrderKeys } from '#shared/document/orderKeys.ts';
import { type CarnetId, isId, type NoteId } from '#shared/domain/ids.ts';
import { notAllowed } from '../../access.ts';
import { indexedHead } from '../../indexer/indexCollection.ts';
import type { CollectionIndex } from '../../storage/ports/DerivedStore.ts';
import type { BookContext, CarnetHead, Filed } from './BookPlan.ts';

/** A note's place in the carnet. */
export type Entry = Pick<EntryContent, 'memberId' | 'category' | 'also' | 'held'>;

/** What a book says of its carnet, with the categories in their order. */
export function headOf(
  index: CarnetContent['index'],
  said: Pick<CarnetHead, 'cover' | 'managers' | 'community' | 'changedAt'>,
): { readonly head: CarnetHead; readonly categories: CollectionIndex['categories'] } {
  const categories = [...(index?.categories ?? [])].sort((a, b) => compareOrderKeys(a.order, b.order));
  return {
    categories,
    head: {
      ...said,
      title: index?.title ?? '',
      description: index?.description ?? '',
      language: index?.language ?? 'fr',
      parts: categories.flatMap((one) => (one.list === categories[0]?.list ? [one.name] : [])),
    },
  };
}

/** What a carnet says of itself, and holds, in order. */
export interface CarnetContent {
  readonly index:
    | (Omit<CollectionIndex, 'id' | 'seq' | 'guide' | 'modifiedAt'> & { readonly modifiedAt?: number })
    | null;
  readonly entries: readonly Entry[];
}

/** What it says and holds now. */
export async function contentNow({ catalogue, indexer }: BookContext, id: CarnetId): Promise<CarnetContent> {
  await indexer.indexNow(id);
  const index = (await catalogue.derived.collections([id])).get(id) ?? null;
  const entries = (await catalogue.derived.entries(id)).map(({ member, category, also, held }) => ({
    memberId: member,
    category,
    also,
    ...(held !== null && { held }),
  }));
  return { index, entries };
}

/** What a carnet said of itself, and held, after a row. */
export async function contentThen(
  { documents }: BookContext,
  id: CarnetId,
  { seq }: { readonly seq: number },
): Promise<CarnetContent> {
  const read = await documents.read(id, seq);
  if (read === null) throw notAllowed();
  const content = yDocToCollectionContent(read.doc);
  read.doc.destroy();
  return { index: indexedHead(content), entries: content.entries.filter(({ memberId }) => isId(memberId)) };
}

/** The categories of each note. */
export function filedIn(
  entries: readonly Entry[],
  categories: CollectionIndex['categories'],
): Map<NoteId, Filed> {
  const byId = new Map(categories.map((one) => [one.id, one]));
  return new Map(
    entries.map(({ memberId, category, also = [] }) => {
      const own = (category === null ? also : [category, ...also]).flatMap((one) => byId.get(one) ?? []);
      const part = own.find((one) => one.list === categories[0]?.list);
      const names = own.map((one) => one.name);
      return [memberId as NoteId, { categories: names, part: part?.name ?? null, partId: part?.id ?? null }];
    }),
  );
}
