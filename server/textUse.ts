import type { CommunityId, DocumentId, PersonId } from '#shared/domain/ids.ts';
import { peopleHere } from './peopleHere.ts';
import type { RelayContext } from './RelayContext.ts';

/** How many bytes the texts of a relay take, with all their history, those in the trash too. */
export interface TextUse {
  readonly total: number;
  /** Of what each person alone writes or manages. */
  readonly people: ReadonlyMap<PersonId, number>;
  /** Of what is linked to each community, whoever writes it. */
  readonly communities: ReadonlyMap<CommunityId, number>;
}

type Context = Pick<RelayContext, 'catalogue' | 'log'>;

/** The only one of some people who is here. */
function onlyOne(people: readonly PersonId[], here: ReadonlySet<PersonId>): PersonId | null {
  const [first = null, second] = people.filter((one) => here.has(one));
  return second === undefined ? first : null;
}

async function collectionsOf({ catalogue }: Context) {
  const lists = [catalogue.carnets, catalogue.bases].flatMap((store) =>
    [false, true].map((trashed) => store.list({ trashed })),
  );
  return (await Promise.all(lists)).flat();
}

/** What the texts take of which a person is the only author, or the only manager. */
export async function textUseOf(context: Context, person: PersonId): Promise<number> {
  const [notes, collections] = await Promise.all([
    context.catalogue.notes.ofAuthor(person),
    collectionsOf(context),
  ]);
  const own = collections.filter(({ managers }) => managers.includes(person));
  const here = await peopleHere(context, [
    ...notes.flatMap(({ authors }) => authors),
    ...own.flatMap(({ managers }) => managers),
  ]);
  const alone: readonly DocumentId[] = [
    ...notes.filter(
      ({ authorMode, authors }) => authorMode === 'people' && onlyOne(authors, here) === person,
    ),
    ...own.filter(({ managers }) => onlyOne(managers, here) === person),
  ].map(({ id }) => id);
  let bytes = 0;
  for (const one of (await context.log.sizes(alone)).values()) bytes += one;
  return bytes;
}

/** The same of everybody and of each community. */
export async function textUse(context: Context): Promise<TextUse> {
  const [sizes, notes, collections] = await Promise.all([
    context.log.sizes(),
    context.catalogue.notes.holders(),
    collectionsOf(context),
  ]);
  const here = await peopleHere(
    context,
    collections.flatMap(({ managers }) => managers),
  );
  const people = new Map<PersonId, number>();
  const communities = new Map<CommunityId, number>();
  const held = [
    ...notes,
    ...collections.map(({ id, managers, community }) => ({
      id,
      soleAuthor: onlyOne(managers, here),
      community,
    })),
  ];
  for (const { id, soleAuthor, community } of held) {
    const bytes = sizes.get(id) ?? 0;
    if (soleAuthor !== null) people.set(soleAuthor, (people.get(soleAuthor) ?? 0) + bytes);
    if (community !== null) communities.set(community, (communities.get(community) ?? 0) + bytes);
  }
  let total = 0;
  for (const bytes of sizes.values()) total += bytes;
  return { total, people, communities };
}
