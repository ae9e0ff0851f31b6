import { expect, onTestFinished, test } from 'vitest';
import type { InvitationSummary } from '#shared/api/invitations.ts';
import type { Session } from '#shared/api/session.ts';
import { type Community, accountBody, newCommunity } from '../../support/newCommunity.ts';
import type { TestVisitor } from '../../support/newFullRelay.ts';
import { storages } from '../../support/storages.ts';

async function start(options: Parameters<typeof newCommunity>[0] = {}): Promise<Community> {
  const community = await newCommunity(options);
  onTestFinished(() => community.close());
  return community;
}

interface Made {
  readonly invitation: InvitationSummary;
  readonly url: string;
}
const invite = (who: TestVisitor, role: 'member' | 'administrator', days = 7): Promise<Made> =>
  who.json<Made>('POST', '/api/invitations', { subject: 'relay', role, days });
const list = async (who: TestVisitor): Promise<InvitationSummary[]> =>
  (await who.json<{ invitations: InvitationSummary[] }>('GET', '/api/invitations?subject=relay')).invitations;

/** Somebody new who makes an account by a link. @throws Error with the code of the refusal. */
async function join(relay: Community, { url }: { url: string }, email: string) {
  const visitor = relay.visitor();
  const body = accountBody(email, new URL(url).hash.slice(1));
  const session = await visitor.json<Session>('POST', '/api/account', body);
  return Object.assign(visitor, { session });
}

test.each(storages)(
  'an administrator invites a member and another administrator, each once, over %s',
  async (storage) => {
    const relay = await start({ storage });
    const ada = await relay.administrator();
    const [forMember, forAdministrator] = [await invite(ada, 'member'), await invite(ada, 'administrator')];
    expect((await list(ada)).map(({ role }) => role).sort()).toEqual(['administrator', 'member']);
    const member = await join(relay, forMember, 'bob@exemple.org');
    expect(member.session.person).toMatchObject({ kind: 'account', role: 'member' });
    await expect(join(relay, forMember, 'eve@exemple.org')).rejects.toThrow('invitation_invalid');
    const other = await join(relay, forAdministrator, 'carol@exemple.org');
    expect(other.session.person?.role).toBe('administrator');
    expect(await list(other)).toEqual([]);
  },
);

test('a member and a guest invite nobody to the relay, see no invitation to it, and take none back', async () => {
  const relay = await start();
  const ada = await relay.administrator();
  const made = await invite(ada, 'administrator');
  const member = await join(relay, await invite(ada, 'member'), 'bob@exemple.org');
  for (const [method, path, json] of [
    ['POST', '/api/invitations', { subject: 'relay', role: 'administrator' }],
    ['GET', '/api/invitations?subject=relay', undefined],
    ['DELETE', `/api/invitations/${made.invitation.id}`, undefined],
  ] as const) {
    const answer = await member.fetch(path, { method, ...(json === undefined ? {} : { json }) });
    expect([method, answer.status, await answer.json()]).toEqual([
      method,
      403,
      { error: { code: 'not_allowed' } },
    ]);
  }
  expect(await list(ada)).toHaveLength(1);
});

test('an invitation ends when it expires, when it is taken back, and when who gave it is no administrator any more', async () => {
  let time = Date.now();
  const relay = await start({ now: () => time });
  const ada = await relay.administrator();
  const [expiring, revoked] = [await invite(ada, 'member', 1), await invite(ada, 'member')];
  await ada.json('DELETE', `/api/invitations/${revoked.invitation.id}`);
  await expect(join(relay, revoked, 'bob@exemple.org')).rejects.toThrow('invitation_invalid');
  time += 24 * 60 * 60 * 1_000;
  await expect(join(relay, expiring, 'bob@exemple.org')).rejects.toThrow('invitation_invalid');
  expect(await list(ada)).toEqual([]);

  const standing = await invite(ada, 'member');
  const { persons, register } = relay.relay.operations.catalogue;
  await persons.change(ada.session.person!.id, { role: 'member' });
  await expect(join(relay, standing, 'bob@exemple.org')).rejects.toThrow('invitation_invalid');
  const acts = (await register.page({}, null, 20)).map(({ act }) => act);
  expect(acts.filter((act) => act === 'relay.invited')).toHaveLength(3);
  expect(acts).toContain('relay.invitation_revoked');
});

test('an invitation to something else makes no account', async () => {
  const relay = await start();
  const ada = await relay.administrator();
  const { community } = await ada.json<{ community: { id: string } }>('POST', '/api/communities', {
    name: 'Voisinages',
  });
  const made = await ada.json<Made>('POST', '/api/invitations', {
    subject: 'community',
    subjectId: community.id,
    role: 'member',
  });
  await expect(join(relay, made, 'bob@exemple.org')).rejects.toThrow('invitation_invalid');
});

test('somebody who has an account becomes an administrator by a link, and does not use up one for a member', async () => {
  const relay = await start();
  const ada = await relay.administrator();
  const bob = await join(relay, await invite(ada, 'member'), 'bob@exemple.org');
  const accept = ({ url }: Made) =>
    bob.json<{ path: string }>('POST', '/api/invitations/accept', { secret: new URL(url).hash.slice(1) });
  await accept(await invite(ada, 'member'));
  expect(await list(ada)).toHaveLength(1);
  await accept(await invite(ada, 'administrator'));
  expect(await list(bob)).toHaveLength(1);
  expect((await bob.json<Session>('GET', '/api/session')).person?.role).toBe('administrator');
});
