import type { CarnetId, NoteId, PersonId } from '#shared/domain/ids.ts';
import { canSeeEditions } from '#shared/permissions/permissions.ts';
import { notAllowed, requireCollection } from '../../access.ts';
import type { Caller } from '../../Caller.ts';
import { maySeeText } from '../../maySeeText.ts';
import { nothingAbsent } from '../../export/BookContent.ts';
import type { EditionRecord, FrozenFacts } from '../../storage/ports/EditionStore.ts';
import type { NoteRecord } from '../../storage/ports/NoteStore.ts';
import type { BookContext, BookPlan, ChosenNote } from './BookPlan.ts';
import { contentThen, filedIn, headOf } from './carnetContent.ts';

/**
 * A carnet as an edition froze it. Each note is as it was then, for who may read it now: one that changed since, where who froze it published it or they see its history.
 * @throws AppError `not_allowed` for an unknown edition, and for one that was withdrawn.
 */
export async function planEdition(
  context: BookContext,
  caller: Caller,
  id: CarnetId,
  number: number,
): Promise<BookPlan> {
  await requireCollection(context.catalogue, caller, { kind: 'carnet', id }, canSeeEditions);
  const edition = await context.catalogue.editions.get(id, number);
  if (edition === null || edition.withdrawn !== null) throw notAllowed();
  return planFrozen(context, caller, edition);
}

/** The same, whatever became of the edition: also of one that is about to be made. */
export async function planFrozen(
  context: BookContext,
  caller: Caller,
  edition: Omit<EditionRecord, 'withdrawn'>,
): Promise<BookPlan> {
  const { catalogue, identities } = context;
  const { facts, carnet, seq } = edition;
  const { index, entries } = await contentThen(context, carnet, { seq });
  const { head, categories } = headOf(index, {
    cover: facts.cover,
    managers: facts.managers,
    community: facts.community,
    changedAt: facts.changedAt,
  });
  const found = await catalogue.notes.getMany(entries.map(({ memberId }) => memberId as NoteId));
  const notes: ChosenNote[] = [];
  let [withheld, closedThen] = [facts.withheld, 0];
  for (const { memberId } of entries) {
    const [note, frozen] = [found.get(memberId as NoteId), facts.notes[memberId as NoteId]];
    if (note === undefined || frozen === undefined) continue;
    const told = await maySeeText(context, caller, note, frozen);
    if (told === 'withheld') withheld += 1;
    else if (told === 'closedThen') closedThen += 1;
    else notes.push({ facts: { ...frozen, id: note.id }, seq: frozen.seq });
  }
  const gone =
    facts.count - entries.filter(({ memberId }) => isThere(found, facts, memberId as NoteId)).length;
  // Who has no account any more is named in no book.
  const people = await catalogue.persons.getMany(
    Object.keys(facts.names).map((person) => identities.of(person as PersonId)),
  );
  const isNamed = (person: string): boolean => Boolean(people.get(identities.of(person as PersonId))?.name);
  const names = new Map(
    Object.entries(facts.names).filter(([person]) => isNamed(person)) as [PersonId, string][],
  );
  return {
    head,
    notes,
    filed: filedIn(entries, categories),
    absent: { ...nothingAbsent, withheld, closedThen, gone },
    frozen: { edition, names },
  };
}

const isThere = (found: ReadonlyMap<NoteId, NoteRecord>, facts: FrozenFacts, id: NoteId): boolean =>
  found.has(id) && facts.notes[id] !== undefined;
