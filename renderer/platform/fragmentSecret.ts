const secrets = new Map<string, string>();

/**
 * The secret of an address such as `/join#<secret>`. It is taken out of the address and of the history at the first reading, and kept for
 * that page alone.
 */
export function fragmentSecret(): string | null {
  const { hash, pathname, search } = location;
  const value = hash.slice(1);
  if (value !== '') {
    secrets.set(pathname, decodeURIComponent(value));
    history.replaceState(history.state, '', pathname + search);
  }
  return secrets.get(pathname) ?? null;
}
