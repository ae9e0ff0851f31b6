import { expect, onTestFinished, test } from 'vitest';
import type { JoinedMeetingSummary } from '#shared/api/meeting.ts';
import { noDiscovery } from '#server/meeting/Discovery.ts';
import { newFullRelay } from '../../support/newFullRelay.ts';
import { openAt, titleAt, write } from '../../support/newMirroring.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { newHost, openMeeting } from './support.ts';

/** A computer that hosts, and another that joined and keeps copies of what the meeting holds. */
async function begin() {
  const host = await newHost();
  onTestFinished(() => host.full.close());
  const { meeting } = await openMeeting(host.ada, host.carnet);
  const full = await newFullRelay({ discovery: noDiscovery });
  onTestFinished(() => full.close());
  const zoe = await full.signIn();
  const { id } = await zoe.json<JoinedMeetingSummary>('POST', '/api/joined-meetings', {
    code: meeting.code,
    place: meeting.places[0],
  });
  const mirror = full.relay.operations.mirror!;
  await retryUntil('the copies to be whole', () => {
    const states = mirror.states(id);
    return states.length === 2 && states.every(({ isWhole }) => isWhole);
  });
  return { host, full, zoe, mirror };
}

test('[R304] both write in a note of the meeting, each on their own computer, and both logs are equal', async () => {
  const { host, full, zoe, mirror } = await begin();
  const [hers, ours] = [await openAt(host.full, host.ada, host.note), await openAt(full, zoe, host.note)];
  write(hers, ' du lundi');
  write(ours, ' et du mardi');
  await retryUntil('both to have both', async () => {
    const titles = [await titleAt(host.full, host.note), await titleAt(full, host.note)];
    const isWhole = titles.every((one) => one.includes('du lundi') && one.includes('et du mardi'));
    return isWhole && titles[0] === titles[1] && mirror.state(host.note)?.waiting === 0;
  });
  expect(await full.log.read(host.note, 0)).toEqual(await host.full.log.read(host.note, 0));
});

test('[R304] when the meeting is over the guest keeps what they wrote, and may write on', async () => {
  const { host, full, zoe, mirror } = await begin();
  const ours = await openAt(full, zoe, host.note);
  write(ours, ' de Zoé');
  await retryUntil('the host to have it', async () =>
    (await titleAt(host.full, host.note)).endsWith(' de Zoé'),
  );
  await host.ada.json('DELETE', '/api/meeting');
  await retryUntil('it to be told', () => mirror.state(host.note)?.problem !== null);
  write(ours, ', plus tard');
  await retryUntil('it to be kept here', async () =>
    (await titleAt(full, host.note)).endsWith(' de Zoé, plus tard'),
  );
  expect(await titleAt(host.full, host.note)).toMatch(/ de Zoé$/);
  expect(mirror.state(host.note)).toMatchObject({ waiting: expect.any(Number), reachable: false });
});

test('[R306] who joined has at once a copy of all that the meeting holds, and of what comes into it later; all stays when it is over', async () => {
  const host = await newHost();
  onTestFinished(() => host.full.close());
  const { meeting } = await openMeeting(host.ada, host.carnet);
  const full = await newFullRelay({ discovery: noDiscovery });
  onTestFinished(() => full.close());
  const zoe = await full.signIn();
  const { id } = await zoe.json<JoinedMeetingSummary>('POST', '/api/joined-meetings', {
    code: meeting.code,
    place: meeting.places[0],
  });
  const kept = () => (full.relay.operations.mirror?.states(id) ?? []).map(({ document }) => document);
  await retryUntil('the copies to be whole', () => {
    const states = full.relay.operations.mirror?.states(id) ?? [];
    return states.length === 2 && states.every(({ isWhole }) => isWhole);
  });
  expect(kept().toSorted()).toEqual([host.carnet, host.note].toSorted());
  expect(await titleAt(full, host.note)).toBe('Ordre du jour');

  await host.ada.json('POST', `/api/carnets/${host.carnet}/entries`, { memberIds: [host.other] });
  await retryUntil('the other note to come', async () =>
    kept().includes(host.other) ? (await titleAt(full, host.other)) === 'Journal' : false,
  );

  const page = await zoe.json<{ role: string }>('GET', `/api/notes/${host.note}`);
  expect(page.role).toBe('author');
  const ours = await openAt(full, zoe, host.note);
  write(ours, ' de Zoé');
  await retryUntil('the host to have it', async () =>
    (await titleAt(host.full, host.note)).endsWith(' de Zoé'),
  );
  await host.ada.json('DELETE', '/api/meeting');
  await retryUntil('it to be told', async () => {
    const { meetings } = await zoe.json<{ meetings: JoinedMeetingSummary[] }>('GET', '/api/joined-meetings');
    return meetings[0]?.problem === 'not_signed_in';
  });
  expect(kept()).toHaveLength(3);
  expect(await titleAt(full, host.note)).toMatch(/ de Zoé$/);
  await zoe.json('GET', `/api/notes/${host.note}`);
});
