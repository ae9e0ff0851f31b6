import { randomBytes } from 'node:crypto';
import { Bonjour } from 'bonjour-service';
import type { Logger } from 'pino';
import type { Discovery, MeetingPlace } from './Discovery.ts';
import { isLocalAddress } from './localAddresses.ts';

/** `_calepin._tcp.local` */
const type = 'calepin';
const maxPlaces = 8;

/**
 * Multicast DNS (RFC 6762, 6763). What is said is a random name, a port and the addresses that are listened on: no name of a person, of a computer, nor of a carnet.
 * @param logger - for a network that does not take it: then an address is typed.
 */
export function multicastDiscovery(logger: Logger): Discovery {
  const open = (): Bonjour => {
    const onError = (error: unknown): void => {
      logger.warn({ err: error }, 'multicast DNS failed');
    };
    const bonjour = new Bonjour({}, onError);
    return bonjour;
  };
  return {
    advertise(places) {
      const [first] = places;
      if (first === undefined) return { close: () => Promise.resolve() };
      const name = `calepin-${randomBytes(6).toString('hex')}`;
      const bonjour = open();
      bonjour.publish({
        name,
        // The default is the name of the computer, which often is that of its person.
        host: `${name}.local`,
        type,
        port: first.port,
        disableIPv6: true,
        txt: { at: places.map(({ address, port }) => `${address}:${port}`).join(',') },
      });
      let closing: Promise<void> | null = null;
      return {
        close: () =>
          (closing ??= new Promise<void>((resolve) => {
            bonjour.unpublishAll(() => {
              bonjour.destroy(() => {
                resolve();
              });
            });
          })),
      };
    },
    find(onFound, signal) {
      if (signal.aborted) return;
      const bonjour = open();
      bonjour.find({ type }, ({ txt }) => {
        for (const place of readPlaces((txt as { at?: unknown } | undefined)?.at)) onFound(place);
      });
      signal.addEventListener(
        'abort',
        () => {
          bonjour.destroy();
        },
        { once: true },
      );
    },
  };
}

/** Reads what anybody on the network may have said. */
export function readPlaces(said: unknown): MeetingPlace[] {
  if (typeof said !== 'string') return [];
  return said
    .split(',', maxPlaces)
    .map((one) => /^([\d.]{7,15}):(\d{1,5})$/.exec(one))
    .flatMap((match) => (match === null ? [] : [{ address: match[1] ?? '', port: Number(match[2]) }]))
    .filter(({ address, port }) => isLocalAddress(address) && port > 0 && port <= 65_535);
}
