import { Hono } from 'hono';
import { type SearchResults, searchQuerySchema } from '#shared/api/notes.ts';
import { foldText, wordsOf } from '#shared/domain/foldText.ts';
import { makeSnippet } from '../../indexer/makeSnippet.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { presentCarnets } from '../presentCarnets.ts';
import { validate } from '../validate.ts';

const maxCarnets = 8;

/** Search over the notes and carnets that the caller may read. */
export function searchRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>().get('/search', validate('query', searchQuerySchema), async (context) => {
    const { q, limit } = context.req.valid('query');
    const { caller } = context.var;
    const { search, derived, carnets } = relay.catalogue;
    const words = wordsOf(q);
    if (words.length === 0) return context.json<SearchResults>({ notes: [], carnets: [] });
    const ids = await search.search(q, caller, limit);
    const indexes = await derived.notes(ids);
    const all = await carnets.list({ trashed: false });
    const titles = await derived.carnets(all.map((carnet) => carnet.id));
    const named = all.filter((carnet) => {
      const title = foldText(titles.get(carnet.id)?.title ?? '');
      return words.every((word) => title.includes(word));
    });
    const found = await presentCarnets(relay, caller, named);
    return context.json<SearchResults>({
      notes: ids.flatMap((id) => {
        const index = indexes.get(id);
        if (index === undefined) return [];
        return [
          { id, title: index.title, snippet: makeSnippet(index.text, q), modifiedAt: index.modifiedAt },
        ];
      }),
      carnets: found.slice(0, maxCarnets).map(({ id, title, noteCount }) => ({ id, title, noteCount })),
    });
  });
}
