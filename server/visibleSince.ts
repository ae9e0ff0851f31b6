import type { PersonId } from '#shared/domain/ids.ts';
import type { RegisterEntry } from '#shared/domain/Register.ts';
import { type Visibility, visibilities } from '#shared/domain/Visibility.ts';
import { canSeeNoteHistory } from '#shared/permissions/permissions.ts';
import { roleOnNote } from './access.ts';
import type { Caller } from './Caller.ts';
import type { RelayContext } from './RelayContext.ts';
import type { NoteRecord } from './storage/ports/NoteStore.ts';

type Context = Pick<RelayContext, 'catalogue' | 'identities'>;

/** When the last run of lines that hold begins: null where the newest does not, `unknown` where there is no line. */
function since(
  lines: readonly RegisterEntry[],
  holds: (value: string | null) => boolean,
  unknown: number,
): number | null {
  if (lines.length === 0) return unknown;
  return lines[lines.findLastIndex(({ value }) => !holds(value)) + 1]?.at ?? null;
}

/** When a note became at least so visible, as the register tells it. */
function openSince(note: NoteRecord, lines: readonly RegisterEntry[], least: Visibility): number | null {
  const isOpen = (value: string | null) =>
    visibilities.indexOf(value as Visibility) >= visibilities.indexOf(least);
  if (!isOpen(note.visibility)) return null;
  return since(
    lines.filter(({ act }) => act === 'note.visibility'),
    isOpen,
    note.publishedAt ?? note.createdAt,
  );
}

/** When somebody came to be in the linked community, and it was linked. */
async function inCommunitySince(
  { catalogue, identities }: Context,
  note: NoteRecord,
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
    lines.filter(({ act }) => act === 'note.community'),
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
  const lines = await context.catalogue.register.about(note.id);
  const ways: (number | null)[] = [openSince(note, lines, caller === null ? 'public' : 'members')];
  if (caller !== null) {
    if (note.community !== null && caller.communities?.has(note.community) === true) {
      const [opened, entered] = [
        openSince(note, lines, 'community'),
        await inCommunitySince(context, note, lines, caller.id),
      ];
      ways.push(opened === null || entered === null ? null : Math.max(opened, entered));
    }
    if ([...note.readers, ...note.commenters].includes(caller.id)) {
      const own = lines.filter(
        ({ act, person }) =>
          context.identities.of(person) === caller.id && (act === 'note.invited' || act === 'note.role'),
      );
      // Who was an author when it was handed to a community had it from its beginning.
      ways.push(since(own, (value) => value !== null, note.createdAt));
    }
  }
  return Math.min(...ways.filter((way) => way !== null));
}
