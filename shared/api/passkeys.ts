import { z } from 'zod';
import { joinSchema } from './account.ts';
import { timeSchema } from './common.ts';

export const passkeyIdSchema = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/);
/** What the browser's WebAuthn gives or takes, as JSON; the relay's library checks it. */
const webAuthnSchema = z.record(z.string(), z.unknown());

export const passkeySchema = z.object({
  id: passkeyIdSchema,
  /** Where it was made, as far as the browser told. */
  name: z.string(),
  createdAt: timeSchema,
});
export type PasskeySummary = z.infer<typeof passkeySchema>;
/** GET /api/account/passkeys → those of who is signed in, oldest first. DELETE /api/account/passkeys/:id → 204. */
export const passkeyListSchema = z.object({ passkeys: z.array(passkeySchema) });

/** POST /api/account/passkeys/options, POST /api/account/passkey-sign-in/options → what to hand to WebAuthn; a cookie holds the challenge for five minutes. */
export const webAuthnOptionsSchema = z.object({ options: webAuthnSchema });
/** An answer of WebAuthn, as far as it has one form for both. */
export const webAuthnAnswerSchema = z.looseObject({
  id: z.string().min(1).max(2_000),
  rawId: z.string().min(1).max(2_000),
  type: z.literal('public-key'),
  response: webAuthnSchema,
});
/** POST /api/account/passkeys → 201 the list. 403 `sign_in_again` for a session of more than a day; 400 `passkey_failed`. */
export const addPasskeySchema = z.object({ response: webAuthnAnswerSchema, name: z.string().trim().max(80) });
/** POST /api/account/passkey-sign-in → Session, and the session cookie. 400 `passkey_failed`, whatever was wrong. */
export const passkeySignInSchema = z.object({ response: webAuthnAnswerSchema, join: joinSchema });
