import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { CommunityPage } from '#shared/api/communities.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type { Session } from '#shared/api/session.ts';
import { defaultNoticeSettings } from '#shared/domain/NoticeSettings.ts';
import type { NoteId, PersonId } from '#shared/domain/ids.ts';
import type { Mailer } from '#server/accounts/Mailer.ts';
import { smtpMailer } from '#server/accounts/smtpMailer.ts';
import { newId } from '#server/secrets.ts';
import { FakeTimers } from '../../support/fakeTimers.ts';
import { type Community, accountBody, newCommunity } from '../../support/newCommunity.ts';
import type { TestVisitor } from '../../support/newFullRelay.ts';
import { keepingMailer } from '../../support/letters.ts';
import { newMailServer } from '../../support/newMailServer.ts';
import { retryUntil } from '../../support/retryUntil.ts';

const minute = 60_000;
const hour = 60 * minute;
/** Half past six in Toronto, in winter. */
const morning = Date.UTC(2026, 0, 15, 11, 30);

interface Member extends TestVisitor {
  readonly id: PersonId;
}

/** A community relay whose clock is moved by hand, with letters that are kept. */
async function start(options: { dataDir?: string; mailer?: Mailer; time?: number } = {}) {
  const timers = new FakeTimers(options.time ?? morning);
  const mailer = keepingMailer();
  const relay = await newCommunity({
    mailer,
    ...options,
    timers,
    storage: 'sqlite',
    publicUrl: undefined as never,
  });
  onTestFinished(() => relay.close());
  const { letters } = relay.relay.operations;
  return {
    ...relay,
    timers,
    mail: mailer.letters,
    /** Moves the clock, and waits until what is due then is written. */
    async pass(ms: number) {
      timers.advance(ms);
      await letters.settled();
    },
    settled: () => letters.settled(),
  };
}
type Started = Awaited<ReturnType<typeof start>>;

/** Makes an account whose address is confirmed. */
async function member(relay: Started, ada: TestVisitor, email: string): Promise<Member> {
  const { url } = await ada.json<{ url: string }>('POST', '/api/invitations', {
    subject: 'relay',
    role: 'member',
  });
  const visitor = relay.visitor();
  const body = accountBody(email, new URL(url).hash.slice(1));
  const { person } = await visitor.json<Session>('POST', '/api/account', body);
  const token = relay.mail.findLast(({ to }) => to === email)?.secret;
  await visitor.json('POST', '/api/account/verify', { token });
  return Object.defineProperty({ ...visitor, id: person!.id }, 'cookie', { get: () => visitor.cookie });
}

/** Ada and Bob, in a community with a note of Ada's that its members may read. */
async function people(relay: Started) {
  const keeper = await relay.administrator('keeper@exemple.org');
  const ada = await member(relay, keeper, 'ada@exemple.org');
  const bob = await member(relay, keeper, 'bob@exemple.org');
  const { community } = await ada.json<CommunityPage>('POST', '/api/communities', {
    name: 'Table de quartier',
  });
  const { catalogue } = relay.relay.operations;
  await catalogue.communities.setRole(community.id, bob.id, 'member', 1, { audit: [], notices: [] });
  const newNote = async (title: string) => {
    const { note } = await ada.json<NotePage>('POST', '/api/notes', { title });
    await ada.json('PATCH', `/api/notes/${note.id}`, { community: community.id, visibility: 'community' });
    return note.id;
  };
  const note = await newNote('Le <jardin>');
  const talk = (who: Member, about: NoteId, text = 'Et l’eau ?', mentions: readonly PersonId[] = []) =>
    who.json('POST', `/api/notes/${about}/threads`, {
      id: newId(),
      message: { id: newId(), text, mentions },
    });
  return { ada, bob, note, newNote, talk };
}
const to = (relay: Started, email: string, words = 'Calepin') =>
  relay.mail.filter(
    (letter) => letter.to === email && letter.unsubscribe !== undefined && letter.subject.includes(words),
  );

describe('the digest', () => {
  test('[R136] gathers at the chosen hour what is unread and may still be seen, and nothing a second time', async () => {
    const relay = await start();
    const { ada, bob, note, newNote, talk } = await people(relay);
    const closed = await newNote('Fermée');
    await talk(bob, note);
    await talk(bob, note);
    await talk(bob, closed);
    await talk(ada, note, '@Bob', [bob.id]);
    await talk(ada, closed, '@Bob', [bob.id]);
    await relay.pass(hour);
    expect(to(relay, 'ada@exemple.org')).toEqual([]);
    // A note that is closed to Bob meanwhile is not told to him.
    await relay.relay.operations.catalogue.notes.change(closed, { visibility: 'authors' });
    await relay.pass(35 * minute);
    const [digest, ...others] = to(relay, 'ada@exemple.org');
    expect(others).toEqual([]);
    expect(digest!.subject).toBe('Calepin\u00a0: 3 nouveaux avis');
    expect(digest!.text).toContain(
      [
        'Bonjour ada,',
        '',
        'Voici ce que vous n’avez pas encore lu.',
        '',
        '== Table de quartier ==',
        '',
        'Le <jardin>',
        '- bob a écrit dans la discussion (× 2)',
        `${relay.url}/notes/${note}#discussion`,
      ].join('\n'),
    );
    expect(digest!.html).toContain('<html lang="fr">');
    expect(digest!.html).toContain(
      'Le &lt;jardin&gt;</a></h3><ul><li>bob a écrit dans la discussion (× 2)</li>',
    );
    // No words of the discussion, no address.
    expect(`${digest!.text}${digest!.html}`).not.toMatch(/Et l’eau|exemple\.org/);
    const [toBob] = to(relay, 'bob@exemple.org');
    expect(toBob!.text).toContain('- ada vous a nommé·e dans la discussion');
    expect(toBob!.text).not.toContain('Fermée');

    await relay.pass(26 * hour);
    expect(to(relay, 'ada@exemple.org')).toHaveLength(1);
  });

  test('[R136] is in the person’s language, at their hour and on their day, and never where they want none', async () => {
    const relay = await start();
    const { ada, bob, note, talk } = await people(relay);
    const choose = (who: Member, more: object) =>
      who.json('PUT', '/api/notices/settings', { ...defaultNoticeSettings, ...more });
    // Thursday, six in the evening in Paris: 17:00 UTC.
    await choose(ada, { digest: 'weekly', weekday: 4, hour: 18, timeZone: 'Europe/Paris', language: 'en' });
    await choose(bob, { digest: 'never' });
    await talk(bob, note);
    await talk(ada, note, '@Bob', [bob.id]);
    await bob.json('POST', `/api/notes/${note}/messages`, { text: 'Bonjour' });
    await relay.pass(5 * hour);
    expect(to(relay, 'ada@exemple.org', 'notice')).toEqual([]);
    await relay.pass(35 * minute);
    const [digest] = to(relay, 'ada@exemple.org', 'notice');
    expect(digest).toMatchObject({ subject: 'Calepin: 1 new notice' });
    expect(digest!.html).toContain('<html lang="en">');
    await talk(bob, note);
    await relay.pass(6 * 24 * hour);
    expect(to(relay, 'ada@exemple.org', 'notice')).toHaveLength(1);
    await relay.pass(25 * hour);
    expect(to(relay, 'ada@exemple.org', 'notice')).toHaveLength(2);
    expect(to(relay, 'bob@exemple.org', '')).toEqual([]);
  });

  test('[R136] what was read, or is not wanted by e-mail, is in none', async () => {
    const relay = await start();
    const { ada, bob, note, talk } = await people(relay);
    await talk(bob, note);
    await ada.json('POST', '/api/notices/read', { until: relay.timers.now() });
    const ways = { ...defaultNoticeSettings.ways, mention: 'app' };
    await bob.json('PUT', '/api/notices/settings', { ...defaultNoticeSettings, ways });
    await talk(ada, note, '@Bob', [bob.id]);
    await relay.pass(3 * 24 * hour);
    expect(to(relay, 'ada@exemple.org')).toEqual([]);
    expect(to(relay, 'bob@exemple.org')).toEqual([]);
  });

  test('[R137] a restart sends none twice, and what the mail server refused is tried again', async () => {
    const kept = keepingMailer();
    const send = vi.fn<Mailer['send']>().mockImplementation((...letter) => kept.send(...letter));
    const mailer: Mailer = { ...kept, send };
    const first = await start({ mailer });
    Object.assign(first, { mail: kept.letters });
    const { bob, note, talk } = await people(first);
    await talk(bob, note);
    send.mockRejectedValueOnce(Object.assign(new Error('no'), { code: 'ECONNECTION' }));
    await first.pass(91 * minute);
    expect(to(first, 'ada@exemple.org')).toEqual([]);
    await first.pass(5 * minute);
    expect(to(first, 'ada@exemple.org')).toHaveLength(1);
    // Another notice of before the hour, as if the relay had died between the letter and its being noted.
    const { catalogue } = first.relay.operations;
    const ids = (await catalogue.notices.list((await adaOf(first)).id, 9)).map(({ id }) => id);
    await catalogue.notices.markInLetter(ids, null);
    const time = first.timers.now();
    const second = await start({ dataDir: first.dataFolder!, mailer, time, ...(await stopped(first)) });
    Object.assign(second, { mail: kept.letters });
    await second.pass(30 * minute);
    expect(to(second, 'ada@exemple.org')).toHaveLength(1);
    await second.pass(24 * hour);
    expect(to(second, 'ada@exemple.org')).toHaveLength(2);
  });
});

async function adaOf(relay: Community) {
  const people = await relay.relay.operations.catalogue.persons.list();
  return people.find(({ name }) => name === 'ada')!;
}
/** Stops a relay without taking its folder away. */
async function stopped(relay: Community): Promise<object> {
  await relay.relay.close();
  return {};
}

describe('letters that do not wait', () => {
  test('[R138] a message to the authors comes by e-mail at once, shows no address, and is answered through the application', async () => {
    const server = await newMailServer();
    const kept = keepingMailer();
    const byServer = smtpMailer(server.url, 'calepin@exemple.org');
    const mailer: Mailer = {
      ...kept,
      send: async (...letter) => {
        await kept.send(...letter);
        await byServer.send(...letter);
      },
      close: () => byServer.close(),
    };
    const relay = await start({ mailer });
    Object.assign(relay, { mail: kept.letters });
    const { bob, note } = await people(relay);
    await bob.json('POST', `/api/notes/${note}/messages`, { text: 'Merci\npour le <jardin>' });
    await retryUntil('the letter', () => to(relay, 'ada@exemple.org', 'vous écrit').length === 1);
    await relay.settled();
    const [letter] = to(relay, 'ada@exemple.org', 'vous écrit');
    expect(letter!.subject).toBe('bob vous écrit au sujet de «\u00a0Le <jardin>\u00a0»');
    expect(letter!.text).toContain(
      `> Merci\n> pour le <jardin>\n\nRépondre dans Calepin: ${relay.url}/notices`,
    );
    expect(letter!.html).toContain('<blockquote>Merci<br>pour le &lt;jardin&gt;</blockquote>');
    expect(`${letter!.text}${letter!.html}`).not.toContain('exemple.org');
    const whole = server.said.join('\n');
    expect(whole).toContain('RCPT TO:<ada@exemple.org>');
    expect(whole).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    expect(server.said.filter((line) => /^(From|Reply-To|Sender):.*bob/i.test(line))).toEqual([]);
    await relay.pass(2 * hour);
    expect(to(relay, 'ada@exemple.org', '')).toHaveLength(1);
  });

  test('[R138] nothing goes to an address that nobody confirmed', async () => {
    const relay = await start();
    const keeper = await relay.administrator('keeper@exemple.org');
    const { note } = await keeper.json<NotePage>('POST', '/api/notes', { title: 'Le jardin' });
    await keeper.json('PATCH', `/api/notes/${note.id}`, { visibility: 'members' });
    const bob = await member(relay, keeper, 'bob@exemple.org');
    await bob.json('POST', `/api/notes/${note.id}/messages`, { text: 'Bonjour' });
    await relay.pass(2 * hour);
    expect(to(relay, 'keeper@exemple.org', '')).toEqual([]);
  });
});

describe('the link that stops letters', () => {
  test('[R139] stops them by one post without signing in, not by being looked at, and only when it was signed here', async () => {
    const relay = await start();
    const { ada, bob, note } = await people(relay);
    await bob.json('POST', `/api/notes/${note}/messages`, { text: 'Bonjour' });
    await relay.settled();
    const [letter] = to(relay, 'ada@exemple.org', '');
    const link = letter!.unsubscribe!;
    expect(link.startsWith(`${relay.url}/unsubscribe/`)).toBe(true);
    const digest = async () => (await ada.json<{ digest: string }>('GET', '/api/notices/settings')).digest;

    const looked = await fetch(link);
    expect([looked.status, looked.headers.get('cache-control')]).toEqual([200, 'no-store']);
    const page = await looked.text();
    expect(page).toContain('<form method="post"><button type="submit">');
    expect(page).not.toMatch(/<script|exemple\.org/);
    expect(looked.headers.get('content-security-policy')).toContain("form-action 'self'");
    expect(await digest()).toBe('daily');

    for (const wrong of [
      `${link.slice(0, -1)}${link.endsWith('A') ? 'B' : 'A'}x`,
      link.replace(ada.id, bob.id),
      `${relay.url}/unsubscribe/x`,
    ])
      expect((await fetch(wrong, { method: 'POST' })).status).toBe(404);
    expect(await digest()).toBe('daily');

    // As a program for mail does it (RFC 8058): from nowhere, with no cookie.
    const body = 'List-Unsubscribe=One-Click';
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await fetch(link, { method: 'POST', body, headers })).status).toBe(200);
    expect(await digest()).toBe('never');
    await bob.json('POST', `/api/notes/${note}/messages`, { text: 'Encore' });
    await relay.pass(26 * hour);
    expect(to(relay, 'ada@exemple.org', '')).toHaveLength(1);
  });
});
