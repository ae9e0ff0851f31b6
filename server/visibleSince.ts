import type { PersonId } from '#shared/domain/ids.ts';
import type { RegisterEntry } from '#shared/domain/Register.ts';
import { type Visibility, visibilities } from '#shared/domain/Visibility.ts';
import type { CollectionKind } from '#shared/domain/Collection.ts';
import type { CommunityId } from '#shared/domain/ids.ts';
import { canManageCollection, canSeeNoteHistory } from '#shared/permissions/permissions.ts';
import { roleOnCollection, roleOnNote } from './access.ts';
import type { Caller } from './Caller.ts';
import type { RelayContext } from './RelayContext.ts';
import type { CollectionRecord } from './storage/ports/CollectionStore.ts';
import type { NoteRecord } from './storage/ports/NoteStore.ts';

type Context = Pick<RelayContext, 'catalogue' | 'identities'>;

/** A note, a carnet or a base, as far as who sees it goes. */
interface Seen {
  readonly kind: 'note' | CollectionKind;
  readonly id: string;
  readonly visibility: Visibility;
  readonly community: CommunityId | null;
  readonly createdAt: number;
  /** When it was first open beyond those who are named on it, where that is known. */
  readonly publishedAt: number | null;
  /** Those who are named on it and do not see its whole history. */
  readonly named: readonly PersonId[];
}

/** When the last run of lines that hold begins: null where the newest does not, `unknown` where there is no line. */
function since(
  lines: readonly RegisterEntry[],
  holds: (value: string | null) => boolean,
  unknown: number,
): number | null {
  if (lines.length === 0) return unknown;
  return lines[lines.findLastIndex(({ value }) => !holds(value)) + 1]?.at ?? null;
}

/** When it became at least so visible, as the register tells it. */
function openSince(note: Seen, lines: readonly RegisterEntry[], least: Visibility): number | null {
  const isOpen = (value: string | null) =>
    visibilities.indexOf(value as Visibility) >= visibilities.indexOf(least);
  if (!isOpen(note.visibility)) return null;
  return since(
    lines.filter(({ act }) => act === `${note.kind}.visibility`),
    isOpen,
    note.publishedAt ?? note.createdAt,
  );
}

/** When somebody came to be in the linked community, and it was linked. */
async function inCommunitySince(
  { catalogue, identities }: Context,
  note: Seen,
  lines: readonly RegisterEntry[],
  person: PersonId,
): Promise<number | null> {
  if (note.community === null) return null;
  const own = (await catalogue.register.about(note.community)).filter(
    (line) => identities.of(line.person) === person,
  );
  const entered = since(
    own.filter(({ act }) => act === 'community.role' || act === 'community.invited'),
    (value) => value !== null,
    note.createdAt,
  );
  const linked = since(
    lines.filter(({ act }) => act === `${note.kind}.community`),
    (value) => value === note.community,
    note.createdAt,
  );
  return entered === null || linked === null ? null : Math.max(entered, linked);
}

/**
 * Since when somebody may see a note, without a break: of several ways in, the earliest. What happened to it before is not told to them.
 * @param caller - somebody who may read it; null for a visitor.
 * @returns Unix milliseconds; 0 for who sees its whole history.
 */
export async function visibleSince(context: Context, caller: Caller, note: NoteRecord): Promise<number> {
  if (canSeeNoteHistory(roleOnNote(caller, note))) return 0;
  return seenSince(context, caller, { ...note, kind: 'note', named: [...note.readers, ...note.commenters] });
}

/** The same of a carnet or of a base, whose managers see all of it. */
export async function collectionVisibleSince(
  context: Context,
  caller: Caller,
  collection: CollectionRecord,
): Promise<number> {
  if (canManageCollection(roleOnCollection(caller, collection))) return 0;
  const named = [...collection.readers, ...collection.contributors];
  return seenSince(context, caller, { ...collection, publishedAt: null, named });
}

async function seenSince(context: Context, caller: Caller, seen: Seen): Promise<number> {
  const lines = await context.catalogue.register.about(seen.id);
  const ways: (number | null)[] = [openSince(seen, lines, caller === null ? 'public' : 'members')];
  if (caller !== null) {
    if (seen.community !== null && caller.communities?.has(seen.community) === true) {
      const [opened, entered] = [
        openSince(seen, lines, 'community'),
        await inCommunitySince(context, seen, lines, caller.id),
      ];
      ways.push(opened === null || entered === null ? null : Math.max(opened, entered));
    }
    if (seen.named.includes(caller.id)) {
      const own = lines.filter(
        ({ act, person }) =>
          context.identities.of(person) === caller.id &&
          (act === `${seen.kind}.invited` || act === `${seen.kind}.role`),
      );
      // Who was an author when it was handed to a community had it from its beginning.
      ways.push(since(own, (value) => value !== null, seen.createdAt));
    }
  }
  return Math.min(...ways.filter((way) => way !== null));
}
