import { z } from 'zod';
import { colourSchema, languageSchema, nameSchema } from './common.ts';

/** Long enough that guessing is hopeless at ten tries a quarter of an hour; short enough for a sentence. */
export const passwordLengths = { min: 10, max: 128 } as const;

export const emailSchema = z.email().max(254);
export const passwordSchema = z.string().min(passwordLengths.min).max(passwordLengths.max);
const tokenSchema = z.string().min(10).max(2_000);

// Accounts are of community relays; on the relay of one computer these routes answer 404 `not_found_route`.

/**
 * POST /api/account → 201 Session, and the session cookie: an account by an invitation to the relay (`secret`), or, without, that of the guest who is signed in, who
 * stays the same person. 404 `invitation_invalid`, 409 `email_taken`, 401 `not_signed_in`. A letter asks to confirm the address.
 */
export const createAccountSchema = z.object({
  secret: z.string().min(20).max(200).optional(),
  name: nameSchema,
  email: emailSchema,
  password: passwordSchema,
  colour: colourSchema.optional(),
  language: languageSchema,
});
/** Of a guest who signs in to an account that they have: true takes what they wrote and may do as a guest to it, for good. The answer says so (`joined`). */
export const joinSchema = z.boolean().default(false);
/** POST /api/account/sign-in → Session, and the session cookie. 401 `sign_in_failed`, whatever was wrong; 429 `too_many_requests` after ten for one address. */
export const signInSchema = z.object({
  email: emailSchema,
  password: z.string().min(1).max(1_000),
  join: joinSchema,
});
/** POST /api/account/organisation, with whether a guest is to be the same person there. */
export const beginOrganisationSchema = z.object({ join: joinSchema });
/** → where the organisation's people sign in. They come back to GET /api/auth/callback/organisation, and from there to `/`, or to `/sign-in?error=…`. */
export const organisationSchema = z.object({ url: z.url({ protocol: /^https?$/ }) });
/** POST /api/account/recovery → 204, whether or not the address has an account. A confirmed address gets a letter. 429 `too_many_requests`. */
export const recoverySchema = z.object({ email: emailSchema, language: languageSchema });
/** POST /api/account/new-password → 204; every session of the account ends. 404 `link_invalid`. */
export const newPasswordSchema = z.object({ token: tokenSchema, password: passwordSchema });
/**
 * POST /api/account/password → 204: another password for who is signed in, or the first of who signs in otherwise; their other sessions end. 401 `sign_in_failed`; 403 `sign_in_again` without the present one,
 * for a session of more than ten minutes; 403 `not_allowed` for a guest.
 */
export const changePasswordSchema = z.object({
  password: z.string().min(1).max(1_000).optional(),
  newPassword: passwordSchema,
});
/**
 * POST /api/account/address → 204: a letter goes to the new address; its link is taken by POST /api/account/verify, then the old one is told. 409 `email_taken`; 401 `sign_in_failed`; 403 `sign_in_again` as above; 429
 * `too_many_requests`.
 */
export const changeAddressSchema = z.object({
  email: emailSchema,
  password: z.string().min(1).max(1_000).optional(),
  language: languageSchema,
});
/** POST /api/account/verification → 204: the letter that confirms the address, again. 429 `too_many_requests`. */
export const verificationSchema = z.object({ language: languageSchema });
/** POST /api/account/verify → Session: the address is confirmed, or the new one is that of the account. 404 `link_invalid`, also for the link of another account; 401 `not_signed_in`. */
export const verifySchema = z.object({ token: tokenSchema, language: languageSchema.default('fr') });
