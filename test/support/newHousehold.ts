import type { CommunityPage } from '#shared/api/communities.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type { Session } from '#shared/api/session.ts';
import type { CommunityId, PersonId } from '#shared/domain/ids.ts';
import type { Relation } from '#shared/permissions/policy.ts';
import { newCommunity } from './newCommunity.ts';
import { type FullRelay, newFullRelay, type TestVisitor } from './newFullRelay.ts';

/** Somebody at a relay, with their id. */
export interface Somebody extends TestVisitor {
  readonly id: PersonId;
}

/** A relay where somebody stands in each relation of the policy to what is linked to the community `ours`. */
export interface Household {
  readonly full: FullRelay;
  readonly people: Readonly<Record<Exclude<Relation, 'anonymous'>, Somebody>>;
  readonly ours: CommunityId;
  /** Whoever stands in a relation; a visitor who is not signed in for `anonymous`. */
  as(relation: Relation): TestVisitor & { readonly id: PersonId | null };
  /** A guest who has no relation to anything. */
  guest(name: string): Promise<Somebody>;
}

/** Opens such a relay. @param options - as `newFullRelay` takes them. In a community the administrator alone has an account. */
export async function newHousehold(options: Parameters<typeof newFullRelay>[0] = {}): Promise<Household> {
  const community = options.mode === 'community' ? await newCommunity(options) : null;
  const full = community ?? (await newFullRelay(options));
  const keeper = community === null ? await full.signIn() : await community.administrator();
  const { note: porch } = await keeper.json<NotePage>('POST', '/api/notes', { title: 'Entrée' });
  const { url } = await keeper.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'note',
    subjectId: porch.id,
    role: 'reader',
  });
  const somebody = async (visitor: TestVisitor): Promise<Somebody> => {
    const { person } = await visitor.json<Session>('GET', '/api/session');
    return Object.assign(visitor, { id: person!.id });
  };
  const guest = async (name: string) => somebody(await full.join(url, name));
  const people = {
    signedIn: await guest('Simone'),
    otherCommunity: await guest('Odile'),
    communityMember: await guest('Marcel'),
    communityResponsable: await guest('Rosalie'),
    invitedReader: await guest('Léonie'),
    commenter: await guest('Colette'),
    contributor: await guest('Clovis'),
    manager: await guest('Gérard'),
    author: await guest('Aurore'),
    administrator: await somebody(keeper),
  };
  const found = async (who: TestVisitor, name: string) =>
    (await who.json<CommunityPage>('POST', '/api/communities', { name })).community.id;
  const ours = await found(people.communityResponsable, 'La nôtre');
  await found(people.otherCommunity, 'La leur');
  const nothing = { audit: [], notices: [] };
  for (const [person, role] of [
    [people.communityMember, 'member'],
    [people.author, 'responsable'],
    [people.manager, 'member'],
  ] as const)
    await full.relay.operations.catalogue.communities.setRole(ours, person.id, role, 1, nothing);
  return {
    full,
    people,
    ours,
    guest,
    as: (relation) =>
      relation === 'anonymous' ? Object.assign(full.visitor(), { id: null }) : people[relation],
  };
}
