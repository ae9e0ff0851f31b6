import { z } from 'zod';
import { mirrorProblems, mirrorReasons } from '../domain/MirrorState.ts';
import {
  carnetIdSchema,
  categoryIdSchema,
  documentIdSchema,
  personIdSchema,
  relayIdSchema,
  timeSchema,
} from './common.ts';

// The community relays that the person of a computer follows. Only at the relay of one computer: elsewhere these routes answer 404 `not_found_route`.

/**
 * Header of an answer that was kept because its relay is out of reach: the ISO time at which it was so. Also on pages of notes, carnets and bases whose home that is.
 */
export const asOfHeader = 'calepin-as-of';

const relayNameSchema = z.string().trim().min(1).max(60);
const emailSchema = z.email().max(254);
const passwordSchema = z.string().min(1).max(1_000);

/** Why a followed relay is out of reach, or nothing of it can be had. */
export const homeProblems = ['home_unreachable', 'not_signed_in'] as const;
export type HomeProblem = (typeof homeProblems)[number];

/** A relay that is followed, and how things stand with it: never better than the facts. */
export const homeSchema = z.object({
  id: relayIdSchema,
  /** Where it is reached, without a slash at its end. */
  origin: z.string(),
  name: z.string(),
  personThere: personIdSchema,
  nameThere: z.string(),
  addedAt: timeSchema,
  /** It answers now. */
  isReachable: z.boolean(),
  /** When it last answered; null: not since this Calepin was started. */
  lastContact: timeSchema.nullable(),
  problem: z.enum(homeProblems).nullable(),
  /** How many of its documents this computer keeps a copy of. */
  documents: z.number().int().nonnegative(),
  /** Those of them that were damaged on this computer, and are being fetched again. */
  mending: z.number().int().nonnegative(),
  /** Changes made here that it does not have. */
  waiting: z.number().int().nonnegative(),
  /** Since when the oldest of them waits; null for none. */
  waitingSince: timeSchema.nullable(),
});
export type Home = z.infer<typeof homeSchema>;

/** GET /api/homes → those that are followed, in the order in which they came. `keepsCopies`: whether their documents can be kept here, and those of this computer placed there. */
export const homesSchema = z.object({ homes: z.array(homeSchema), keepsCopies: z.boolean() });

/**
 * POST /api/homes → 201 Home: follows one, by an account that the person has there. `address`: `ruche.example.org`, or with `https://`; `http://` of this machine alone.
 * 400 `invalid_request`, 409 `conflict` (followed already), 502 `no_relay_there` (nothing, or no community's Calepin, answers there), 401 `sign_in_failed`, 429 `too_many_requests`.
 */
export const followSchema = z.object({
  address: z.string().trim().min(1).max(300),
  name: relayNameSchema.optional(),
  email: emailSchema,
  password: passwordSchema,
});
/** POST /api/homes/:home/session → Home: signs in there again. 409 `conflict` for another person's account; otherwise as above. */
export const homeSignInSchema = z.object({ email: emailSchema, password: passwordSchema });
/** PATCH /api/homes/:home → Home: what it is called here. */
export const renameHomeSchema = z.object({ name: relayNameSchema });
// POST /api/homes/:home/retry → Home: tries to reach it now.

/** DELETE /api/homes/:home → 204: it is followed no more, its copies leave this computer; what it does not have of them is kept in recovered copies. */

/** How a document of which this computer keeps a copy stands with its home. */
export const homeStateSchema = z.object({
  document: documentIdSchema,
  kind: z.enum(['note', 'carnet', 'base']),
  relay: relayIdSchema,
  reason: z.enum(mirrorReasons),
  role: z.string().nullable(),
  reachable: z.boolean(),
  lastContact: timeSchema.nullable(),
  isWhole: z.boolean(),
  waiting: z.number().int().nonnegative(),
  waitingSince: timeSchema.nullable(),
  problem: z.enum(mirrorProblems).nullable(),
  isMending: z.boolean(),
  wish: z
    .object({
      carnet: carnetIdSchema,
      category: categoryIdSchema.nullable(),
      isRefused: z.boolean(),
    })
    .nullable(),
});

/** GET /api/homes/:home/documents → of each document of it that is kept here. */
export const homeDocumentsSchema = z.object({ documents: z.array(homeStateSchema) });

// GET /api/homes/:home/at/<path> → what the relay answers to GET /api/<path> (notes, carnets, bases, communities, people and their pages), with `calepin-as-of` where it was kept.
// 503 `home_unreachable`, 401 `not_signed_in` where nothing was.

/** PUT /api/homes/:home/documents/:document → HomeState: a copy of it is kept here from now on. 503 `home_unreachable`, 403 `not_allowed` where there is none to be had. */
export const keepDocumentSchema = z.object({
  kind: z.enum(['note', 'carnet', 'base']),
  reason: z.enum(['opened', 'pinned']).default('opened'),
});
// DELETE /api/homes/:home/documents/:document/pin → HomeState: it is kept for having been opened only; of a carnet, the notes that were kept for it leave.
// DELETE /api/homes/:home/documents/:document → 204: the copy leaves this computer; what its home does not have of it is kept in a recovered copy. What was to be placed there and is not yet stays on this computer instead.

/** POST /api/homes/:home/place → HomeState: a document of this computer is placed there, with its history, at the next contact. 409 `conflict` for one that has a home. */
export const placeDocumentSchema = z.object({ document: documentIdSchema });

export type HomeState = z.infer<typeof homeStateSchema>;
/** GET /api/documents/:document/home → how it stands with its home; null for one that lives on this computer. */
export const documentHomeSchema = z.object({ state: homeStateSchema.nullable() });
