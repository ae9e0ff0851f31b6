const maxHrefLength = 2048;
const allowedSchemes = new Set(['https', 'http', 'mailto', 'tel']);

function isControlOrSpace(code: number): boolean {
  return (
    code <= 0x20 ||
    (code >= 0x7f && code <= 0xa0) ||
    code === 0xad ||
    (code >= 0x2000 && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202f) ||
    (code >= 0x205f && code <= 0x206f) ||
    code === 0x3000 ||
    code === 0xfeff
  );
}

/**
 * The address that a link may have: `https:`, `http:`, `mailto:`, `tel:`, or internal (`/…`, `#…`).
 * Called when content is checked, when it is rendered and when a link is clicked (threat model, A11).
 * @param href - whatever was stored, pasted or imported.
 * @returns the trimmed address, or null when it must not become a link. Relative addresses other than internal ones,
 * protocol-relative ones (`//host`, `/\host`) and addresses with invisible characters are refused.
 */
export function safeHref(href: unknown): string | null {
  if (typeof href !== 'string') return null;
  const address = href.trim();
  if (address.length === 0 || address.length > maxHrefLength) return null;
  for (let at = 0; at < address.length; at += 1) {
    if (isControlOrSpace(address.charCodeAt(at))) return null;
  }
  if (address.startsWith('#')) return address;
  if (address.startsWith('/')) return /^\/[/\\]/.test(address) ? null : address;
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(address)?.[1]?.toLowerCase();
  if (scheme === undefined || !allowedSchemes.has(scheme)) return null;
  if ((scheme === 'http' || scheme === 'https') && !/^https?:\/\/[^/\\?#]/i.test(address)) return null;
  return address;
}
