import { expect, test } from 'vitest';
import { isLocalAddress, localAddresses } from '#server/meeting/localAddresses.ts';
import { readPlaces } from '#server/meeting/multicastDiscovery.ts';

const address = (one: string, internal = false) => ({
  address: one,
  family: 'IPv4' as const,
  internal,
  netmask: '255.255.255.0',
  mac: '00:00:00:00:00:00',
  cidr: `${one}/24`,
});

test('[R297] only addresses of local networks are listened on: none of the Internet, nor the computer’s own', () => {
  expect(
    localAddresses({
      lo: [address('127.0.0.1', true)],
      eth0: [address('203.0.113.5'), address('10.0.0.4')],
      wlan0: [address('192.168.1.12'), address('172.32.0.1'), address('172.31.0.1'), address('169.254.3.3')],
    }),
  ).toEqual(['10.0.0.4', '192.168.1.12', '172.31.0.1', '169.254.3.3']);
});

test('[R302] what a computer of the network says is read as addresses of local networks, or passed over', () => {
  expect(readPlaces('192.168.1.12:4801,8.8.8.8:80,10.0.0.4:0,10.0.0.4:70000,x,10.0.0.4:4802')).toEqual([
    { address: '192.168.1.12', port: 4801 },
    { address: '10.0.0.4', port: 4802 },
  ]);
  for (const said of [undefined, true, {}, Buffer.from('10.0.0.4:1')]) expect(readPlaces(said)).toEqual([]);
  expect(isLocalAddress('999.1.1.1')).toBe(false);
});
