import { randomBytes } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import type { HttpEnvironment } from './environment.ts';

/**
 * The content security policy of the threat model, section 5.
 * @param nonce - of this response; styles that scripts add carry it.
 * @param socketOrigins - `ws:` or `wss:` origins of this relay: not every browser takes 'self' for them.
 */
export function contentSecurityPolicy(nonce: string, socketOrigins: readonly string[]): string {
  return [
    `default-src 'none'`,
    `script-src 'self'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' blob:`,
    `font-src 'self'`,
    `media-src 'self' blob:`,
    `connect-src ${["'self'", ...socketOrigins].join(' ')}`,
    `worker-src 'self'`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-src 'none'`,
    `frame-ancestors 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types ProseMirrorClipboard app-sanitizer app-worker`,
    `manifest-src 'self'`,
  ].join('; ');
}

/** Puts the security headers on every response, errors included. A route may set a stricter policy of its own. */
export function securityHeaders(options: {
  socketOrigins: () => readonly string[];
  https: boolean;
}): MiddlewareHandler<HttpEnvironment> {
  return async (context, next) => {
    const nonce = randomBytes(16).toString('base64');
    context.set('nonce', nonce);
    context.set('reference', randomBytes(6).toString('base64url'));
    await next();
    const headers = context.res.headers;
    if (!headers.has('Content-Security-Policy')) {
      headers.set('Content-Security-Policy', contentSecurityPolicy(nonce, options.socketOrigins()));
    }
    headers.set('X-Content-Type-Options', 'nosniff');
    headers.set('Referrer-Policy', 'no-referrer');
    headers.set('Cross-Origin-Opener-Policy', 'same-origin');
    headers.set('Cross-Origin-Resource-Policy', 'same-origin');
    headers.set('Permissions-Policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
    if (options.https) headers.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
    if (!headers.has('Cache-Control')) headers.set('Cache-Control', 'no-store');
  };
}
