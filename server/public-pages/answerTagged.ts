import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import type { HttpEnvironment } from '../http/environment.ts';

/** Whoever has it keeps it and asks each time whether it is still so: what may be read now may not be in a minute. */
export function answerTagged(context: Context<HttpEnvironment>, text: string, type: string): Response {
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  context.header('Cache-Control', 'private, no-cache');
  context.header('ETag', tag);
  const known = (context.req.header('if-none-match') ?? '').split(',').map((one) => one.trim());
  // A server between may have compressed it, and then marks the tag as weak.
  if (known.some((one) => one === tag || one === `W/${tag}` || one === '*')) return context.body(null, 304);
  return context.body(text, 200, { 'Content-Type': type });
}
