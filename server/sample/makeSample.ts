import { defaultLicence } from '#shared/domain/Licence.ts';
import { carnetToUpdate, contentToUpdate } from '#shared/document/writeContent.ts';
import type { NoteSheet } from '#shared/document/sheet.ts';
import { schemaVersion } from '#shared/document/schema.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import {
  type CarnetId,
  type CollectionId,
  type CommunityId,
  type DocumentId,
  type Epoch,
  idFromBytes,
  type MemberId,
  type NoteId,
  type PersonId,
} from '#shared/domain/ids.ts';
import { type CollectionKind, noCover } from '#shared/domain/Collection.ts';
import type { NoteKind } from '#shared/domain/Note.ts';
import { personColours } from '#shared/domain/Person.ts';
import type { Visibility } from '#shared/domain/Visibility.ts';
import { collectionsOf } from '../access.ts';
import type { RelayAdapters } from '../relayAdapters.ts';
import type { DocumentKind, Statement } from '../storage/ports/UpdateLog.ts';
import { Random } from './random.ts';
import { sampleCollection } from './sampleCollection.ts';
import { sampleOrganisation, sampleTerm } from './sampleSheet.ts';
import { sampleBody, sampleDescription, sampleTitle } from './sampleText.ts';
import { sampleThread } from './sampleThread.ts';
import * as words from './words.ts';

/** How much of everything. */
export interface SampleSize {
  readonly notes: number;
  readonly organisations: number;
  readonly carnets: number;
  readonly bases: number;
  readonly communities: number;
  readonly people: number;
  /** Notes in the first carnet, which is the longest. */
  readonly longestCarnet: number;
  /** Carnets in the first base, which is the longest. */
  readonly longestBase: number;
}

/** The first users of Praxis, as counted in public; how many bases, and how long, is not. */
export const usualSample: SampleSize = {
  notes: 12_000,
  organisations: 4_855,
  carnets: 944,
  bases: 60,
  communities: 120,
  people: 5_000,
  longestCarnet: 600,
  longestBase: 150,
};

const day = 24 * 60 * 60 * 1000;
const years = 3 * 365 * day;

const untold = { audit: [], notices: [] } as const;
const visibilities: readonly Visibility[] = ['public', 'public', 'public', 'members', 'authors'];

/**
 * Fills an empty data folder with people, communities, notes with discussions, carnets and bases of made-up French text: the same seed, the same sample but for its end (`now`).
 * Everything that it makes is an ordinary row of the log and of the catalogue; what is derived is for the relay, or `npm run reindex`.
 * @param onProgress - called after each document.
 * @throws AppError `conflict` where there is something already.
 */
export async function makeSample(
  { log, catalogue }: Pick<RelayAdapters, 'log' | 'catalogue'>,
  size: SampleSize,
  {
    seed,
    now,
    onProgress = () => undefined,
  }: { seed: number; now: number; onProgress?: (done: number, total: number) => void },
): Promise<void> {
  if ((await log.documents()).length > 0)
    throw new AppError(
      'conflict',
      'There is something in this data folder: a sample is made in an empty one.',
    );
  const random = new Random(seed);
  const id = <T extends string>(): T => idFromBytes<T>(random.bytes(16));
  const total = size.notes + size.organisations + size.carnets + size.bases;
  let done = 0;

  const people: PersonId[] = [];
  for (let at = 0; at < size.people; at++) {
    const person = {
      id: id<PersonId>(),
      kind: 'account',
      name: `${random.pick(words.firstNames)} ${random.pick(words.lastNames)}`,
      colour: random.pick(personColours),
      role: 'member',
      createdAt: now - years + random.int(day),
    } as const;
    await catalogue.persons.add(person);
    people.push(person.id);
  }
  const communities: CommunityId[] = [];
  for (let at = 0; at < size.communities; at++) {
    const [first, ...others] = random.some(people, random.between(3, 60));
    const community = {
      id: id<CommunityId>(),
      name: `Communauté de pratique ${random.pick(words.organisationNames)}, ${random.pick(words.places)}`,
      description: sampleDescription(random),
      image: null,
      isPublic: random.between(0, 3) === 0,
      createdAt: now - years + day,
      responsables: first === undefined ? [] : [first],
      members: others,
    };
    await catalogue.communities.add(community, untold);
    communities.push(community.id);
  }

  const create = async (
    document: DocumentId,
    kind: DocumentKind,
    person: PersonId,
    time: number,
    write: (client: number) => Uint8Array,
    alongside: readonly Statement[] | null,
  ): Promise<void> => {
    const client = random.between(1, 2 ** 31);
    const row = {
      document,
      time,
      person,
      device: null,
      deviceTime: null,
      via: 'operation',
      operation: 'sample',
      bytes: write(client),
      clients: [client],
    } as const;
    await log.create({ document, kind, epoch: id<Epoch>(), schemaVersion }, [row], alongside ?? []);
    done += 1;
    onProgress(done, total);
  };

  const notes: NoteId[] = [];
  const addNote = async (
    kind: NoteKind,
    title: string,
    sections: number,
    sheet?: NoteSheet,
  ): Promise<void> => {
    const authors = random.some(people, random.chance(0.25) ? random.between(2, 4) : 1);
    const createdAt = now - random.int(years);
    const visibility = random.pick(visibilities);
    const record = {
      id: id<NoteId>(),
      kind,
      visibility,
      community: random.chance(0.3) && communities.length > 0 ? random.pick(communities) : null,
      authorMode: 'people',
      licence: defaultLicence,
      createdAt,
      publishedAt: visibility === 'authors' ? null : createdAt,
      trashedAt: null,
      isTemplate: false,
      lock: null,
      authors,
      commenters: [],
      readers: [],
    } as const;
    const content = {
      title,
      language: 'fr',
      body: sampleBody(random, sections, notes.slice(-200)),
      ...(sheet !== undefined && { sheet }),
    };
    const time = Math.min(now, createdAt + random.int(60 * day));
    const alongside = catalogue.notes.statementsToAdd(record);
    if (alongside === null) await catalogue.notes.add(record);
    await create(
      record.id,
      'note',
      authors[0] as PersonId,
      time,
      (client) => contentToUpdate(content, client),
      alongside,
    );
    notes.push(record.id);
    // Who may discuss a note of its authors alone: they.
    const circle = visibility === 'authors' ? authors : [...authors, ...random.some(people, 5)];
    for (let count = random.chance(0.1) ? random.between(1, 3) : 0; count > 0; count--) {
      const { thread, messages } = sampleThread(random, record.id, circle, time, now);
      for (const [place, message] of messages.entries())
        if (place === 0) await catalogue.threads.start(thread, message, untold);
        else await catalogue.threads.reply(message, untold);
    }
  };
  for (let at = 0; at < size.notes; at++) {
    const kind = random.chance(0.08) ? 'term' : 'note';
    const title = sampleTitle(random, words.titles);
    await addNote(kind, title, random.between(0, 6), kind === 'term' ? sampleTerm(random) : undefined);
  }
  for (let at = 0; at < size.organisations; at++) {
    const town = random.pick(words.towns);
    const name = `${random.pick(words.organisationKinds)} ${random.pick(words.organisationNames)} (${town[0]})`;
    await addNote('organisation', name, 1, sampleOrganisation(random, town, at));
  }

  const addCollection = async (
    kind: CollectionKind,
    title: string,
    inside: readonly MemberId[],
    visibility: Visibility,
  ): Promise<CollectionId> => {
    const managers = random.some(people, random.between(1, 3));
    const createdAt = now - random.int(years);
    const record = {
      id: id<CollectionId>(),
      kind,
      cover: noCover,
      template: null,
      visibility,
      contributionPolicy: 'contributors',
      community: random.chance(0.4) && communities.length > 0 ? random.pick(communities) : null,
      createdAt,
      trashedAt: null,
      managers,
      contributors: random.some(people, random.int(6)).filter((one) => !managers.includes(one)),
      readers: [],
    } as const;
    const content = sampleCollection(random, title, inside);
    const store = collectionsOf(catalogue, kind);
    const alongside = store.statementsToAdd(record);
    if (alongside === null) await store.add(record);
    const time = Math.min(now, createdAt + random.int(60 * day));
    const write = (client: number) => carnetToUpdate(content, client);
    await create(record.id, kind, managers[0] as PersonId, time, write, alongside);
    return record.id;
  };
  // The longest can be read by anybody: it is there to be measured.
  const visibilityOf = (at: number): Visibility => (at === 0 ? 'public' : random.pick(visibilities));
  const lengthOf = (at: number, longest: number, usual: number): number =>
    at === 0 ? longest : Math.min(longest, Math.floor(3 + usual * random.next() ** 3));
  const carnets: CarnetId[] = [];
  for (let at = 0; at < size.carnets; at++) {
    const inside = random.some(notes, lengthOf(at, size.longestCarnet, 240));
    const title = sampleTitle(random, words.carnetTitles);
    carnets.push((await addCollection('carnet', title, inside, visibilityOf(at))) as CarnetId);
  }
  for (let at = 0; at < size.bases; at++) {
    const inside = random.some(carnets, lengthOf(at, size.longestBase, 40));
    await addCollection('base', sampleTitle(random, words.baseTitles), inside, visibilityOf(at));
  }
}
