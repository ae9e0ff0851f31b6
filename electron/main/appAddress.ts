/** The one place that knows where the application's own pages live. */
export const appScheme = 'app';
export const appOrigin = 'app://bundle';

/** True for an address of the application's own pages. `new URL(x).origin` is 'null' for custom schemes, so scheme and host are compared. */
export function isAppAddress(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && url.protocol === `${appScheme}:` && url.host === 'bundle';
}
