import { NotInHostError } from './strict.ts';

// Chromium answers no custom scheme. `app://bundle/x` is `http://bundle.app.localhost/x` in the browser: a name below localhost is a secure context, and goes
// through the host's own proxy. Main and the preload never see the second form.

const schemes = new Set<string>();

/** What `protocol.registerSchemesAsPrivileged` declared. Only what the host can keep is taken. */
export function registerScheme(scheme: string, privileges: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(privileges)) {
    if (value === true && !['standard', 'secure', 'supportFetchAPI', 'stream'].includes(name))
      throw new NotInHostError(`scheme privilege "${name}"`);
  }
  if (privileges['standard'] !== true || privileges['secure'] !== true)
    throw new NotInHostError('scheme that is not standard and secure');
  schemes.add(scheme);
}

/** Where the browser finds an address of main's. */
export function toBrowser(address: string): string {
  const url = URL.parse(address);
  if (url === null) return address;
  const scheme = url.protocol.slice(0, -1);
  if (!schemes.has(scheme)) return address;
  return `http://${url.host}.${scheme}.localhost${url.pathname}${url.search}${url.hash}`;
}

/** The address that main knows, of one that the browser says. */
export function fromBrowser(address: string): string {
  const url = URL.parse(address);
  if (url === null) return address;
  const mapped = /^(.+)\.([a-z][a-z0-9+.-]*)\.localhost$/.exec(url.hostname);
  if (mapped === null || url.protocol !== 'http:' || !schemes.has(mapped[2] ?? '')) return address;
  return `${mapped[2]}://${mapped[1]}${url.pathname}${url.search}${url.hash}`;
}

/** The origin that a page of Electron would state, of the one that the browser states. */
export function originFromBrowser(origin: string): string {
  return fromBrowser(`${origin}/`).replace(/\/$/, '');
}
