import WebSocket from 'ws';
import { afterEach, expect, test } from 'vitest';
import type { Session } from '#shared/api/session.ts';
import type { HostedMeeting, MeetingContent } from '#shared/api/meeting.ts';
import { secretLength } from '#shared/domain/meetingCode.ts';
import type { CarnetId } from '#shared/domain/ids.ts';
import { codeNames } from '#server/meeting/meetingCode.ts';
import type { FullRelay } from '../../support/newFullRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { ask, certificateAt, claim, fingerprint, joinMeeting, newHost, openMeeting } from './support.ts';

const open: FullRelay[] = [];
afterEach(async () => {
  for (const full of open.splice(0)) await full.close();
});
const host = async (more: Parameters<typeof newHost>[0] = {}) => {
  const made = await newHost(more);
  open.push(made.full);
  return made;
};
/** A socket of a guest on the local network. @returns the close code, or the status that the upgrade was refused with. */
const closing = (socket: WebSocket) =>
  new Promise<number>((resolve) => {
    socket.on('error', () => undefined);
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('close', (code) => resolve(code));
  });
const socketOf = (port: number, ca: string, path: string, ticket: string, more = {}) =>
  new WebSocket(`wss://127.0.0.1:${port}${path}`, ['calepin.1', `ticket.${ticket}`], {
    ca,
    // What ws’s types ask for; TLS takes an error, or nothing.
    checkServerIdentity: (() => undefined) as never,
    ...more,
  });

test('[R297] nothing listens on the local network until the person of the computer hosts, and nothing after they stop', async () => {
  const { ada, carnet } = await host();
  expect(await ada.json('GET', '/api/meeting')).toEqual({ canHost: true, meeting: null });
  const { port, meeting } = await openMeeting(ada, carnet);
  expect(meeting).toMatchObject({
    carnets: [{ id: carnet, title: 'Carnet de la rencontre' }],
    mayWrite: true,
    guests: [],
    locked: false,
  });
  await ada.json('DELETE', '/api/meeting');
  expect(await ada.json('GET', '/api/meeting')).toEqual({ canHost: true, meeting: null });
  await expect(certificateAt(port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('[R297] only the person of a computer hosts, what they manage, one meeting at a time; a community’s relay hosts none', async () => {
  const { full, ada, carnet } = await host();
  const refused = async (init: object) =>
    (await ada.fetch('/api/meeting', { method: 'POST', ...init })).status;
  expect(await refused({ json: { carnets: ['a'.repeat(22)], mayWrite: true } })).toBe(403);
  expect((await full.visitor().fetch('/api/meeting')).status).toBe(401);
  await openMeeting(ada, carnet);
  expect(await refused({ json: { carnets: [carnet], mayWrite: true } })).toBe(409);
});

test('[R298] the code names the certificate: another certificate, or one character changed, is another code', async () => {
  const { ada, carnet } = await host();
  const { meeting, ca } = await openMeeting(ada, carnet);
  expect(await codeNames(meeting.code, fingerprint(ca))).toBe(true);
  const other = await host();
  const between = await openMeeting(other.ada, other.carnet);
  expect(await codeNames(meeting.code, fingerprint(between.ca))).toBe(false);
  const at = secretLength + 1;
  const changed = `${meeting.code.slice(0, at)}${meeting.code[at] === '0' ? '1' : '0'}${meeting.code.slice(at + 1)}`;
  expect(await codeNames(changed, fingerprint(ca))).toBe(false);
});

test('[R299] a wrong code is refused, five a minute from one address, fifty in all until there is a new one; the host sees it', async () => {
  let now = Date.now();
  const { ada, carnet } = await host({ now: () => now });
  const { port, ca, meeting } = await openMeeting(ada, carnet);
  const wrong = () =>
    ask(port, ca, 'POST', '/meeting/join', { body: { code: '000000000000', name: 'Zoé', claim } });
  for (let at = 0; at < 5; at++) expect(await wrong()).toMatchObject({ status: 403 });
  expect(await wrong()).toMatchObject({ status: 429 });
  for (let minute = 0; minute < 9; minute++) {
    now += 60_001;
    for (let at = 0; at < 5; at++) await wrong();
  }
  now += 60_001;
  const right = (code: string) =>
    ask(port, ca, 'POST', '/meeting/join', { body: { code, name: 'Zoé', claim } });
  expect(await right(meeting.code)).toEqual({ status: 423, body: { error: { code: 'meeting_locked' } } });
  const seen = await ada.json<HostedMeeting>('GET', '/api/meeting');
  expect(seen.meeting).toMatchObject({ wrongCodes: 50, locked: true });
  const renewed = await ada.json<HostedMeeting>('POST', '/api/meeting/code');
  expect(renewed.meeting).toMatchObject({ wrongCodes: 0, locked: false });
  expect(await right(meeting.code)).toMatchObject({ status: 403 });
  expect(await right(renewed.meeting?.code ?? '')).toMatchObject({ status: 201 });
});

test('[R300] a guest has the carnets of the meeting and their notes, as the host says, and nothing else of the computer', async () => {
  const { ada, carnet, note, other } = await host();
  await ada.json('PATCH', `/api/notes/${other}`, { visibility: 'public' });
  const meeting = await openMeeting(ada, carnet);
  const guest = await joinMeeting(meeting);
  expect(guest.joined.content).toEqual({
    host: { id: expect.any(String), name: expect.any(String) },
    mayWrite: true,
    carnets: [
      {
        id: carnet,
        title: 'Carnet de la rencontre',
        notes: [{ id: note, kind: 'note', title: 'Ordre du jour' }],
      },
    ],
  } satisfies MeetingContent);
  const statuses = async (paths: readonly (readonly [string, string, unknown?])[]) =>
    Promise.all(paths.map(async ([method, path, body]) => (await guest.ask(method, path, body)).status));
  expect(
    await statuses([
      ['GET', `/api/notes/${note}`],
      ['GET', `/api/notes/${note}/content`],
      ['GET', `/api/carnets/${carnet}`],
      ['GET', '/api/session'],
    ]),
  ).toEqual([200, 200, 200, 200]);
  // Public to the Internet, were this computer on it: not part of the meeting.
  const ticket = { wire: 'calepin.1', schema: 1_000 };
  expect(
    await statuses([
      ['GET', `/api/notes/${other}`],
      ['POST', '/api/tickets', { ...ticket, document: other }],
      ['GET', '/api/notes'],
      ['POST', '/api/notes', { title: 'x' }],
      ['DELETE', `/api/notes/${note}`],
      ['PATCH', `/api/notes/${note}`, { visibility: 'public' }],
      ['GET', '/api/search?q=jour'],
      ['GET', '/api/people'],
      ['GET', '/api/meeting'],
      ['DELETE', '/api/meeting'],
      ['POST', '/api/session/launch', { secret: 'x'.repeat(40), language: 'fr' }],
      ['GET', '/api/register'],
    ]),
  ).toEqual([403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403, 403]);
});

test('[R300] the session of the computer’s person is none on the local network, by cookie or otherwise, nor is a page of a browser let in', async () => {
  const { ada, carnet, note } = await host();
  const { port, ca } = await openMeeting(ada, carnet);
  const get = async (headers: Record<string, string>) =>
    (await ask(port, ca, 'GET', `/api/notes/${note}`, { headers })).status;
  expect(await get({})).toBe(401);
  expect(await get({ cookie: ada.cookie })).toBe(401);
  expect(await get({ authorization: `Bearer ${ada.cookie.split('=')[1] ?? ''}` })).toBe(401);
  const guest = await joinMeeting({
    port,
    ca,
    meeting: (await ada.json<HostedMeeting>('GET', '/api/meeting')).meeting!,
  });
  expect(await get({ authorization: guest.authorization })).toBe(200);
  expect(await get({ authorization: guest.authorization, origin: `https://127.0.0.1:${port}` })).toBe(403);
});

test('[R300] a ticket of the computer’s person opens no socket on the local network, and a guest’s opens theirs', async () => {
  const { ada, carnet, note } = await host();
  const meeting = await openMeeting(ada, carnet);
  const guest = await joinMeeting(meeting);
  const wanted = { document: note, wire: 'calepin.1', schema: 1_000, device: 'd'.repeat(22) };
  const own = await ada.json<{ ticket: string }>('POST', '/api/tickets', wanted);
  const stolen = socketOf(meeting.port, meeting.ca, `/sync/${note}`, own.ticket);
  expect(await closing(stolen)).toBe(401);
  const { body } = await guest.ask<{ ticket: string; role: string }>('POST', '/api/tickets', wanted);
  expect(body.role).toBe('author');
  const socket = socketOf(meeting.port, meeting.ca, `/sync/${note}`, body.ticket);
  const closed = closing(socket);
  await new Promise((resolve) => socket.once('open', resolve));
  const here = async () => (await ada.json<HostedMeeting>('GET', '/api/meeting')).meeting?.guests[0]?.isHere;
  expect(await here()).toBe(true);
  await ada.json('DELETE', '/api/meeting');
  expect(await closed).toBe(4401);
});

test('[R301] where guests may read, they write nothing', async () => {
  const { ada, carnet, note } = await host();
  const guest = await joinMeeting(await openMeeting(ada, carnet, false));
  const wanted = { document: note, wire: 'calepin.1', schema: 1_000 };
  expect((await guest.ask<{ role: string }>('POST', '/api/tickets', wanted)).body.role).toBe('reader');
  const integrated = await guest.ask('POST', `/api/carnets/${carnet}/entries`, { memberIds: [note] });
  expect(integrated.status).toBe(403);
});

test('[R305] what has its home on another relay guests write in as far as the host may, and no further', async () => {
  const { full, ada, carnet, note } = await host();
  const guest = await joinMeeting(await openMeeting(ada, carnet));
  const role = async () => {
    const wanted = { document: note, wire: 'calepin.1', schema: 1_000 };
    return (await guest.ask<{ role: string }>('POST', '/api/tickets', wanted)).body.role;
  };
  const { catalogue } = full.relay.operations;
  await catalogue.mirrored.put({
    document: note,
    relay: 'r'.repeat(22),
    kind: 'note',
    reason: 'opened',
    role: 'author',
    homeEpoch: null,
    lastContact: null,
    isWhole: true,
    problem: null,
    wish: null,
  });
  expect(await role()).toBe('author');
  // Where the host reads, so do they, were they an author by name.
  await catalogue.notes.addPerson(note, guest.joined.person.id, 'author', 1);
  const { person } = await ada.json<Session>('GET', '/api/session');
  await catalogue.notes.removeAuthor(note, person!.id);
  await catalogue.notes.change(note, { visibility: 'members' });
  expect(await role()).toBe('commenter');
});

test('[R301] who is taken out, who leaves, and everybody once it is over, has nothing any more; what they wrote keeps their name', async () => {
  const { full, ada, carnet, note } = await host();
  const meeting = await openMeeting(ada, carnet);
  const [zoe, yan] = [await joinMeeting(meeting, 'Zoé'), await joinMeeting(meeting, 'Yan')];
  const page = `/api/notes/${note}`;
  await ada.json('DELETE', `/api/meeting/guests/${zoe.joined.person.id}`);
  expect((await zoe.ask('GET', page)).status).toBe(401);
  expect((await yan.ask('GET', page)).status).toBe(200);
  expect((await yan.ask('DELETE', '/meeting/session')).status).toBe(204);
  expect((await yan.ask('GET', page)).status).toBe(401);
  await ada.json('DELETE', '/api/meeting');
  const { catalogue } = full.relay.operations;
  for (const { joined } of [zoe, yan]) {
    const { id, name } = joined.person;
    expect((await catalogue.persons.get(id))?.name).toBe(name);
    expect((await catalogue.meetings.shareOf(id))?.documents).toEqual(new Set());
  }
});

test('[R301] a meeting that the process did not live to end is over at the next start', async () => {
  const { full, ada, carnet } = await host({ storage: 'sqlite' });
  const { catalogue } = full.relay.operations;
  const record = { id: 'm'.repeat(22), host: 'h'.repeat(22), carnets: [carnet as CarnetId], mayWrite: true };
  await catalogue.meetings.add({ ...record, startedAt: 1, endedAt: null } as never, {
    audit: [],
    notices: [],
  });
  await full.relay.operations.meetings.start();
  expect(await catalogue.meetings.current()).toBeNull();
  expect(await ada.json('GET', '/api/meeting')).toMatchObject({ meeting: null });
});

test('[R300] a note that comes into a carnet of the meeting while it lasts is the guests’ too, and leaves with it', async () => {
  const { full, ada, carnet, other } = await host();
  const guest = await joinMeeting(await openMeeting(ada, carnet));
  await ada.json('POST', `/api/carnets/${carnet}/entries`, { memberIds: [other] });
  await retryUntil(
    'the note to be in',
    async () => (await guest.ask('GET', `/api/notes/${other}`)).status === 200,
  );
  await ada.json('DELETE', `/api/carnets/${carnet}/entries/${other}`);
  await retryUntil(
    'the note to be out',
    async () => (await guest.ask('GET', `/api/notes/${other}`)).status === 403,
  );
  expect(full.relay.operations.mode).toBe('local');
});
