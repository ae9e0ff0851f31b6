import type { BrokenLink } from '#shared/api/links.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { canReadNote } from '#shared/permissions/permissions.ts';
import { roleOnNote } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';

/**
 * The links of notes that lead the caller nowhere: to a note that is gone or not open to them, which look alike, to one in the trash, or to an address that is none. Whether
 * the caller may read the notes themselves was decided before. Notes without such a link are absent.
 */
export async function presentBrokenLinks(
  { catalogue }: Pick<RelayContext, 'catalogue'>,
  caller: Caller,
  ids: readonly NoteId[],
): Promise<Map<NoteId, BrokenLink[]>> {
  const all = await catalogue.derived.linksOf(ids);
  const targets = [...all.values()].flatMap(({ links }) => links.map(({ target }) => target));
  const known = await catalogue.notes.getMany([...new Set(targets)]);
  const broken = new Map<NoteId, BrokenLink[]>();
  for (const id of ids) {
    const found = all.get(id);
    if (found === undefined) continue;
    const links: BrokenLink[] = [];
    for (const { target, around } of found.links) {
      const note = known.get(target);
      if (note === undefined || !canReadNote(roleOnNote(caller, note)))
        links.push({ kind: 'note', noteId: target, around, state: 'closed' });
      else if (note.trashedAt !== null) links.push({ kind: 'note', noteId: target, around, state: 'trash' });
    }
    for (const href of found.badAddresses) links.push({ kind: 'address', href });
    if (links.length > 0) broken.set(id, links);
  }
  return broken;
}
