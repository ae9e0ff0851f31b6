import { createHash } from 'node:crypto';
import { z } from 'zod';
import { collectionPageSchema } from '#shared/api/collections.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import { notePageSchema } from '#shared/api/notes.ts';
import { type CollectionKind, noCover } from '#shared/domain/Collection.ts';
import type { CollectionId, NoteId, PersonId } from '#shared/domain/ids.ts';
import { type Person, personColours } from '#shared/domain/Person.ts';
import type { Visibility } from '#shared/domain/Visibility.ts';
import { collectionsOf } from '../access.ts';
import { mayWrite, maySeeDeleted } from '../room/Member.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { Catalogue } from '../storage/ports/Catalogue.ts';
import type { MirrorRecord } from '../storage/ports/MirrorStore.ts';
import type { FollowedRelays } from './FollowedRelays.ts';

/** What is read of a note's page at its home; a newer relay says more. */
const noteThereSchema = z.object({
  note: notePageSchema.shape.note.pick({
    kind: true,
    visibility: true,
    authors: true,
    createdAt: true,
    publishedAt: true,
    licence: true,
    isTemplate: true,
    lock: true,
  }),
  role: notePageSchema.shape.role,
});
const collectionThereSchema = z.object({
  collection: collectionPageSchema.shape.collection.pick({
    visibility: true,
    contributionPolicy: true,
    role: true,
    createdAt: true,
  }),
  managers: collectionPageSchema.shape.managers,
});

type Context = Pick<RelayContext, 'catalogue' | 'identities' | 'events'>;

/**
 * Makes the catalogue's part of a copy, or brings it up to what its home says: so that library, search, history and export have it by the same policy as what lives here. The person of this computer is an
 * author of what they write in there; of the rest, a reader. Who else is an author is known by name.
 * @throws AppError `home_unreachable`, `not_signed_in`, `not_allowed`.
 */
export async function readSheet(
  context: Context,
  relays: Pick<FollowedRelays, 'fetch'>,
  { document, relay, kind }: MirrorRecord,
): Promise<void> {
  const answer = await relays.fetch(relay, `/api/${kind}s/${document}`);
  if (answer.status === 403 || answer.status === 404)
    throw new AppError('not_allowed', `document ${document} is not to be seen at its home`);
  if (!answer.ok) throw new AppError('home_unreachable', `the home answered ${answer.status}`);
  const local = await context.catalogue.persons.firstOfKind('local');
  if (local === null) throw new AppError('internal', 'this computer has no person');
  const body: unknown = await answer.json();
  if (kind === 'note') await keepNote(context, local.id, document as NoteId, noteThereSchema.parse(body));
  else
    await keepCollection(
      context,
      local.id,
      kind,
      document as CollectionId,
      collectionThereSchema.parse(body),
    );
  context.events.emit({ type: 'lists' });
}

async function keepNote(
  { catalogue, identities }: Context,
  local: PersonId,
  id: NoteId,
  { note, role }: z.infer<typeof noteThereSchema>,
): Promise<void> {
  await learnPeople(catalogue, note.lock === null ? note.authors : [...note.authors, note.lock.by]);
  const writes = maySeeDeleted(role);
  const { kind, licence, createdAt, publishedAt, isTemplate } = note;
  const others = note.authors.map((one) => identities.of(one.id)).filter((one) => one !== local);
  const lock = note.lock === null ? null : { ...note.lock, by: note.lock.by.id };
  const visibility = visibilityHere(note.visibility, writes);
  const shown = { kind, visibility, licence, publishedAt, isTemplate, lock };
  const known = await catalogue.notes.get(id);
  if (known === null) {
    await catalogue.notes.add({
      ...shown,
      id,
      community: null,
      authorMode: 'people',
      createdAt,
      trashedAt: null,
      authors: writes ? [local, ...others] : others,
      commenters: [],
      readers: [],
    });
    return;
  }
  await catalogue.notes.change(id, shown);
  const named = writes ? [local, ...others] : others;
  for (const one of named)
    if (!known.authors.includes(one)) await catalogue.notes.addPerson(id, one, 'author', createdAt);
  for (const one of known.authors) if (!named.includes(one)) await catalogue.notes.removeAuthor(id, one);
}

async function keepCollection(
  { catalogue, identities }: Context,
  local: PersonId,
  kind: CollectionKind,
  id: CollectionId,
  { collection, managers }: z.infer<typeof collectionThereSchema>,
): Promise<void> {
  await learnPeople(catalogue, managers);
  const writes = mayWrite(collection.role);
  const others = managers.map((one) => identities.of(one.id)).filter((one) => one !== local);
  const visibility = visibilityHere(collection.visibility, writes);
  const named = writes ? [local, ...others] : others;
  const store = collectionsOf(catalogue, kind);
  const known = await store.get(id);
  if (known === null) {
    await store.add({
      id,
      kind,
      visibility,
      // What is added goes through the home.
      contributionPolicy: 'managers',
      community: null,
      cover: noCover,
      template: null,
      createdAt: collection.createdAt,
      trashedAt: null,
      managers: named,
      contributors: [],
      readers: [],
    });
    return;
  }
  const nothing = { audit: [], notices: [] };
  await store.change(id, { visibility });
  for (const one of named)
    if (!known.managers.includes(one)) await store.addPerson(id, one, 'manager', collection.createdAt);
  for (const one of known.managers)
    if (!named.includes(one)) await store.changePerson(id, one, null, nothing);
}

/** Communities are the home's: here it is only told whether the person of this computer, who may read it there, reads it as one of its people. */
function visibilityHere(there: Visibility, writes: boolean): Visibility {
  if (there === 'public') return 'public';
  return writes && there === 'authors' ? 'authors' : 'members';
}

/** People of a home get a name here; who has one already gets the newer. */
export async function learnPeople(
  catalogue: Catalogue,
  people: readonly (Pick<Person, 'id' | 'name'> & Partial<Person>)[],
): Promise<void> {
  const known = await catalogue.persons.getMany(people.map(({ id }) => id));
  for (const { id, name, colour, statedBy } of people) {
    const here = known.get(id);
    if (name === '') continue;
    if (here === undefined) {
      const at = createHash('sha256').update(id).digest()[0] ?? 0;
      const hue = colour ?? personColours[at % personColours.length] ?? 'azur';
      await catalogue.persons.add({
        id,
        kind: statedBy === undefined ? 'account' : 'stated',
        name: name.slice(0, 80),
        colour: hue,
        role: 'member',
        createdAt: Date.now(),
        ...(statedBy !== undefined && { statedBy: statedBy.slice(0, 80) }),
      });
    } else if (here.id === id && here.kind === 'stated' && statedBy === undefined)
      await catalogue.persons.change(id, { name: name.slice(0, 80), kind: 'account' });
    else if (here.id === id && here.kind === 'account' && here.name !== name)
      await catalogue.persons.change(id, { name: name.slice(0, 80) });
  }
}
