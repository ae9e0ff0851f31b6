import tls from 'node:tls';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { Discovery, MeetingPlace } from '#server/meeting/Discovery.ts';
import { findHost } from '#server/meeting/findHost.ts';
import { meetingCode, newMeetingSecret } from '#server/meeting/meetingCode.ts';
import { multicastDiscovery } from '#server/meeting/multicastDiscovery.ts';
import { type Certificate, newCertificate } from '#server/meeting/newCertificate.ts';
import { pino } from 'pino';
import { retryUntil } from '../../support/retryUntil.ts';

const opened: tls.Server[] = [];
afterEach(async () => {
  for (const server of opened.splice(0)) await new Promise((resolve) => server.close(resolve));
});

/** A computer that answers with a certificate, and keeps what it is sent. */
async function computer(certificate?: Certificate, port = 0) {
  const own = certificate ?? (await newCertificate(Date.now()));
  let heard = '';
  const server = tls.createServer({ key: own.key, cert: own.cert }, (socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      heard += data.toString();
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok');
    });
  });
  opened.push(server);
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const place: MeetingPlace = { address: '127.0.0.1', port: (server.address() as AddressInfo).port };
  const code = await meetingCode(newMeetingSecret(), own.fingerprint);
  return { certificate: own, place, code, server, heard: () => heard };
}
/** A network on which these say that they host. */
const network = (...places: MeetingPlace[]): Discovery => ({
  advertise: () => ({ close: () => Promise.resolve() }),
  find: (onFound) => {
    for (const place of places) onFound(place);
  },
});

test('[R302] of the computers that say they host, a guest joins the one that the code names', async () => {
  const [other, host] = [await computer(), await computer()];
  const found = await findHost(host.code, null, network(other.place, host.place), 60_000);
  expect(found.place).toEqual(host.place);
  expect(await (await found.fetch('/')).text()).toBe('ok');
  expect(other.heard()).toBe('');
});

test('[R298] a computer in between, with a certificate of its own, is sent nothing, whether found or typed', async () => {
  const [host, between] = [await computer(), await computer()];
  await expect(findHost(host.code, between.place, network())).rejects.toMatchObject({
    code: 'meeting_code_wrong',
  });
  await expect(findHost(host.code, null, network(between.place), 10_000)).rejects.toMatchObject({
    code: 'meeting_code_wrong',
  });
  expect(between.heard()).toBe('');
});

test('[R298] once joined, another certificate at the same place is sent nothing', async () => {
  const host = await computer();
  const found = await findHost(host.code, host.place, network());
  const { port } = host.place;
  await new Promise((resolve) => opened.splice(0)[0]?.close(resolve));
  const between = await computer(undefined, port);
  await expect(
    found.fetch('/meeting', { headers: { authorization: 'Bearer secret' } }),
  ).rejects.toMatchObject({
    code: 'meeting_unreachable',
  });
  const socket = found.socket('/sync', ['calepin.1', 'ticket.secret']);
  expect(await new Promise((resolve) => socket.once('error', ({ message }) => resolve(message)))).toMatch(
    /certificate/i,
  );
  expect(between.heard()).toBe('');
});

test('[R302] where nobody says that they host, or nothing answers at the address, a sentence says which', async () => {
  const gone = await computer();
  await new Promise((resolve) => opened.splice(0)[0]?.close(resolve));
  await expect(findHost(gone.code, gone.place, network())).rejects.toMatchObject({
    code: 'meeting_unreachable',
  });
  await expect(findHost(gone.code, null, network(), 50)).rejects.toMatchObject({ code: 'meeting_not_found' });
});

test('[R302] multicast DNS tells the places to who looks, and no more once it is over', async () => {
  const logger = pino({ level: 'silent' });
  const place = { address: '127.0.0.1', port: 40_000 + (process.pid % 20_000) };
  const discovery = multicastDiscovery(logger);
  const advertised = discovery.advertise([place]);
  const found: MeetingPlace[] = [];
  const stop = new AbortController();
  discovery.find((one) => found.push(one), stop.signal);
  await retryUntil('the place to be found', () => found.some(({ port }) => port === place.port));
  expect(found).toContainEqual(place);
  stop.abort();
  await advertised.close();
});
