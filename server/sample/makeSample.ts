import { defaultLicence } from '#shared/domain/Licence.ts';
import { carnetToUpdate, contentToUpdate, type NewCollectionContent } from '#shared/document/writeContent.ts';
import { orderKeysBetween } from '#shared/document/orderKeys.ts';
import type { NoteSheet } from '#shared/document/sheet.ts';
import { schemaVersion } from '#shared/document/schema.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import {
  type CarnetId,
  type CategoryId,
  type CommunityId,
  type Epoch,
  idFromBytes,
  type NoteId,
  type PersonId,
} from '#shared/domain/ids.ts';
import { noCover } from '#shared/domain/Collection.ts';
import type { NoteKind } from '#shared/domain/Note.ts';
import { personColours } from '#shared/domain/Person.ts';
import type { Visibility } from '#shared/domain/Visibility.ts';
import type { RelayAdapters } from '../relayAdapters.ts';
import type { DocumentKind, Statement } from '../storage/ports/UpdateLog.ts';
import { Random } from './random.ts';
import { sampleOrganisation, sampleTerm } from './sampleSheet.ts';
import { sampleBody, sampleDescription, sampleTitle } from './sampleText.ts';
import * as words from './words.ts';

/** How much of everything. */
export interface SampleSize {
  readonly notes: number;
  readonly organisations: number;
  readonly carnets: number;
  readonly communities: number;
  readonly people: number;
  /** Notes in the first carnet, which is the longest. */
  readonly longestCarnet: number;
}

/** The first users of Praxis, as counted in public. */
export const usualSample: SampleSize = {
  notes: 12_000,
  organisations: 4_855,
  carnets: 944,
  communities: 120,
  people: 5_000,
  longestCarnet: 600,
};

const day = 24 * 60 * 60 * 1000;
const years = 3 * 365 * day;

const visibilities: readonly Visibility[] = ['public', 'public', 'public', 'members', 'authors'];

/**
 * Fills an empty data folder with people, communities, notes and carnets of made-up French text: the same seed, the same sample but for its end (`now`). Everything that it makes is an ordinary
 * row of the log and of the catalogue; what is derived is for the relay, or `npm run reindex`.
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
  const total = size.notes + size.organisations + size.carnets;
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
    await catalogue.communities.add(community, { audit: [], notices: [] });
    communities.push(community.id);
  }

  const create = async (
    document: NoteId | CarnetId,
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

  for (let at = 0; at < size.carnets; at++) {
    const managers = random.some(people, random.between(1, 3));
    const createdAt = now - random.int(years);
    const drawn = random.pick(visibilities);
    const record = {
      id: id<CarnetId>(),
      kind: 'carnet',
      cover: noCover,
      // The longest can be read by anybody: it is there to be measured.
      visibility: at === 0 ? 'public' : drawn,
      contributionPolicy: 'contributors',
      community: random.chance(0.4) && communities.length > 0 ? random.pick(communities) : null,
      createdAt,
      trashedAt: null,
      lock: null,
      managers,
      contributors: random.some(people, random.int(6)).filter((one) => !managers.includes(one)),
      readers: [],
    } as const;
    const count =
      at === 0 ? size.longestCarnet : Math.min(size.longestCarnet, Math.floor(3 + 240 * random.next() ** 3));
    const inside = random.some(notes, count);
    const names = random.chance(0.5) ? random.some(words.categoryNames, random.between(2, 6)) : [];
    const categoryKeys = orderKeysBetween(null, null, names.length);
    const categories = names.map((name, n) => ({
      id: id<CategoryId>(),
      name,
      order: categoryKeys[n] ?? '',
      list: '',
    }));
    const keys = orderKeysBetween(null, null, inside.length);
    const content: NewCollectionContent = {
      title: sampleTitle(random, words.carnetTitles),
      description: sampleDescription(random),
      language: 'fr',
      categories,
      entries: inside.map((memberId, n) => ({
        memberId,
        order: keys[n] ?? '',
        category: categories.length > 0 && random.chance(0.8) ? random.pick(categories).id : null,
        pinned: n < 2 && random.chance(0.2),
      })),
    };
    const alongside = catalogue.carnets.statementsToAdd(record);
    if (alongside === null) await catalogue.carnets.add(record);
    const time = Math.min(now, createdAt + random.int(60 * day));
    await create(
      record.id,
      'carnet',
      managers[0] as PersonId,
      time,
      (client) => carnetToUpdate(content, client),
      alongside,
    );
  }
}
