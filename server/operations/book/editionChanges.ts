import { AppError } from '#shared/api/errorCodes.ts';
import type { LinePart } from '#shared/document/compare/compareLines.ts';
import type { NoteComparison } from '#shared/document/compare/compareNotes.ts';
import { quotedPassages } from '#shared/document/compare/quotedPassages.ts';
import { yDocToNoteContent } from '#shared/document/noteContent.ts';
import type { CarnetId, NoteId, PersonId } from '#shared/domain/ids.ts';
import { canSeeNoteHistory } from '#shared/permissions/permissions.ts';
import { roleOnNote } from '../../access.ts';
import type { Caller } from '../../Caller.ts';
import { arrangeNotes } from '../../export/book/arrangeBook.ts';
import type { EditionChanges, NoteAuthorChanges, NoteChange } from '../../export/EditionChanges.ts';
import type { EditionRecord } from '../../storage/ports/EditionStore.ts';
import type { BookContext, BookPlan } from './BookPlan.ts';
import { movedNotes } from './movedNotes.ts';
import { planFrozen } from './planEdition.ts';
import { readThen } from './readThen.ts';

type Edition = Omit<EditionRecord, 'withdrawn'>;
type Sums = NoteComparison['summary'];
/** A change, before the people in it have their names. */
type Found = Omit<NoteChange, 'authors'> & {
  readonly summary: Sums | null;
  readonly passages: ReturnType<typeof quotedPassages>;
};

/** Of one author in one note; the others are counted. */
const mostPassages = 12;
const noPassages: Found['passages'] = new Map();

/** The edition that one is told from: the newest before it that stands. @throws AppError `invalid_request` where there is none. */
export async function editionBefore(
  { catalogue }: BookContext,
  carnet: CarnetId,
  number: number,
): Promise<EditionRecord> {
  const editions = await catalogue.editions.list(carnet);
  const found = editions.find((one) => one.number < number && one.withdrawn === null);
  if (found === undefined) throw new AppError('invalid_request', 'no earlier edition');
  return found;
}

/**
 * What changed since the edition before, note by note and by author, by the same comparison as the history shows. Who does not see the history of a note is told that it changed, and no more; of a note that they may not read, or whose
 * title of then is not for them, nothing.
 * @param plan - of the later edition, for this person.
 * @param titles - of the notes of its book.
 * @throws AppError `invalid_request` where there is no earlier edition.
 */
export async function editionChanges(
  context: BookContext,
  caller: Caller,
  plan: BookPlan & { readonly frozen: NonNullable<BookPlan['frozen']> },
  titles: ReadonlyMap<NoteId, string>,
  signal: AbortSignal,
): Promise<EditionChanges> {
  const later = plan.frozen.edition;
  const earlier = await editionBefore(context, later.carnet, later.number);
  const before = await planFrozen(context, caller, earlier);
  const records = await context.catalogue.notes.getMany(plan.notes.map(({ facts }) => facts.id));
  const sees = (id: NoteId): boolean => {
    const record = records.get(id);
    return record !== undefined && canSeeNoteHistory(roleOnNote(caller, record));
  };
  const [was, is] = [inOrder(before), inOrder(plan)];
  const [moved, wasThere] = [movedNotes(was, is), new Set(was)];
  const found: Found[] = [];
  for (const id of is) {
    signal.throwIfAborted();
    const title = titles.get(id);
    // Counted as gone by the book.
    if (title === undefined) continue;
    const place = earlier.facts.notes[id] === undefined ? 'came' : 'stayed';
    const isElsewhere = moved.has(id) || partOf(before, id) !== partOf(plan, id);
    found.push({
      id,
      title,
      place,
      moved:
        wasThere.has(id) && isElsewhere
          ? { from: before.filed.get(id)?.part ?? null, to: plan.filed.get(id)?.part ?? null }
          : null,
      ...(await textChange(context, id, [earlier, later], sees(id), signal)),
    });
  }
  for (const id of was) {
    // One that the later edition holds and that is not for the person is not told.
    if (later.facts.notes[id] !== undefined) continue;
    const title = await titleThen(context, id, earlier.facts.notes[id]?.seq);
    if (title === null) continue;
    found.push({
      id,
      title,
      place: 'went',
      moved: null,
      text: 'same',
      titleBefore: null,
      summary: null,
      passages: noPassages,
    });
  }
  const told = found.filter((one) => one.place !== 'stayed' || one.moved !== null || one.text !== 'same');
  const nameOf = await namesOf(context, plan.frozen.names, told);
  const named = (sums: Sums, passages: Found['passages']): NoteAuthorChanges[] =>
    sums.map(({ person, added, removed }) => {
      const theirs = passages.get(person) ?? [];
      const morePassages = Math.max(0, theirs.length - mostPassages);
      return { name: nameOf(person), added, removed, passages: theirs.slice(0, mostPassages), morePassages };
    });
  const { number, title, at } = earlier;
  return {
    from: { number, title, at },
    notes: told.map(({ summary, passages, ...one }) => ({
      ...one,
      authors: summary === null ? null : named(summary, passages),
    })),
    authors: addUp(told).map(({ person, ...sums }) => ({ name: nameOf(person), ...sums })),
    isPartial: [before, plan].some(({ absent }) => absent.withheld + absent.closedThen + absent.gone > 0),
  };
}

/** The notes as the book has them. */
function inOrder({ head, notes, filed }: BookPlan): NoteId[] {
  const placed = notes.map(({ facts: { id } }) => ({ id, part: filed.get(id)?.part ?? null }));
  return arrangeNotes(placed, head?.parts ?? []).notes.map(({ id }) => id);
}

const partOf = ({ filed }: BookPlan, id: NoteId): string | null => filed.get(id)?.partId ?? null;

async function titleThen(context: BookContext, id: NoteId, seq: number | undefined): Promise<string | null> {
  const read = seq === undefined ? null : await readThen(context, id, seq);
  if (read === null) return null;
  const { title } = yDocToNoteContent(read.doc);
  read.doc.destroy();
  return title;
}

/** What became of the text of a note of the later edition. @param sees - whether the person sees its history. */
async function textChange(
  { history }: BookContext,
  id: NoteId,
  [earlier, later]: readonly [Edition, Edition],
  sees: boolean,
  signal: AbortSignal,
): Promise<Pick<Found, 'text' | 'titleBefore' | 'summary' | 'passages'>> {
  const [then, now] = [earlier.facts.notes[id], later.facts.notes[id]];
  const untold = { titleBefore: null, summary: null, passages: noPassages };
  if (now === undefined || then?.seq === now.seq) return { text: 'same', ...untold };
  if (!sees) return { text: then === undefined ? 'same' : 'changed', ...untold };
  if (then !== undefined && now.seq < then.seq) return { text: 'wentBack', ...untold };
  const found = await unlessUnreadable(() =>
    // All that a note says came with it.
    history.compare(id, { seq: then?.seq ?? 0 }, { seq: now.seq }, signal),
  );
  if (found === null) return { text: then === undefined ? 'same' : 'changed', ...untold };
  if (then === undefined) return { text: 'same', ...untold, summary: found.summary };
  if (found.changeCount === 0) return { text: 'same', ...untold };
  return {
    text: 'changed',
    titleBefore: titleBefore(found.title),
    summary: found.summary,
    passages: quotedPassages(found),
  };
}

/** The title of the earlier moment; null where it is the same, or there was none. */
function titleBefore(parts: readonly LinePart[]): string | null {
  if (parts.every(({ change }) => change === 'same')) return null;
  const text = parts.map(({ change, text: words }) => (change === 'added' ? '' : words)).join('');
  return text.replace(/\s+/g, ' ').trim() || null;
}

/** Null for a note that cannot be compared: that it changed is told all the same. */
async function unlessUnreadable(compare: () => Promise<NoteComparison>): Promise<NoteComparison | null> {
  try {
    return await compare();
  } catch (error) {
    if (error instanceof AppError && (error.code === 'document_damaged' || error.code === 'too_large'))
      return null;
    throw error;
  }
}

/** Names as the edition has them; of others, those of now. */
async function namesOf(
  { catalogue, identities }: BookContext,
  frozen: ReadonlyMap<PersonId, string>,
  told: readonly Found[],
): Promise<(person: string | null) => string | null> {
  const people = new Set(told.flatMap(({ summary }) => summary?.map(({ person }) => person) ?? []));
  people.delete(null);
  const known = await catalogue.persons.getMany([...people] as PersonId[]);
  const then = new Map([...frozen].map(([person, name]) => [identities.of(person), name]));
  return (person) => then.get(person as PersonId) ?? (known.get(person as PersonId)?.name || null);
}

function addUp(told: readonly Found[]): (Sums[number] & { readonly notes: number })[] {
  const sums = new Map<string | null, { added: number; removed: number; notes: number }>();
  for (const { person, added, removed } of told.flatMap(({ summary }) => summary ?? [])) {
    const sum = sums.get(person) ?? { added: 0, removed: 0, notes: 0 };
    sum.added += added;
    sum.removed += removed;
    sum.notes += 1;
    sums.set(person, sum);
  }
  return [...sums]
    .map(([person, sum]) => ({ person, ...sum }))
    .toSorted((a, b) => b.added + b.removed - a.added - a.removed);
}
