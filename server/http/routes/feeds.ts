import { type Context, Hono } from 'hono';
import type { z } from 'zod';
import type { CollectionSummary } from '#shared/api/collections.ts';
import { baseIdSchema, carnetIdSchema, communityIdSchema, noteIdSchema } from '#shared/api/common.ts';
import type { CollectionRef } from '#shared/domain/Collection.ts';
import type { CarnetId, CollectionId, CommunityId, MemberId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { Language } from '#shared/domain/Person.ts';
import { canReadCollection, canReadNote } from '#shared/permissions/permissions.ts';
import { collectionsOf, requirePerson, roleOnCollection, roleOnNote } from '../../access.ts';
import { type Caller, loadCaller } from '../../Caller.ts';
import { answerTagged } from '../../public-pages/answerTagged.ts';
import { atomFeed, type Feed, type FeedEntry } from '../../public-pages/atomFeed.ts';
import { publicLabels, publicLanguage, shownName } from '../../public-pages/publicLabels.ts';
import { hashSecret, idOf, newSecret } from '../../secrets.ts';
import type { NoteRecord } from '../../storage/ports/NoteStore.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { presentPublicCommunity } from '../presentCommunities.ts';
import { presentCollections } from '../presentCollections.ts';
import { presentNotes } from '../presentNotes.ts';

const maxEntries = 50;
/** What `newSecret` makes. */
const secretPattern = /^[A-Za-z0-9_-]{43}$/;

/** Notes as entries, newest first. The right to read them was decided before. @param since - when each came to be in the feed; default: when it was first shown. */
async function noteEntries(
  relay: HttpRelay,
  notes: readonly NoteRecord[],
  since: (note: NoteRecord) => number = (note) => note.publishedAt ?? note.createdAt,
): Promise<FeedEntry[]> {
  const [lines, indexes] = await Promise.all([
    presentNotes(relay, notes),
    relay.catalogue.derived.noteLines(notes.map((note) => note.id)),
  ]);
  const origin = relay.publicUrl();
  return lines
    .map(({ id, title, excerpt, authors, modifiedAt }, at): FeedEntry => {
      const language = indexes.get(id)?.language ?? 'fr';
      const labels = publicLabels(publicLanguage(language));
      const publishedAt = since(notes[at]!);
      return {
        id,
        url: `${origin}/notes/${id}`,
        title: title || labels.untitled,
        summary: excerpt,
        language,
        authors: authors.map((author) => shownName(author, labels)),
        publishedAt,
        updatedAt: Math.max(modifiedAt, publishedAt),
      };
    })
    .toSorted((a, b) => b.updatedAt - a.updatedAt)
    .slice(0, maxEntries);
}

const readable = (caller: Caller, notes: Iterable<NoteRecord>): NoteRecord[] =>
  [...notes].filter((note) => note.trashedAt === null && canReadNote(roleOnNote(caller, note)));

type FeedFacts = Pick<Feed, 'title' | 'subtitle' | 'language' | 'createdAt' | 'entries'>;

async function noteFeed(relay: HttpRelay, id: NoteId): Promise<FeedFacts | null> {
  const note = await relay.catalogue.notes.get(id);
  const [shown] = note === null ? [] : readable(null, [note]);
  const [entry] = shown === undefined ? [] : await noteEntries(relay, [shown]);
  if (shown === undefined || entry === undefined) return null;
  const { title, language } = entry;
  return { title, subtitle: '', language, createdAt: shown.createdAt, entries: [entry] };
}

/** Carnets, or bases, as entries. @param since - when each came to be in the feed. */
function collectionEntries(
  relay: HttpRelay,
  collections: readonly CollectionSummary[],
  since: (collection: CollectionSummary) => number,
  language = 'fr',
): FeedEntry[] {
  return collections.map((one) => ({
    id: one.id,
    url: `${relay.publicUrl()}/${one.kind}s/${one.id}`,
    title: one.title || publicLabels(publicLanguage(language)).untitled,
    summary: one.description,
    language,
    authors: [],
    publishedAt: since(one),
    updatedAt: Math.max(one.modifiedAt, since(one)),
  }));
}

async function collectionFeed(relay: HttpRelay, { kind, id }: CollectionRef): Promise<FeedFacts | null> {
  const { catalogue } = relay;
  const collection = await collectionsOf(catalogue, kind).get(id);
  if (collection === null || !canReadCollection(roleOnCollection(null, collection))) return null;
  const [places, indexes] = await Promise.all([
    catalogue.derived.entries(id),
    catalogue.derived.collectionLines([id]),
  ]);
  const integrated = new Map<MemberId, number>(places.map((place) => [place.member, place.integratedAt]));
  const ids = [...integrated.keys()];
  const index = indexes.get(id);
  const language = index?.language ?? 'fr';
  const since = (member: { readonly id: CollectionId | NoteId }) =>
    integrated.get(member.id as MemberId) ?? 0;
  const entries =
    kind === 'carnet'
      ? await noteEntries(
          relay,
          readable(null, (await catalogue.notes.getMany(ids as NoteId[])).values()),
          since,
        )
      : collectionEntries(
          relay,
          await presentCollections(relay, null, [
            ...(await catalogue.carnets.getMany(ids as CarnetId[])).values(),
          ]),
          since,
          language,
        ).toSorted((a, b) => b.updatedAt - a.updatedAt);
  return {
    title: index?.title || publicLabels(publicLanguage(language)).untitled,
    subtitle: index?.description ?? '',
    language,
    createdAt: collection.createdAt,
    entries: entries.slice(0, maxEntries),
  };
}

/** What a community shows to everybody. */
async function communityFeed(relay: HttpRelay, id: CommunityId): Promise<FeedFacts | null> {
  const page = await presentPublicCommunity(relay, id);
  if (page === null) return null;
  const language = 'fr';
  const notes = await relay.catalogue.notes.getMany(page.notes.map((note) => note.id));
  const entries = [
    ...(await noteEntries(relay, [...notes.values()])),
    ...collectionEntries(relay, [...page.carnets, ...page.bases], (one) => one.createdAt),
  ].toSorted((a, b) => b.updatedAt - a.updatedAt);
  const { name, description, createdAt } = page.community;
  return { title: name, subtitle: description, language, createdAt, entries: entries.slice(0, maxEntries) };
}

async function ownFeed(relay: HttpRelay, person: PersonId): Promise<FeedFacts | null> {
  const { catalogue } = relay;
  const caller = await loadCaller(catalogue, person);
  if (caller === null) return null;
  const [{ notes }, settings] = await Promise.all([
    catalogue.notes.list({ asker: caller, trashed: false, sort: 'modified', limit: maxEntries, offset: 0 }),
    catalogue.noticeSettings.get(person),
  ]);
  const language: Language = settings.language ?? 'fr';
  return {
    title:
      language === 'en'
        ? `What ${caller.name} may read – Calepin`
        : `Ce que peut lire ${caller.name} – Calepin`,
    subtitle: '',
    language,
    createdAt: 0,
    entries: await noteEntries(relay, readable(caller, notes)),
  };
}

/**
 * Atom feeds. Those of a note, a carnet, a base or a community hold what everybody may read, whoever asks; a person's own holds what they may read at that moment, for who has its secret.
 * Refused and unknown are alike.
 */
export function feeds(relay: HttpRelay): Hono<HttpEnvironment> {
  const { catalogue } = relay;
  const answer = (
    context: Context<HttpEnvironment>,
    facts: FeedFacts | null,
    { about, page }: { about: string; page: string },
  ): Response => {
    context.header('Content-Security-Policy', `default-src 'none'`);
    context.header('X-Robots-Tag', 'noindex');
    if (facts === null) return context.text('404', 404);
    const feed = atomFeed({
      ...facts,
      // What follows a note is another thing than the note.
      id: idOf(`feed of ${about}`),
      self: `${relay.publicUrl()}${context.req.path}`,
      page: `${relay.publicUrl()}${page}`,
    });
    return answerTagged(context, feed, 'application/atom+xml; charset=utf-8');
  };
  const route = <Id extends string>(
    kind: 'notes' | 'carnets' | 'bases' | 'communities',
    schema: z.ZodType<Id, string>,
    read: (relay: HttpRelay, id: Id) => Promise<FeedFacts | null>,
  ) =>
    new Hono<HttpEnvironment>().get(`/flux/${kind}/:id`, async (context) => {
      const id = schema.safeParse(context.req.param('id'));
      const facts = id.success ? await read(relay, id.data) : null;
      return answer(context, facts, { about: `${kind} ${id.data ?? ''}`, page: `/${kind}/${id.data ?? ''}` });
    });
  return new Hono<HttpEnvironment>()
    .route('/', route('notes', noteIdSchema, noteFeed))
    .route(
      '/',
      route('carnets', carnetIdSchema, (to, id) => collectionFeed(to, { kind: 'carnet', id })),
    )
    .route(
      '/',
      route('bases', baseIdSchema, (to, id) => collectionFeed(to, { kind: 'base', id })),
    )
    .route('/', route('communities', communityIdSchema, communityFeed))
    .get('/flux/mine/:secret', async (context) => {
      const secret = context.req.param('secret');
      const person = secretPattern.test(secret) ? await catalogue.feedSecrets.find(hashSecret(secret)) : null;
      const facts = person === null ? null : await ownFeed(relay, person);
      return answer(context, facts, { about: `person ${person ?? ''}`, page: '/' });
    });
}

/** The secret of a person's own feed: made, made anew, taken back. It is shown once. */
export function feedRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const { feedSecrets } = relay.catalogue;
  return new Hono<HttpEnvironment>()
    .get('/feed', async (context) =>
      context.json({ createdAt: await feedSecrets.createdAt(requirePerson(context.var.caller).id) }),
    )
    .post('/feed', async (context) => {
      const { id } = requirePerson(context.var.caller);
      const secret = newSecret();
      const createdAt = relay.now();
      await feedSecrets.set(id, hashSecret(secret), createdAt);
      return context.json({ url: `${relay.publicUrl()}/flux/mine/${secret}`, createdAt }, 201);
    })
    .delete('/feed', async (context) => {
      await feedSecrets.remove(requirePerson(context.var.caller).id);
      return context.body(null, 204);
    });
}
