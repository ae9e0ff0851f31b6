/**
 * The content security policy of the desktop's pages.
 * @param nonce - random for each response; styles injected by the interface's components carry it.
 * @param relayPort - where the embedded relay listens, for its sockets; null for what opens none.
 * @see threat-model, section 5
 */
export function desktopContentSecurityPolicy(nonce: string, relayPort: number | null): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' blob:",
    "font-src 'self'",
    "media-src 'self' blob:",
    `connect-src 'self'${relayPort === null ? '' : ` ws://127.0.0.1:${relayPort}`}`,
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-src 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types ProseMirrorClipboard app-sanitizer app-worker',
    "manifest-src 'self'",
  ].join('; ');
}
