import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { NotePage } from '#shared/api/notes.ts';
import type { Session } from '#shared/api/session.ts';
import { type Community, accountBody, newCommunity, password } from '../../support/newCommunity.ts';
import { newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { storages } from '../../support/storages.ts';

async function start(options: Parameters<typeof newCommunity>[0] = {}): Promise<Community> {
  const community = await newCommunity(options);
  onTestFinished(() => community.close());
  return community;
}

const refusal = async (answer: Promise<Response>): Promise<readonly [number, string]> => {
  const { status, json } = await answer.then(async (one) => ({ status: one.status, json: await one.json() }));
  return [status, (json as { error: { code: string } }).error.code];
};
const post = (who: TestVisitor, path: string, json: unknown): Promise<Response> =>
  who.fetch(path, { method: 'POST', json });
const secretOf = (link: string): string => new URL(link).hash.slice(1);
const session = (who: TestVisitor): Promise<Session> => who.json<Session>('GET', '/api/session');
const signIn = async (relay: Community, email: string, word = password): Promise<TestVisitor> => {
  const visitor = relay.visitor();
  await visitor.json('POST', '/api/account/sign-in', { email, password: word });
  return visitor;
};

describe.each(storages)('accounts over %s', (storage) => {
  test('the first link makes an administrator with an account, who signs in from anywhere', async () => {
    const relay = await start({ storage });
    const ada = await relay.administrator('Ada@Exemple.org');
    expect(ada.session).toMatchObject({
      person: { kind: 'account', role: 'administrator', name: 'Ada' },
      account: { email: 'ada@exemple.org', verified: false },
      relay: { kind: 'community', mail: true },
    });
    const elsewhere = await signIn(relay, 'ADA@exemple.org');
    expect((await session(elsewhere)).person).toEqual(ada.session.person);

    await elsewhere.json('DELETE', '/api/session');
    expect((await session(elsewhere)).person).toBeNull();
    expect((await session(ada)).person).toEqual(ada.session.person);
  });

  test('a passkey that is not one’s own cannot be taken away, nor be told from none', async () => {
    const relay = await start({ storage });
    const ada = await relay.administrator();
    const unknown = ada.fetch(`/api/account/passkeys/${'a'.repeat(22)}`, { method: 'DELETE' });
    expect(await refusal(unknown)).toEqual([403, 'not_allowed']);
    const visitor = relay.visitor().fetch(`/api/account/passkeys/${'a'.repeat(22)}`, { method: 'DELETE' });
    expect((await visitor).status).toBeGreaterThanOrEqual(401);
  });

  test('a link makes one account, and an address has one', async () => {
    const relay = await start({ storage });
    await relay.administrator();
    const secret = secretOf(relay.link);
    expect(
      await refusal(post(relay.visitor(), '/api/account', accountBody('bob@exemple.org', secret))),
    ).toEqual([404, 'invitation_invalid']);
    const other = secretOf((await relay.relay.createAdministratorLink(true)) ?? '');
    expect(
      await refusal(post(relay.visitor(), '/api/account', accountBody('ADA@exemple.org', other))),
    ).toEqual([409, 'email_taken']);
    // It was not used up by that.
    expect((await post(relay.visitor(), '/api/account', accountBody('bob@exemple.org', other))).status).toBe(
      201,
    );
    expect(await refusal(post(relay.visitor(), '/api/account', accountBody('eve@exemple.org')))).toEqual([
      401,
      'not_signed_in',
    ]);
  });

  test('a guest who makes an account stays the same person, with what they wrote', async () => {
    const relay = await start({ storage });
    const ada = await relay.administrator();
    const { note } = await ada.json<NotePage>('POST', '/api/notes', { title: 'Ensemble' });
    const { url } = await ada.json<{ url: string }>('POST', '/api/invitations', {
      subject: 'note',
      subjectId: note.id,
      role: 'author',
    });
    const guest = await relay.join(url, 'Grace');
    const before = await session(guest);
    const made = await guest.json<Session>('POST', '/api/account', accountBody('grace@exemple.org'));
    expect(made.person).toMatchObject({
      id: before.person?.id,
      kind: 'account',
      role: 'member',
      name: 'grace',
    });
    const elsewhere = await signIn(relay, 'grace@exemple.org');
    expect((await elsewhere.json<NotePage>('GET', `/api/notes/${note.id}`)).role).toBe('author');
    expect(await refusal(post(guest, '/api/account', accountBody('other@exemple.org')))).toEqual([
      409,
      'conflict',
    ]);
    const [newest] = await relay.relay.operations.catalogue.register.page(
      { act: 'account.created' },
      null,
      1,
    );
    expect(newest).toMatchObject({ by: before.person?.id, subjectId: null, value: null });
  });

  test('a wrong password, and an address that nobody has, are refused alike', async () => {
    const relay = await start({ storage });
    await relay.administrator();
    for (const email of ['ada@exemple.org', 'nobody@exemple.org']) {
      const visitor = relay.visitor();
      const answer = await post(visitor, '/api/account/sign-in', { email, password: 'wrong password' });
      expect([answer.status, await answer.json(), visitor.cookie]).toEqual([
        401,
        { error: { code: 'sign_in_failed' } },
        '',
      ]);
    }
  });

  test('after ten wrong passwords nobody tries that address for a quarter of an hour, and everybody else does', async () => {
    let time = Date.now();
    const relay = await start({ storage, now: () => time });
    const ada = await relay.administrator();
    const attempt = (email: string, word: string) =>
      post(relay.visitor(), '/api/account/sign-in', { email, password: word });
    for (const email of ['ada@exemple.org', 'nobody@exemple.org']) {
      const statuses = [];
      for (let at = 0; at < 11; at++) statuses.push((await attempt(email, 'wrong password')).status);
      expect([email, statuses]).toEqual([email, [...Array.from({ length: 10 }, () => 401), 429]]);
    }
    // Not with the right one either, nor by writing the address another way.
    expect((await attempt('ADA@exemple.org', password)).status).toBe(429);
    expect((await attempt('ada2@exemple.org', password)).status).toBe(401);
    expect((await session(ada)).person?.kind).toBe('account');
    time += 15 * 60_000;
    expect((await attempt('ada@exemple.org', password)).status).toBe(200);
  });

  test('the right password starts the count anew', async () => {
    const relay = await start({ storage });
    await relay.administrator();
    const attempt = async (word: string) =>
      (await post(relay.visitor(), '/api/account/sign-in', { email: 'ada@exemple.org', password: word }))
        .status;
    for (let round = 0; round < 2; round++) {
      for (let at = 0; at < 9; at++) expect(await attempt('wrong password')).toBe(401);
      expect(await attempt(password)).toBe(200);
    }
  }, 60_000);

  test('a letter confirms the address, for the account that it was sent to alone', async () => {
    const relay = await start({ storage });
    const ada = await relay.administrator();
    const [letter] = relay.letters;
    expect(letter).toMatchObject({ to: 'ada@exemple.org', subject: 'Confirmez votre adresse pour Calepin' });
    const token = letter?.secret ?? '';
    // Who received it by mistake, signed out or signed in as somebody else, confirms nothing.
    expect(await refusal(post(relay.visitor(), '/api/account/verify', { token }))).toEqual([
      401,
      'not_signed_in',
    ]);
    const other = relay.visitor();
    const link = secretOf((await relay.relay.createAdministratorLink(true)) ?? '');
    await other.json('POST', '/api/account', accountBody('bob@exemple.org', link));
    expect(await refusal(post(other, '/api/account/verify', { token }))).toEqual([404, 'link_invalid']);
    expect((await session(ada)).account?.verified).toBe(false);

    const tampered = `${token.slice(0, -3)}AAA`;
    expect(await refusal(post(ada, '/api/account/verify', { token: tampered }))).toEqual([
      404,
      'link_invalid',
    ]);
    const verified = await ada.json<Session>('POST', '/api/account/verify', { token });
    expect(verified.account).toEqual({ email: 'ada@exemple.org', verified: true });
    // Nothing more to send.
    const sent = relay.letters.length;
    await ada.json('POST', '/api/account/verification', { language: 'fr' });
    expect(relay.letters).toHaveLength(sent);
  });

  test('a confirmed address finds the way back: once, ending every session', async () => {
    const relay = await start({ storage });
    const ada = await relay.administrator();
    await ada.json('POST', '/api/account/verify', { token: relay.letters[0]?.secret });
    await relay.visitor().json('POST', '/api/account/recovery', { email: 'ADA@exemple.org', language: 'en' });
    await retryUntil('the letter', () => Promise.resolve(relay.letters.length === 2));
    const letter = relay.letters[1];
    expect(letter).toMatchObject({ to: 'ada@exemple.org', subject: 'Choose a new password for Calepin' });
    const change = (token: string) =>
      post(relay.visitor(), '/api/account/new-password', { token, password: 'another password' });
    expect(await refusal(change('x'.repeat(24)))).toEqual([404, 'link_invalid']);
    expect((await change(letter?.secret ?? '')).status).toBe(204);
    expect((await session(ada)).person).toBeNull();
    expect(await refusal(change(letter?.secret ?? ''))).toEqual([404, 'link_invalid']);
    const old = { email: 'ada@exemple.org', password };
    expect(await refusal(post(relay.visitor(), '/api/account/sign-in', old))).toEqual([
      401,
      'sign_in_failed',
    ]);
    const back = await signIn(relay, 'ada@exemple.org', 'another password');
    expect((await session(back)).person?.id).toBe(ada.session.person?.id);
  });

  test('another password is chosen by who says the present one, and ends the other sessions', async () => {
    const relay = await start({ storage });
    const ada = await relay.administrator();
    const elsewhere = await signIn(relay, 'ada@exemple.org');
    const change = (who: typeof elsewhere, present: string, newPassword = 'another password') =>
      post(who, '/api/account/password', { password: present, newPassword });
    expect(await refusal(change(ada, 'wrong password'))).toEqual([401, 'sign_in_failed']);
    expect(await refusal(change(ada, password, 'court'))).toEqual([400, 'invalid_request']);
    expect(await refusal(change(relay.visitor(), password))).toEqual([401, 'not_signed_in']);
    expect((await session(elsewhere)).person).not.toBeNull();
    expect((await change(ada, password)).status).toBe(204);
    expect((await session(ada)).person?.id).toBe(ada.session.person?.id);
    expect((await session(elsewhere)).person).toBeNull();
    const old = { email: 'ada@exemple.org', password };
    expect(await refusal(post(relay.visitor(), '/api/account/sign-in', old))).toEqual([
      401,
      'sign_in_failed',
    ]);
    const back = await signIn(relay, 'ada@exemple.org', 'another password');
    expect((await session(back)).person?.id).toBe(ada.session.person?.id);
  });

  test('another address is that of the account once its own letter says so, and the old one is told', async () => {
    const relay = await start({ storage });
    const ada = await relay.administrator();
    const ask = (email: string, word = password) =>
      post(ada, '/api/account/address', { email, password: word, language: 'en' });
    expect(await refusal(ask('new@exemple.org', 'wrong password'))).toEqual([401, 'sign_in_failed']);
    expect(await refusal(ask('ADA@exemple.org'))).toEqual([409, 'email_taken']);
    expect((await ask('New@exemple.org')).status).toBe(204);
    const letter = relay.letters.at(-1);
    expect(letter).toMatchObject({ to: 'new@exemple.org', subject: 'Confirm your new address for Calepin' });
    const token = letter?.secret ?? '';
    expect((await session(ada)).account?.email).toBe('ada@exemple.org');
    // Who received it by mistake, signed in as somebody else, changes nothing.
    const other = relay.visitor();
    const link = secretOf((await relay.relay.createAdministratorLink(true)) ?? '');
    await other.json('POST', '/api/account', accountBody('bob@exemple.org', link));
    expect(await refusal(post(other, '/api/account/verify', { token }))).toEqual([404, 'link_invalid']);
    const changed = await ada.json<Session>('POST', '/api/account/verify', { token, language: 'fr' });
    expect(changed.account).toEqual({ email: 'new@exemple.org', verified: true });
    expect(relay.letters.at(-1)).toMatchObject({
      to: 'ada@exemple.org',
      subject: 'L’adresse de votre compte Calepin a changé',
    });
    expect(await refusal(post(ada, '/api/account/verify', { token }))).toEqual([404, 'link_invalid']);
    const back = await signIn(relay, 'new@exemple.org');
    expect((await session(back)).person?.id).toBe(ada.session.person?.id);
    const old = { email: 'ada@exemple.org', password };
    expect(await refusal(post(relay.visitor(), '/api/account/sign-in', old))).toEqual([
      401,
      'sign_in_failed',
    ]);
  });

  test('an address that nobody confirmed, or nobody has, gets no letter, and the answer is the same', async () => {
    const relay = await start({ storage });
    await relay.administrator();
    const sent = relay.letters.length;
    for (const email of ['ada@exemple.org', 'nobody@exemple.org']) {
      const answer = await post(relay.visitor(), '/api/account/recovery', { email, language: 'fr' });
      expect([answer.status, await answer.text()]).toEqual([204, '']);
    }
    await relay.close();
    expect(relay.letters).toHaveLength(sent);
  });

  test('an address gets three letters an hour, whether or not it has an account', async () => {
    const relay = await start({ storage });
    await relay.administrator();
    for (const email of ['ada@exemple.org', 'nobody@exemple.org']) {
      const statuses = [];
      for (let at = 0; at < 4; at++)
        statuses.push(
          (await post(relay.visitor(), '/api/account/recovery', { email, language: 'fr' })).status,
        );
      expect(statuses).toEqual([204, 204, 204, 429]);
    }
  });
});

test('accounts outlive a restart; neither password nor cookie is in the files', async () => {
  const first = await newCommunity({ storage: 'sqlite' });
  onTestFinished(() => first.close());
  const ada = await first.administrator();
  await first.relay.close();
  const folder = first.dataFolder ?? '';
  const cookie = ada.cookie.split('=')[1] ?? '';
  expect(cookie.length).toBeGreaterThan(43);
  for (const name of await readdir(folder)) {
    if (!name.startsWith('calepin')) continue;
    const bytes = await readFile(`${folder}/${name}`);
    expect([name, bytes.includes(cookie), bytes.includes(password)]).toEqual([name, false, false]);
  }
  const second = await newCommunity({ dataDir: folder });
  onTestFinished(() => second.close());
  const answer = await fetch(`${second.url}/api/session`, { headers: { cookie: ada.cookie } });
  expect(((await answer.json()) as Session).person).toEqual(ada.session.person);
  expect((await session(await signIn(second, 'ada@exemple.org'))).person).toEqual(ada.session.person);
});

test('the part of a cookie that is in the database signs nobody in', async () => {
  const relay = await start();
  const ada = await relay.administrator();
  const [name = '', value = ''] = ada.cookie.split('=');
  const token = value.split('.')[0] ?? '';
  for (const forged of [token, `${token}.`, `${token}.${'A'.repeat(43)}%3D`]) {
    const byCookie = await fetch(`${relay.url}/api/session`, { headers: { cookie: `${name}=${forged}` } });
    const byBearer = await fetch(`${relay.url}/api/session`, {
      headers: { authorization: `Bearer ${forged}` },
    });
    for (const answer of [byCookie, byBearer]) expect(((await answer.json()) as Session).person).toBeNull();
  }
});

test('a weak password is not taken', async () => {
  const relay = await start();
  const body = { ...accountBody('ada@exemple.org', secretOf(relay.link)), password: 'court' };
  expect(await refusal(post(relay.visitor(), '/api/account', body))).toEqual([400, 'invalid_request']);
});

test('the relay of one computer has no accounts', async () => {
  const local = await newFullRelay();
  onTestFinished(() => local.close());
  const person = await local.signIn();
  expect(person.session).toMatchObject({ account: null, person: { kind: 'local' } });
  for (const path of ['/api/account', '/api/account/sign-in', '/api/account/recovery']) {
    const body = accountBody('ada@exemple.org');
    expect([path, await refusal(post(person, path, body))]).toEqual([path, [404, 'not_found_route']]);
  }
});

test('a page of another site cannot sign anybody in', async () => {
  const relay = await start();
  await relay.administrator();
  const answer = await relay.visitor().fetch('/api/account/sign-in', {
    method: 'POST',
    json: { email: 'ada@exemple.org', password },
    headers: { origin: 'https://evil.example' },
  });
  expect([answer.status, answer.headers.getSetCookie()]).toEqual([403, []]);
});
