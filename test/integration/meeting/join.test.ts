import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { HostedMeeting, JoinedMeetingSummary, MeetingContent } from '#shared/api/meeting.ts';
import { mirrorTicketSchema } from '#shared/api/tickets.ts';
import { encodeBatch } from '#shared/protocol/mirrorMessages.ts';
import type { Discovery, MeetingPlace } from '#server/meeting/Discovery.ts';
import { noDiscovery } from '#server/meeting/Discovery.ts';
import { type FullRelay, newFullRelay } from '../../support/newFullRelay.ts';
import { mirrorOver } from '../../support/mirrorClient.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { newHost, openMeeting } from './support.ts';

const open: FullRelay[] = [];
afterEach(async () => {
  for (const full of open.splice(0)) await full.close();
});

/** Computers that find each other. */
function network(): Discovery {
  const said = new Set<readonly MeetingPlace[]>();
  return {
    advertise: (places) => {
      said.add(places);
      return {
        close: async () => {
          said.delete(places);
        },
      };
    },
    find: (onFound) => {
      for (const place of [...said].flat()) onFound(place);
    },
  };
}

/** Two computers on one network: one hosts, the other’s person has not joined yet. */
async function twoComputers(discovery = network()) {
  const host = await newHost({ discovery });
  const full = await newFullRelay({ discovery, meetingAddresses: ['127.0.0.1'] });
  open.push(host.full, full);
  const zoe = await full.signIn();
  await zoe.json('PATCH', '/api/session/person', { name: 'Zoé' });
  return { host, full, zoe };
}
const statusOf = async (asked: Promise<Response>) => {
  const answer = await asked;
  return { status: answer.status, body: (await answer.json()) as unknown };
};

test('[R303] the person of another computer joins by the code alone, under their name, and reads what the meeting holds', async () => {
  const { host, zoe } = await twoComputers();
  const { meeting } = await openMeeting(host.ada, host.carnet);
  const typed = ` ${meeting.code.toLowerCase().slice(0, 4)}-${meeting.code.slice(4)}`;
  const joined = await zoe.json<JoinedMeetingSummary>('POST', '/api/joined-meetings', { code: typed });
  expect(joined).toMatchObject({ person: { name: 'Zoé', kind: 'guest' }, problem: null });
  expect((await zoe.json<{ meetings: unknown }>('GET', '/api/joined-meetings')).meetings).toEqual([joined]);
  const content = await zoe.json<MeetingContent>('GET', `/api/joined-meetings/${joined.id}`);
  expect(content.carnets.map(({ id, notes }) => [id, notes.map((one) => one.id)])).toEqual([
    [host.carnet, [host.note]],
  ]);
  const seen = await host.ada.json<HostedMeeting>('GET', '/api/meeting');
  expect(seen.meeting?.guests.map(({ name }) => name)).toEqual(['Zoé']);
});

test('[R303] a code of another computer, no meeting and no answer are refused, each in its words, and nothing is kept', async () => {
  const { host, zoe } = await twoComputers();
  const join = (json: object) => statusOf(zoe.fetch('/api/joined-meetings', { method: 'POST', json }));
  const code = 'K7QM-2X1D-940R';
  const place = { address: '127.0.0.1', port: 9 };
  expect(await join({ code: 'K7QM' })).toMatchObject({ status: 400 });
  expect(await join({ code, place })).toMatchObject({ body: { error: { code: 'meeting_unreachable' } } });
  const { meeting } = await openMeeting(host.ada, host.carnet);
  const [there] = meeting.places;
  expect(await join({ code, place: there })).toMatchObject({
    body: { error: { code: 'meeting_code_wrong' } },
  });
  expect(await zoe.json('GET', '/api/joined-meetings')).toEqual({ meetings: [] });
  expect((await host.ada.json<HostedMeeting>('GET', '/api/meeting')).meeting?.guests).toEqual([]);
});

test('[R303] rows go both ways over the pinned socket, the guest’s under their name; once it is over the guest is told', async () => {
  const { host, full, zoe } = await twoComputers();
  const { meeting } = await openMeeting(host.ada, host.carnet);
  const { id } = await zoe.json<JoinedMeetingSummary>('POST', '/api/joined-meetings', { code: meeting.code });
  const meetings = full.relay.operations.joined!;
  const device = meetings.get(id)?.device;
  const asked = await meetings.fetch(id, '/api/tickets/mirror', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ device }),
  });
  const { ticket } = mirrorTicketSchema.parse(await asked.json());
  const mirror = mirrorOver(meetings.socket(id, '/sync', ['calepin.1', `ticket.${ticket}`]));
  const note = mirror.on(host.note);
  note.open({ schema: 1_000 });
  expect(await note.hear('opened')).toMatchObject({ role: 'author' });
  await retryUntil('the rows of the note', () => note.rows().length > 0);
  const doc = new Y.Doc();
  doc.getText('scratch').insert(0, 'mot');
  const before = note.rows().length;
  note.send(encodeBatch([{ deviceTime: 1_000, update: Y.encodeStateAsUpdate(doc) }]));
  await note.stored(1);
  await retryUntil('the row to come back', () => note.rows().length > before);
  const { person } = meetings.summaries()[0]!;
  const [last] = (await host.full.log.read(host.note, 0)).slice(-1);
  expect(last).toMatchObject({ person: person.id, device, deviceTime: 1_000, via: 'mirror' });
  expect(note.rows().at(-1)).toMatchObject({ person: person.id, name: 'Zoé' });
  // Here it is told as theirs.
  const local = await full.relay.operations.catalogue.persons.firstOfKind('local');
  expect(full.relay.operations.identities.of(person.id)).toBe(local?.id);

  await host.ada.json('DELETE', '/api/meeting');
  expect((await mirror.closed).code).toBe(4401);
  // Until the end is heard, nobody answers there.
  await retryUntil('the end to be heard', () => meetings.summaries()[0]?.problem === 'not_signed_in');
  const after = await statusOf(zoe.fetch(`/api/joined-meetings/${id}`));
  expect(after.body).toMatchObject({ error: { code: 'not_signed_in' } });
});

test('[R303] who was taken out is told so; who leaves is gone from the host’s list, and here', async () => {
  const { host, zoe } = await twoComputers();
  const { meeting } = await openMeeting(host.ada, host.carnet);
  const join = () => zoe.json<JoinedMeetingSummary>('POST', '/api/joined-meetings', { code: meeting.code });
  const first = await join();
  await host.ada.json('DELETE', `/api/meeting/guests/${first.person.id}`);
  const refused = await statusOf(zoe.fetch(`/api/joined-meetings/${first.id}`));
  expect(refused.body).toMatchObject({ error: { code: 'not_signed_in' } });
  const second = await join();
  await zoe.json('DELETE', `/api/joined-meetings/${second.id}`);
  await zoe.json('DELETE', `/api/joined-meetings/${first.id}`);
  expect(await zoe.json('GET', '/api/joined-meetings')).toEqual({ meetings: [] });
  expect((await host.ada.json<HostedMeeting>('GET', '/api/meeting')).meeting).not.toBeNull();
});

test('[R303] a computer that starts again is still in the meeting, by the same certificate', async () => {
  const host = await newHost();
  open.push(host.full);
  const { meeting } = await openMeeting(host.ada, host.carnet);
  const before = await newFullRelay({ storage: 'sqlite', discovery: noDiscovery });
  open.push(before);
  const zoe = await before.signIn();
  const joined = await zoe.json<JoinedMeetingSummary>('POST', '/api/joined-meetings', {
    code: meeting.code,
    place: meeting.places[0],
  });
  await before.relay.close();
  const again = await newFullRelay({ dataDir: before.dataFolder ?? '', discovery: noDiscovery });
  open.unshift(again);
  const person = await again.signIn();
  const content = await person.json<MeetingContent>('GET', `/api/joined-meetings/${joined.id}`);
  expect(content.carnets).toHaveLength(1);
});
