import { expect, onTestFinished, test } from 'vitest';
import type { NotePage } from '#shared/api/notes.ts';
import type { Session } from '#shared/api/session.ts';
import { freePort } from '../../support/freePort.ts';
import { newCommunity } from '../../support/newCommunity.ts';
import { newOpenIdProvider } from '../../support/newOpenIdProvider.ts';
import { storages } from '../../support/storages.ts';

type Jar = Map<string, string>;

/** Asks as a browser does that keeps cookies for each host, without following. */
async function ask(jars: Map<string, Jar>, url: string, init: RequestInit = {}): Promise<Response> {
  const { host } = new URL(url);
  const jar = jars.get(host) ?? new Map<string, string>();
  jars.set(host, jar);
  const headers = new Headers(init.headers);
  headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '));
  const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
  for (const line of answer.headers.getSetCookie()) {
    const [name = '', value = ''] = (line.split(';', 1)[0] ?? '').split(/=(.*)/s);
    if (/max-age=0|expires=thu, 01 jan 1970/i.test(line) || value === '') jar.delete(name);
    else jar.set(name, value);
  }
  return answer;
}

/** Somebody with a browser: what it keeps of each host. @param cookie - of a session that they have here. @param join - a guest is to be the same person. */
async function signInByOrganisation(
  origin: string,
  login: string,
  cookie = '',
  join = true,
): Promise<Session> {
  const jars = new Map<string, Jar>([[new URL(origin).host, new Map()]]);
  const own = jars.get(new URL(origin).host)!;
  const [name = '', value = ''] = cookie.split(/=(.*)/s);
  if (name !== '') own.set(name, value);
  const begun = await ask(jars, `${origin}/api/account/organisation`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ join }),
  });
  let { url } = (await begun.json()) as { url: string };
  // Strict cookies do not come along from another site.
  own.delete(name);
  for (let step = 0; step < 12 && !url.startsWith(`${origin}/api/`); step++) {
    const answer = await ask(jars, url);
    const next = answer.headers.get('location');
    if (next !== null) {
      url = new URL(next, url).href;
      continue;
    }
    const page = await answer.text();
    const action = /action="([^"]+)"/.exec(page)?.[1] ?? '';
    const prompt = /name="prompt" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const sent = await ask(jars, new URL(action, url).href, {
      method: 'POST',
      body: new URLSearchParams({ prompt, login, password: 'any' }),
    });
    url = new URL(sent.headers.get('location') ?? '', url).href;
  }
  await ask(jars, url);
  const told = (await (await ask(jars, `${origin}/api/session`)).json()) as Session;
  // Once: a page that is loaded again has nothing to say.
  const again = (await (await ask(jars, `${origin}/api/session`)).json()) as Session;
  expect({ ...again, ...(told.joined && { joined: true }) }).toEqual(told);
  expect(again.joined).toBeUndefined();
  return told;
}

test.each(storages)(
  'a guest who signs in by the organisation stays the same person, with their notes, over %s',
  async (storage) => {
    const port = await freePort();
    const origin = `http://127.0.0.1:${port}`;
    const provider = await newOpenIdProvider(origin, {
      grace: { email: 'grace@exemple.org', email_verified: true, name: 'Grace Hopper' },
      ada: { email: 'other@exemple.org', email_verified: true, name: 'Ada L.' },
    });
    onTestFinished(() => provider.close());
    const relay = await newCommunity({ storage, port, publicUrl: origin, organisation: provider.settings });
    onTestFinished(() => relay.close());
    const ada = await relay.administrator();
    const { note } = await ada.json<NotePage>('POST', '/api/notes', { title: 'À deux' });
    const { url } = await ada.json<{ url: string }>('POST', '/api/invitations', {
      subject: 'note',
      subjectId: note.id,
      role: 'author',
    });
    const guest = await relay.join(url, 'Grace H.');
    const before = (await guest.json<Session>('GET', '/api/session')).person!;
    const own = (await guest.json<NotePage>('POST', '/api/notes', { title: 'À moi' })).note.id;

    const session = await signInByOrganisation(origin, 'grace', guest.cookie);
    expect(session.person).toEqual({ ...before, kind: 'account' });
    expect(session.account).toEqual({ email: 'grace@exemple.org', verified: true });
    const { catalogue } = relay.relay.operations;
    expect((await catalogue.notes.ofAuthor(before.id)).map((one) => one.id)).toEqual([note.id, own]);
    // What the guest signed in by is over, and they come back as the same person from anywhere.
    expect((await guest.json<Session>('GET', '/api/session')).person).toBeNull();
    expect((await signInByOrganisation(origin, 'grace')).person?.id).toBe(before.id);

    // Who is no guest here is new; somebody's account is not taken for a guest.
    const other = await signInByOrganisation(origin, 'ada', ada.cookie);
    expect(other.person).toMatchObject({ kind: 'account', name: 'Ada L.' });
    expect([before.id, ada.session.person!.id]).not.toContain(other.person?.id);

    // A guest who has an account there becomes one with it, unless they would rather not.
    const again = await relay.join(url, 'Grace encore');
    const third = (await again.json<Session>('GET', '/api/session')).person!;
    const more = (await again.json<NotePage>('POST', '/api/notes', { title: 'Encore' })).note.id;
    expect(await signInByOrganisation(origin, 'grace', again.cookie)).toMatchObject({
      former: [third.id],
      joined: true,
    });
    expect((await catalogue.notes.ofAuthor(before.id)).map((one) => one.id)).toEqual([note.id, own, more]);
    const apart = await relay.join(url, 'Quelqu’un');
    const stranger = (await apart.json<Session>('GET', '/api/session')).person!;
    const asked = await signInByOrganisation(origin, 'grace', apart.cookie, false);
    expect([asked.former, asked.joined]).toEqual([[third.id], undefined]);
    expect((await catalogue.persons.get(stranger.id))?.kind).toBe('guest');
  },
);
