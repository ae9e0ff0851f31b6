import { type Context, Hono } from 'hono';
import { collectionIdSchema, communityIdSchema, noteIdSchema } from '#shared/api/common.ts';
import { collectionKinds, type CollectionRef } from '#shared/domain/Collection.ts';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import { canReadCollection, canReadNote } from '#shared/permissions/permissions.ts';
import { collectionsOf, roleOnCollection, roleOnNote } from '../../access.ts';
import { answerTagged } from '../../public-pages/answerTagged.ts';
import { publicCollectionPage } from '../../public-pages/collectionPage.ts';
import { publicCommunityPage } from '../../public-pages/communityPage.ts';
import { publicNotePage } from '../../public-pages/notePage.ts';
import { styleSheetOf } from '../../public-pages/styleSheet.ts';
import { maxSitemapEntries, robots, sitemap, type SitemapEntry } from '../../public-pages/sitemap.ts';
import { type ReadContent, readNoteContent, renderNoteContent } from '../../readNoteContent.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { presentCollectionPage, presentCollections } from '../presentCollections.ts';
import { presentEditionList } from '../presentEditions.ts';
import { presentPublicCommunity } from '../presentCommunities.ts';
import { presentNotePage } from '../presentNotes.ts';

/** Notes whose content is kept ready for the next reader. */
const keptNotes = 100;
const page = 500;
/** How long a list of what is public serves: making it reads the whole catalogue. */
const sitemapMs = 10 * 60 * 1000;

const policy = [
  `default-src 'none'`,
  `style-src 'self'`,
  `font-src 'self'`,
  `img-src 'self'`,
  `media-src 'self'`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'none'`,
].join('; ');

/**
 * What everyone may read, as pages without a script: for who is not signed in, at the addresses that the application has for it. Where there is no such page, refused and
 * unknown alike, the application answers; it does too for who asks for it by `?app`.
 */
export function publicPages(relay: HttpRelay): Hono<HttpEnvironment> {
  const { catalogue, log } = relay;
  const contents = new Map<NoteId, ReadContent>();
  let listed: { readonly at: number; readonly text: Promise<string> } | null = null;
  const styleSheet = styleSheetOf(relay.interfaceFolder);
  const takesReports = relay.mode === 'community';
  const addresses = async () => ({ origin: relay.publicUrl(), styleSheet: await styleSheet(), takesReports });

  const contentOf = async (id: NoteId): Promise<ReadContent> => {
    const kept = contents.get(id);
    const head = await log.head(id);
    if (kept !== undefined && kept.seq === head?.seq) return kept;
    const content = await readNoteContent(relay, id);
    contents.delete(id);
    contents.set(id, content);
    const [oldest] = contents.keys();
    if (contents.size > keptNotes && oldest !== undefined) contents.delete(oldest);
    return content;
  };

  const answer = (context: Context<HttpEnvironment>, html: string): Response => {
    context.header('Content-Security-Policy', policy);
    context.header('Vary', 'Cookie');
    return answerTagged(context, html, 'text/html; charset=UTF-8');
  };

  const isForApplication = (context: Context<HttpEnvironment>): boolean =>
    context.var.caller !== null || context.req.query('app') !== undefined;

  const listPublic = async (): Promise<SitemapEntry[]> => {
    const origin = relay.publicUrl();
    const entries: SitemapEntry[] = [];
    for (const { id, isPublic, createdAt } of await catalogue.communities.list())
      if (isPublic) entries.push({ url: `${origin}/communities/${id}`, modifiedAt: createdAt });
    for (const kind of collectionKinds) {
      const collections = await collectionsOf(catalogue, kind).list({ trashed: false });
      for (const { id, modifiedAt } of await presentCollections(relay, null, collections))
        entries.push({ url: `${origin}/${kind}s/${id}`, modifiedAt });
    }
    for (let offset = 0; entries.length < maxSitemapEntries; offset += page) {
      const query = { asker: null, trashed: false, sort: 'modified', limit: page, offset } as const;
      const { notes } = await catalogue.notes.list(query);
      const indexes = await catalogue.derived.noteLines(notes.map((note) => note.id));
      for (const { id, createdAt } of notes)
        entries.push({ url: `${origin}/notes/${id}`, modifiedAt: indexes.get(id)?.modifiedAt ?? createdAt });
      if (notes.length < page) break;
    }
    return entries.slice(0, maxSitemapEntries);
  };

  const pages = new Hono<HttpEnvironment>()
    .get('/robots.txt', (context) => context.text(robots(`${relay.publicUrl()}/sitemap.xml`)))
    .get('/sitemap.xml', async (context) => {
      if (listed === null || relay.now() - listed.at > sitemapMs) {
        const text = listPublic().then(sitemap);
        listed = { at: relay.now(), text };
        text.catch(() => (listed = null));
      }
      return context.body(await listed.text, 200, { 'Content-Type': 'application/xml; charset=utf-8' });
    })
    .use('/notes/:id', relay.sessions.middleware())
    .use('/communities/:id', relay.sessions.middleware())
    .get('/notes/:id', async (context, next) => {
      const id = noteIdSchema.safeParse(context.req.param('id'));
      if (isForApplication(context) || !id.success) return next();
      const note = await catalogue.notes.get(id.data);
      if (note === null || !canReadNote(roleOnNote(null, note))) return next();
      const [about, content] = await Promise.all([presentNotePage(relay, null, id.data), contentOf(id.data)]);
      const html = await renderNoteContent(relay, null, content);
      return answer(context, publicNotePage(about, { ...content, html }, await addresses()));
    })
    .get('/communities/:id', async (context, next) => {
      const id = communityIdSchema.safeParse(context.req.param('id'));
      if (isForApplication(context) || !id.success) return next();
      const page = await presentPublicCommunity(relay, id.data);
      if (page === null) return next();
      return answer(context, publicCommunityPage(page, 'fr', await addresses()));
    });
  for (const kind of collectionKinds) {
    pages.use(`/${kind}s/:id`, relay.sessions.middleware()).get(`/${kind}s/:id`, async (context, next) => {
      const id = collectionIdSchema.safeParse(context.req.param('id'));
      if (isForApplication(context) || !id.success) return next();
      const collection = await collectionsOf(catalogue, kind).get(id.data);
      if (collection === null || !canReadCollection(roleOnCollection(null, collection))) return next();
      const page = await presentCollectionPage(relay, null, { kind, id: id.data } as CollectionRef);
      const { editions } =
        kind === 'carnet' ? await presentEditionList(relay, null, id.data as CarnetId) : { editions: [] };
      return answer(context, publicCollectionPage(page, editions, await addresses()));
    });
  }
  return pages;
}
