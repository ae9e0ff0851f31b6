import { AppError } from '#shared/api/errorCodes.ts';
import { noCover } from '#shared/domain/Collection.ts';
import { type CarnetId, type NoteId, type PersonId, isId } from '#shared/domain/ids.ts';
import { termsOf } from '#shared/document/fields.ts';
import { yDocToNoteContent } from '#shared/document/noteContent.ts';
import { emptySheet } from '#shared/document/sheet.ts';
import { notAllowed } from '../access.ts';
import type {
  Absent,
  BookContent,
  BookEdition,
  BookNote,
  BookPlace,
  BookSubject,
} from '../export/BookContent.ts';
import type { Caller } from '../Caller.ts';
import { attachmentsFor, countMissingFiles } from './book/bookFiles.ts';
import type { BookContext, BookPlan } from './book/BookPlan.ts';
import { editionBefore, editionChanges } from './book/editionChanges.ts';
import { readFrozenOutside, readOutside } from './book/outsideNotes.ts';
import { readThen } from './book/readThen.ts';
import { idOf } from '../secrets.ts';
import { planCarnet, planChosen, planNote } from './book/planBook.ts';

/** The name of somebody: of who departed there is none. */
type NameOf = (person: PersonId) => string[];

/** Reads the notes of a book; one that cannot be read back is counted. */
async function readNotes(
  { documents }: BookContext,
  { notes: chosen, filed }: BookPlan,
  nameOf: NameOf,
  signal: AbortSignal,
): Promise<{ readonly notes: readonly BookNote[]; readonly gone: number }> {
  const notes: BookNote[] = [];
  let gone = 0;
  for (const { facts, seq } of chosen) {
    signal.throwIfAborted();
    const { authors, id, kind, licence, publishedAt, lock, modifiedAt } = facts;
    const said = { id, kind, licence, publishedAt, lock, modifiedAt };
    const read =
      seq === null ? await documents.readable(facts.id) : await readThen({ documents }, facts.id, seq);
    if (read === null) {
      if (seq !== null) gone += 1;
      continue;
    }
    const { title, body, language, sheet } = yDocToNoteContent(read.doc);
    const terms = [...termsOf(read.doc).keys()].filter((one) => isId(one)).sort();
    read.doc.destroy();
    notes.push({
      ...said,
      title,
      categories: filed.get(facts.id)?.categories ?? [],
      part: filed.get(facts.id)?.part ?? null,
      terms: terms as NoteId[],
      language,
      body,
      sheet: sheet ?? emptySheet,
      authors: authors.flatMap(nameOf),
      isWhole: read.wholeTo === null,
    });
  }
  return { notes, gone };
}

/** Where the books of a relay come from: what is on a person's own computer has no address that others could follow. */
export function bookPlace(relay: {
  readonly mode: 'local' | 'community';
  readonly publicUrl: () => string;
}): BookPlace {
  return { site: 'Calepin', origin: relay.mode === 'local' ? null : relay.publicUrl() };
}

/** What a note alone has in place of a carnet. */
const noHead = { description: '', parts: [], cover: noCover, managers: [], community: null, changedAt: 0 };

/**
 * Lets through who may have a book, before it is made. @throws as `gatherBook`
 */
export async function requireBook(context: BookContext, caller: Caller, subject: BookSubject): Promise<void> {
  const plan = await planBook(context, caller, subject);
  if (asksChanges(subject)) {
    const { carnet, number } = requireFrozen(plan).edition;
    await editionBefore(context, carnet, number);
  }
}

const asksChanges = (subject: BookSubject): boolean =>
  subject.subject === 'carnet' && subject.changes === true;

function requireFrozen({ frozen }: BookPlan): NonNullable<BookPlan['frozen']> {
  if (frozen === null)
    throw new AppError('invalid_request', 'only an edition tells what changed since another');
  return frozen;
}

function planBook(
  context: BookContext,
  caller: Caller,
  { moment = 'now', ...asked }: BookSubject,
): Promise<BookPlan> {
  if (asked.subject === 'notes') return planChosen(context, caller, asked.notes, asked.language);
  return asked.subject === 'carnet'
    ? planCarnet(context, caller, asked.subjectId, moment)
    : planNote(context, caller, asked.subjectId, moment);
}

/**
 * Gathers a book for someone: a note, or what they may read of a carnet, as it is or as it was at a moment.
 * @param place - where the book comes from.
 * @throws AppError `not_allowed` when they may not read the subject, or it does not exist; of its past too, where that is asked for. `invalid_request` where there was nothing yet, or no earlier edition of which to tell the changes.
 */
export async function gatherBook(
  context: BookContext,
  caller: Caller,
  subject: BookSubject,
  place: BookPlace,
  signal: AbortSignal,
): Promise<BookContent> {
  const plan = await planBook(context, caller, subject);
  const content = await gatherPlan(context, caller, plan, { ...subject, place }, signal);
  if (!asksChanges(subject)) return content;
  const titles = new Map(content.notes.map(({ id, title }) => [id, title]));
  const later = { ...plan, frozen: requireFrozen(plan) };
  return { ...content, changes: await editionChanges(context, caller, later, titles, signal) };
}

function presentEdition(
  { number, title, remark, at, digest, facts }: NonNullable<BookPlan['frozen']>['edition'],
  { withheld, ...absent }: Absent,
): BookEdition {
  // What it never held is no loss.
  const isWhole = withheld === facts.withheld && Object.values(absent).every((count) => count === 0);
  return { number, title, remark, at, digest, isWhole };
}

/** Gathers what was planned, without what changed. */
export async function gatherPlan(
  context: BookContext,
  caller: Caller,
  plan: BookPlan,
  subject: BookSubject & { readonly place: BookPlace },
  signal: AbortSignal,
): Promise<BookContent> {
  const { catalogue } = context;
  const { frozen } = plan;
  const people =
    frozen === null
      ? await catalogue.persons.getMany([
          ...(plan.head?.managers ?? []),
          ...plan.notes.flatMap(({ facts }) => facts.authors),
        ])
      : null;
  const nameOf: NameOf = (id) => [people?.get(id)?.name ?? frozen?.names.get(id) ?? ''].filter(Boolean);
  const { notes, gone } = await readNotes(context, plan, nameOf, signal);
  const [first] = notes;
  if (plan.head === null && first === undefined) throw notAllowed();
  const { managers, community, changedAt, ...head } = plan.head ?? {
    ...noHead,
    title: first?.title ?? '',
    language: first?.language ?? 'fr',
  };
  const linked = [community, ...plan.notes.map(({ facts }) => facts.community)];
  const ids = [...new Set(linked)].filter((id) => id !== null);
  const [outside, communities] = await Promise.all([
    frozen === null
      ? readOutside(context, caller, notes)
      : readFrozenOutside(context, caller, frozen.edition.facts.outside, notes),
    frozen === null ? catalogue.communities.getMany(ids) : null,
  ]);
  const loadAttachment = attachmentsFor(context, caller, head.cover);
  const absent = {
    ...plan.absent,
    gone: plan.absent.gone + gone,
    ...(frozen !== null && {
      people: Object.keys(frozen.edition.facts.names).length - frozen.names.size,
      outside: outside.absent,
      files: await countMissingFiles(context, caller, head.cover, notes),
    }),
  };
  return {
    id: subject.subjectId ?? idOf<CarnetId>(`notes ${subject.notes.join(' ')}`),
    subject: subject.subject,
    ...head,
    managers: managers.flatMap(nameOf),
    absent,
    edition: frozen === null ? null : presentEdition(frozen.edition, absent),
    changes: null,
    authors: [...new Set(notes.flatMap((note) => note.authors))],
    communities: ids.flatMap(
      (id) => communities?.get(id)?.name ?? frozen?.edition.facts.communities[id] ?? [],
    ),
    place: frozen?.edition.facts.place ?? subject.place,
    date: Math.max(changedAt, ...notes.map((note) => note.modifiedAt)),
    notes,
    outside: (id) => outside.titles.get(id) ?? null,
    loadAttachment,
  };
}
