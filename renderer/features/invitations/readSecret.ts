let secret: string | null = null;

/**
 * The secret of `/join#<secret>`. It is taken out of the address and of the history at the first reading, and kept for
 * this page alone.
 */
export function readSecret(): string | null {
  const value = location.hash.slice(1);
  if (value !== '') {
    secret = decodeURIComponent(value);
    history.replaceState(history.state, '', location.pathname + location.search);
  }
  return secret;
}
