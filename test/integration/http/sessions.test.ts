import { afterEach, describe, expect, test } from 'vitest';
import type { Session } from '#shared/api/session.ts';
import { type FullRelay, newFullRelay } from '../../support/newFullRelay.ts';

let full: FullRelay | null = null;
const start = async (options: Parameters<typeof newFullRelay>[0] = {}): Promise<FullRelay> => {
  full = await newFullRelay(options);
  return full;
};
afterEach(async () => {
  await full?.close();
  full = null;
});

const secretOf = (relay: FullRelay) => new URL(relay.launchUrl).hash.slice('#launch='.length);

describe('signing in', () => {
  test('a visitor is nobody, and may see so', async () => {
    const relay = await start();
    const session = await relay.visitor().json<Session>('GET', '/api/session');
    expect(session).toMatchObject({
      person: null,
      relay: { kind: 'local', pdf: false, version: '0.0.0-test' },
    });
  });

  test('the launch secret signs the local person in by a cookie that scripts and other sites cannot use', async () => {
    const relay = await start();
    const visitor = relay.visitor();
    const answer = await visitor.fetch('/api/session/launch', {
      method: 'POST',
      json: { secret: secretOf(relay), language: 'fr' },
    });
    expect(answer.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^calepin-[\w-]{8}=\w{32}\.[\w%]{44,70}; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Strict$/,
      ),
    ]);
    expect((await visitor.json<Session>('GET', '/api/session')).person?.kind).toBe('local');
  });

  test('behind https the cookie is bound to the host', async () => {
    const relay = await start({ publicUrl: 'https://notes.example.org' });
    const answer = await relay.relay.app.request('/api/session/launch', {
      method: 'POST',
      headers: { origin: 'https://notes.example.org', 'content-type': 'application/json' },
      body: JSON.stringify({ secret: secretOf(relay), language: 'fr' }),
    });
    expect(answer.headers.getSetCookie()[0]).toMatch(
      /^__Host-calepin-[\w-]{8}=.*; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(answer.headers.get('strict-transport-security')).toContain('max-age=');
  });

  test('the launch secret is good for making a session and for nothing else, until the next one', async () => {
    const relay = await start();
    const secret = secretOf(relay);
    const bearer = await relay
      .visitor()
      .fetch('/api/notes', { headers: { authorization: `Bearer ${secret}` } });
    expect(await bearer.json()).toEqual({ notes: [], total: 0 });
    relay.relay.renewLaunchSecret();
    const late = await relay
      .visitor()
      .fetch('/api/session/launch', { method: 'POST', json: { secret, language: 'fr' } });
    expect([late.status, await late.json()]).toEqual([401, { error: { code: 'launch_invalid' } }]);
    expect(late.headers.getSetCookie()).toEqual([]);
  });

  test('a session is also good as a bearer, without an origin', async () => {
    const relay = await start();
    const owner = await relay.signIn();
    const answer = await fetch(`${relay.url}/api/carnets`, {
      method: 'POST',
      headers: { authorization: `Bearer ${owner.cookie.split('=')[1]}`, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(answer.status).toBe(201);
  });

  test('a page of another site cannot act with the cookie', async () => {
    const relay = await start();
    const owner = await relay.signIn();
    for (const origin of ['https://evil.example', 'null', `${relay.url}.evil.example`]) {
      const answer = await owner.fetch('/api/notes', { method: 'POST', json: {}, headers: { origin } });
      expect([origin, answer.status]).toEqual([origin, 403]);
    }
    const none = await fetch(`${relay.url}/api/notes`, {
      method: 'POST',
      headers: { cookie: owner.cookie, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(none.status).toBe(403);
  });

  test('sessions survive a restart, and their secret is not in the database', async () => {
    const first = await start({ storage: 'sqlite' });
    const owner = await first.signIn();
    const { dataFolder } = first;
    if (dataFolder === null) throw new Error('sqlite has a folder');
    await first.relay.close();
    const { readdir, readFile } = await import('node:fs/promises');
    for (const name of await readdir(dataFolder)) {
      if (!name.startsWith('calepin')) continue;
      expect((await readFile(`${dataFolder}/${name}`)).includes(owner.cookie.split('=')[1] ?? '')).toBe(
        false,
      );
    }
    const second = await newFullRelay({ dataDir: dataFolder });
    try {
      const answer = await fetch(`${second.url}/api/session`, { headers: { cookie: owner.cookie } });
      expect(((await answer.json()) as Session).person).toEqual(owner.session.person);
    } finally {
      await second.close();
    }
  });

  test('signing out ends the session for good', async () => {
    const relay = await start();
    const owner = await relay.signIn();
    const { cookie } = owner;
    expect((await owner.fetch('/api/session', { method: 'DELETE' })).status).toBe(204);
    const answer = await fetch(`${relay.url}/api/session`, { headers: { cookie } });
    expect(((await answer.json()) as Session).person).toBeNull();
  });

  test('a person changes name and colour, nothing else', async () => {
    const relay = await start();
    const owner = await relay.signIn();
    const changed = await owner.json<Session>('PATCH', '/api/session/person', {
      name: '  Maëlle Roy ',
      colour: 'prune',
      kind: 'owner',
    });
    expect(changed.person).toEqual({ ...owner.session.person, name: 'Maëlle Roy', colour: 'prune' });
    const bad = await owner.fetch('/api/session/person', { method: 'PATCH', json: { name: ' ' } });
    expect([bad.status, await bad.json()]).toEqual([400, { error: { code: 'invalid_request' } }]);
  });
});

describe('the welcome carnet', () => {
  test.each([
    ['fr', 'Bienvenue dans Calepin'],
    ['en', 'Welcome to Calepin'],
  ] as const)('is made once, in the language of the first launch: %s', async (language, title) => {
    const relay = await start();
    const [owner] = await Promise.all([relay.signIn(language), relay.signIn(language)]);
    await relay.signIn(language === 'fr' ? 'en' : 'fr');
    const { carnets } = await owner.json<{ carnets: { id: string; memberCount: number }[] }>(
      'GET',
      '/api/carnets',
    );
    const { notes, total } = await owner.json<{ notes: { id: string; title: string }[]; total: number }>(
      'GET',
      '/api/notes',
    );
    expect(carnets).toHaveLength(1);
    expect(total).toBe(carnets[0]?.memberCount);
    expect(total).toBeGreaterThan(3);
    expect(notes[0]?.title).toBe(title);

    for (const note of notes) await owner.fetch(`/api/notes/${note.id}`, { method: 'DELETE' });
    await owner.fetch(`/api/carnets/${carnets[0]?.id}`, { method: 'DELETE' });
    await relay.signIn(language);
    expect(await owner.json('GET', '/api/notes')).toEqual({ notes: [], total: 0 });
    expect(await owner.json('GET', '/api/carnets')).toEqual({ carnets: [] });
  });
});

describe('answers', () => {
  test('every answer carries the policy of the threat model, with a nonce of its own', async () => {
    const relay = await start();
    const one = await relay.visitor().fetch('/api/session');
    const other = await relay.visitor().fetch('/api/nothing');
    expect([other.status, await other.json()]).toEqual([404, { error: { code: 'not_found_route' } }]);
    for (const answer of [one, other]) {
      expect(answer.headers.get('content-security-policy')).toMatch(
        /^default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[^']+'; img-src 'self' blob:; font-src 'self'; media-src 'self' blob:; connect-src 'self' ws:\/\/127\.0\.0\.1:\d+ ws:\/\/localhost:\d+; worker-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-src 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types ProseMirrorClipboard app-sanitizer app-worker; manifest-src 'self'$/,
      );
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(answer.headers.get('cache-control')).toBe('no-store');
    }
    expect(one.headers.get('content-security-policy')).not.toBe(other.headers.get('content-security-policy'));
  });

  test('a body that is too large, or is not JSON, is refused in words', async () => {
    const relay = await start();
    const owner = await relay.signIn();
    const large = await owner.fetch('/api/notes', { method: 'POST', json: { title: 'x'.repeat(1_100_000) } });
    expect([large.status, await large.json()]).toEqual([413, { error: { code: 'too_large' } }]);
    const broken = await owner.fetch('/api/notes', {
      method: 'POST',
      body: '{',
      headers: { 'content-type': 'application/json' },
    });
    expect([broken.status, await broken.json()]).toEqual([400, { error: { code: 'invalid_request' } }]);
  });

  test('/healthz answers who watches', async () => {
    const relay = await start();
    expect(await relay.visitor().json('GET', '/healthz')).toEqual({ status: 'ok' });
  });
});
