import { AppError } from '#shared/api/errorCodes.ts';
import { replacePlaces } from '#shared/document/writeContent.ts';
import type { CollectionRef } from '#shared/domain/Collection.ts';
import type { CarnetId, MemberId, NoteId } from '#shared/domain/ids.ts';
import {
  canIntegrateCarnet,
  canIntegrateNote,
  canManageCollection,
} from '#shared/permissions/permissions.ts';
import { requireCollection, requirePerson, roleOnCollection, roleOnNote } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { History } from '../history/History.ts';
import {
  isNothing,
  type PlacesPlan,
  planPlaces,
  readPlaces,
  withoutAct,
} from '../history/collections/places.ts';
import type { RelayContext } from '../RelayContext.ts';

type Context = RelayContext & { readonly history: Pick<History, 'collections'> };

/** Those of some members that the caller may put in a collection of a kind. */
async function mayPutIn(
  { catalogue }: RelayContext,
  caller: Caller,
  { kind }: CollectionRef,
  members: readonly MemberId[],
): Promise<ReadonlySet<MemberId>> {
  if (kind === 'carnet') {
    const notes = [...(await catalogue.notes.getMany(members as readonly NoteId[])).values()];
    const may = notes.filter((one) => one.trashedAt === null && canIntegrateNote(roleOnNote(caller, one)));
    return new Set(may.map(({ id }) => id));
  }
  const carnets = [...(await catalogue.carnets.getMany(members as readonly CarnetId[])).values()];
  const may = carnets.filter(
    (one) => one.trashedAt === null && canIntegrateCarnet(roleOnCollection(caller, one)),
  );
  return new Set(may.map(({ id }) => id));
}

/**
 * What a manager would do by making a carnet, or a base, hold again what it held after a row; nothing is written.
 * @throws AppError `not_signed_in`, `not_allowed`; `invalid_request` where there is no such row.
 */
export async function planRestorePlaces(
  context: Context,
  caller: Caller,
  ref: CollectionRef,
  seq: number,
): Promise<PlacesPlan> {
  requirePerson(caller);
  await requireCollection(context.catalogue, caller, ref, canManageCollection);
  await context.history.collections.row(ref.id, seq);
  const { lastSeq } = await context.history.collections.story(ref.id);
  const [then, now] = [
    await context.history.collections.places(ref.id, seq),
    await context.history.collections.places(ref.id, lastSeq),
  ];
  const may = await mayPutIn(
    context,
    caller,
    ref,
    then.entries.map(({ memberId }) => memberId),
  );
  return planPlaces(now, then, may);
}

/**
 * Makes a carnet, or a base, hold again what it held after a row: its members, their order and categories, by a forward edit. Its title, description and guide stay, and nothing is done to a member.
 * @param agreed - of the plan that was shown.
 * @returns the row that this wrote; null where it was so already.
 * @throws as `planRestorePlaces`; AppError `conflict` where it would do other things than were shown: nothing is written.
 */
export async function restorePlaces(
  context: Context,
  caller: Caller,
  ref: CollectionRef,
  { seq, agreed }: { readonly seq: number; readonly agreed: string },
): Promise<number | null> {
  const person = requirePerson(caller);
  const planned = await planRestorePlaces(context, caller, ref, seq);
  if (planned.agreed !== agreed) throw otherThanShown();
  if (isNothing(planned)) return null;
  const then = await context.history.collections.places(ref.id, seq);
  const may = new Set([...then.entries.map(({ memberId }) => memberId)].filter(notIn(planned.barred)));
  const act = { person: person.id, operation: 'restore' };
  const written = await context.documents.change(ref.id, act, (doc) => {
    // Somebody may have arranged it between.
    const plan = planPlaces(readPlaces(doc), then, may);
    if (plan.agreed !== agreed) throw otherThanShown();
    replacePlaces(doc, plan.target);
  });
  await context.indexer.indexNow(ref.id);
  return written.seq;
}

/**
 * Undoes what one's own `restorePlaces` did; what others did since stays.
 * @param seq - its row.
 * @returns the row that this wrote; null where there was nothing left to undo.
 * @throws AppError `not_signed_in`, `not_allowed`; `conflict` for a row that is none of the caller's.
 */
export async function undoRestorePlaces(
  context: Context,
  caller: Caller,
  ref: CollectionRef,
  seq: number,
): Promise<number | null> {
  const person = requirePerson(caller);
  await requireCollection(context.catalogue, caller, ref, canManageCollection);
  const [row] = await context.log.read(ref.id, seq - 1, seq);
  if (row?.operation !== 'restore' || row.person !== person.id)
    throw new AppError('conflict', 'this row put nothing back');
  const [before, after] = [
    await context.history.collections.places(ref.id, seq - 1),
    await context.history.collections.places(ref.id, seq),
  ];
  let wrote = false;
  const act = { person: person.id, operation: 'undoRestore' };
  const written = await context.documents.change(ref.id, act, (doc) => {
    // The row that is told when nothing changed may be somebody else's.
    doc.on('update', () => {
      wrote = true;
    });
    replacePlaces(doc, withoutAct(readPlaces(doc), before, after));
  });
  await context.indexer.indexNow(ref.id);
  return wrote ? written.seq : null;
}

const notIn =
  (some: readonly MemberId[]) =>
  (one: MemberId): boolean =>
    !some.includes(one);

function otherThanShown(): AppError {
  return new AppError('conflict', 'it would do other things than were shown');
}
