import type { CollectionKind } from '#shared/domain/Collection.ts';
import type { CollectionId, NoteId } from '#shared/domain/ids.ts';
import type { FollowedRelayId } from '#shared/domain/MirrorState.ts';
import {
  type CollectionRole,
  canContributeToCollection,
  canManageCollection,
} from '#shared/permissions/permissions.ts';
import { notAllowed } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { MirrorFace } from '../mirror/MirrorFace.ts';
import type { RelayContext } from '../RelayContext.ts';
import { createCollection, type NewCollection } from './createCollection.ts';
import { createNote, type NewNote } from './createNote.ts';

/** The relays that a computer follows, and the copies of what they have. */
export interface Elsewhere {
  readonly mirror: MirrorFace | null;
  readonly follower: { get(id: FollowedRelayId): unknown } | null;
}

/** The relay to place something on: one that is followed. @throws AppError `not_allowed` for another. */
function requireHome({ follower, mirror }: Elsewhere, homeId: FollowedRelayId): MirrorFace {
  if (mirror === null || follower === null || follower.get(homeId) === null) throw notAllowed();
  return mirror;
}

/**
 * Makes a note, here or to live at a followed relay, whether that answers or not: it is on this computer at once, and placed there at the next contact. What goes into a carnet of such a relay is placed on it. Who
 * manages the carnet writes its place in the copy; for who contributes to it that is asked of its home once the note is there.
 * @throws AppError as `createNote`; `conflict` when the carnet lives elsewhere.
 */
export async function createNoteThere(
  context: RelayContext & Elsewhere,
  caller: Caller,
  { homeId, ...input }: NewNote & { readonly homeId?: FollowedRelayId | undefined },
): Promise<NoteId> {
  const { carnetId, categoryId = null } = input;
  const copy = carnetId === undefined ? null : (context.mirror?.state(carnetId) ?? null);
  // A meeting takes no new notes: they stay here.
  const ofCarnet = copy !== null && context.follower?.get(copy.relay) != null ? copy.relay : undefined;
  const relay = homeId ?? ofCarnet;
  if (relay === undefined) return createNote(context, caller, input);
  if (carnetId !== undefined && ofCarnet !== relay) throw notAllowed();
  const mirror = requireHome(context, relay);
  const role = (copy?.role ?? 'none') as CollectionRole;
  if (carnetId === undefined || canManageCollection(role))
    return createNote(context, caller, input, async (id) => {
      await mirror.place(id, relay);
    });
  if (!canContributeToCollection(role)) throw notAllowed();
  const { carnetId: _, categoryId: __, ...alone } = input;
  return createNote(context, caller, alone, async (id) => {
    await mirror.place(id, relay, { carnet: carnetId, category: categoryId, isRefused: false });
  });
}

/** The same of a carnet or a base. @throws AppError as `createCollection`. */
export async function createCollectionThere(
  context: RelayContext & Elsewhere,
  caller: Caller,
  kind: CollectionKind,
  { homeId, ...input }: NewCollection & { readonly homeId?: FollowedRelayId | undefined },
): Promise<CollectionId> {
  const mirror = homeId === undefined ? null : requireHome(context, homeId);
  const id = await createCollection(context, caller, kind, input);
  if (mirror !== null && homeId !== undefined) await mirror.place(id, homeId);
  return id;
}
