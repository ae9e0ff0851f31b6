import { BlockList, isIPv4 } from 'node:net';
import os from 'node:os';

/** Networks that no router of the Internet leads to: RFC 1918, and what computers give themselves without a router (RFC 3927). */
const local = new BlockList();
local.addSubnet('10.0.0.0', 8);
local.addSubnet('172.16.0.0', 12);
local.addSubnet('192.168.0.0', 16);
local.addSubnet('169.254.0.0', 16);
const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);

/** The addresses of this computer on local networks: a meeting is served on these alone. */
export function localAddresses(interfaces = os.networkInterfaces()): string[] {
  return Object.values(interfaces)
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal, address }) => family === 'IPv4' && !internal && local.check(address))
    .map(({ address }) => address);
}

/** Whether a computer that says it is there may be asked: an address of a local network, or of this computer. */
export function isLocalAddress(address: string): boolean {
  return isIPv4(address) && (local.check(address) || loopback.check(address));
}
