import { Hono } from 'hono';
import { type SearchResults, searchQuerySchema } from '#shared/api/notes.ts';
import type { CollectionId } from '#shared/domain/ids.ts';
import { foldText, wordsOf } from '#shared/domain/foldText.ts';
import { makeSnippet } from '../../indexer/makeSnippet.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import type { CollectionStore } from '../../storage/ports/CollectionStore.ts';
import { presentCollections } from '../presentCollections.ts';
import { validate } from '../validate.ts';

/** Carnets, and bases, at most. */
const maxOfAKind = 8;

/** Search over the notes, the carnets and the bases that the caller may read. */
export function searchRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>().get('/search', validate('query', searchQuerySchema), async (context) => {
    const { q, limit } = context.req.valid('query');
    const { caller } = context.var;
    const { search, derived } = relay.catalogue;
    const words = wordsOf(q);
    if (words.length === 0) return context.json<SearchResults>({ notes: [], carnets: [], bases: [] });
    const byName = async <Id extends CollectionId>(store: CollectionStore<Id>) => {
      const all = await store.list({ trashed: false });
      const titles = await derived.collectionLines(all.map((one) => one.id));
      const named = all.filter((one) => {
        const title = foldText(titles.get(one.id)?.title ?? '');
        return words.every((word) => title.includes(word));
      });
      const found = await presentCollections(relay, caller, named);
      return found.slice(0, maxOfAKind).map(({ id, title, memberCount }) => ({ id, title, memberCount }));
    };
    const [ids, carnets, bases] = await Promise.all([
      search.search(q, caller, limit),
      byName(relay.catalogue.carnets),
      byName(relay.catalogue.bases),
    ]);
    const indexes = await derived.notes(ids);
    return context.json<SearchResults>({
      notes: ids.flatMap((id) => {
        const index = indexes.get(id);
        if (index === undefined) return [];
        return [
          { id, title: index.title, snippet: makeSnippet(index.text, q), modifiedAt: index.modifiedAt },
        ];
      }),
      carnets,
      bases,
    });
  });
}
