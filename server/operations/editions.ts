import { AppError } from '#shared/api/errorCodes.ts';
import type { BookOptions } from '#shared/api/exports.ts';
import type { CarnetId, NoteId, PersonId } from '#shared/domain/ids.ts';
import { canKeepEditions, canSeeNoteHistory } from '#shared/permissions/permissions.ts';
import { notAllowed, requireCollection, requirePerson, roleOnNote } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { BookContent, BookPlace } from '../export/BookContent.ts';
import { arrangeBook } from '../export/book/arrangeBook.ts';
import { editionDigest } from '../export/book/edition.ts';
import type { History } from '../history/History.ts';
import type { EditionRecord, FrozenFacts, FrozenNote } from '../storage/ports/EditionStore.ts';
import type { BookContext } from './book/BookPlan.ts';
import { namedOutside } from './book/outsideNotes.ts';
import { planFrozen } from './book/planEdition.ts';
import { planCarnet } from './book/planBook.ts';
import { gatherPlan } from './gatherBook.ts';
import { traceOf } from './traceOf.ts';

type Context = BookContext & {
  readonly history: Pick<History, 'collections' | 'get' | 'compare' | 'keepMoment'>;
};

/** What is said of an edition when it is frozen. */
export interface NewEdition {
  readonly title: string;
  readonly remark: string | null;
  /** Whether the text of then of the notes whose history the person sees stays open to whoever may read these. */
  readonly isOpen: boolean;
  readonly options: BookOptions;
}

/**
 * Freezes a carnet: names the row of each document that its book is made of, each held by a version, and keeps what the catalogue says now. Nothing of a text is copied.
 * @param place - where its books come from.
 * @throws AppError `not_signed_in`, `not_allowed`; `document_damaged` where a note cannot be read back.
 */
export async function freezeEdition(
  context: Context,
  caller: Caller,
  id: CarnetId,
  { title, remark, isOpen, options }: NewEdition,
  place: BookPlace,
  signal: AbortSignal,
): Promise<EditionRecord> {
  const person = requirePerson(caller);
  const { catalogue, log, events, now } = context;
  await requireCollection(catalogue, caller, { kind: 'carnet', id }, canKeepEditions);
  const [plan, head] = [await planCarnet(context, caller, id, 'now'), await log.head(id)];
  if (head === null || plan.head === null) throw notAllowed();
  const [row] = await log.read(id, head.seq - 1, head.seq);
  const records = await catalogue.notes.getMany(plan.notes.map(({ facts }) => facts.id));
  const notes: Record<NoteId, FrozenNote> = {};
  for (const { facts, seq: held } of plan.notes) {
    signal.throwIfAborted();
    const record = records.get(facts.id);
    if (record === undefined) continue;
    // What the carnet holds at a version is frozen so.
    const { seq, time } =
      held === null ? await context.history.keepMoment(facts.id) : { seq: held, time: facts.modifiedAt };
    const { kind, licence, publishedAt, lock, authors, community } = facts;
    const opens = isOpen && canSeeNoteHistory(roleOnNote(caller, record));
    const modifiedAt = time ?? facts.modifiedAt;
    notes[facts.id] = {
      kind,
      licence,
      publishedAt,
      lock,
      authors,
      community,
      seq,
      modifiedAt,
      isOpen: opens,
    };
  }
  const { managers, community, cover } = plan.head;
  const named = [...new Set([...managers, ...Object.values(notes).flatMap(({ authors }) => authors)])];
  const communities = [community, ...Object.values(notes).map((note) => note.community)].filter(
    (one) => one !== null,
  );
  const [people, known] = [
    await catalogue.persons.getMany(named),
    await catalogue.communities.getMany([...new Set(communities)]),
  ];
  const facts: FrozenFacts = {
    place,
    cover,
    managers,
    community,
    changedAt: row?.time ?? plan.head.changedAt,
    notes,
    count: Object.keys(notes).length,
    withheld: plan.absent.withheld,
    outside: {},
    names: Object.fromEntries(
      named.flatMap((one) => (people.get(one)?.name ? [[one, people.get(one)?.name]] : [])),
    ) as Record<PersonId, string>,
    communities: Object.fromEntries([...known].map(([one, { name }]) => [one, name])),
  };
  const frozen = { carnet: id, title, remark, by: person.id, at: now(), seq: head.seq, options };
  const gathered = await gatherFrozen(context, caller, { ...frozen, facts, digest: '' }, signal);
  const outside = await freezeOutside(context, namedOutside(gathered.notes));
  const edition = {
    ...frozen,
    facts: { ...facts, outside },
    digest: editionDigest(arrangeBook(gathered).content),
  };
  const line = { by: person.id, act: 'carnet.edition', subjectId: id, person: null, value: null } as const;
  const number = await catalogue.editions.add(edition, traceOf(context, line));
  events.emit({ type: 'carnet', id });
  return { ...edition, number, withdrawn: null };
}

/** The book of an edition that is being made. */
async function gatherFrozen(
  context: Context,
  caller: Caller,
  edition: Omit<EditionRecord, 'number' | 'withdrawn'>,
  signal: AbortSignal,
): Promise<BookContent> {
  const plan = await planFrozen(context, caller, { ...edition, number: 0 });
  const { carnet, facts } = edition;
  const asked = { subject: 'carnet', subjectId: carnet, place: facts.place } as const;
  const content = await gatherPlan(context, caller, plan, asked, signal);
  // A note that went or was damaged meanwhile: what is frozen must be read back.
  if (content.absent.gone > 0) throw new AppError('document_damaged', 'a note could not be frozen');
  return content;
}

/** What an edition leads to beside: each as it is now, whoever may read it; who reads the edition is asked then. */
async function freezeOutside(context: Context, ids: readonly NoteId[]): Promise<FrozenFacts['outside']> {
  const found = await context.catalogue.notes.getMany(ids);
  const outside: Record<NoteId, FrozenFacts['outside'][NoteId]> = {};
  for (const { id, kind, trashedAt } of found.values()) {
    if (trashedAt !== null) continue;
    const { seq } = await context.history.keepMoment(id);
    outside[id] = { seq, kind };
  }
  return outside;
}

/**
 * Withdraws an edition, so that nobody exports it any more, or puts it back.
 * @throws AppError `not_signed_in`, `not_allowed`, for an unknown edition alike.
 */
export async function withdrawEdition(
  context: Context,
  caller: Caller,
  id: CarnetId,
  number: number,
  isWithdrawn: boolean,
): Promise<EditionRecord> {
  const person = requirePerson(caller);
  const { catalogue, events, now } = context;
  await requireCollection(catalogue, caller, { kind: 'carnet', id }, canKeepEditions);
  const act = isWithdrawn ? 'carnet.edition_withdrawn' : 'carnet.edition_restored';
  const trace = traceOf(context, {
    by: person.id,
    act,
    subjectId: id,
    person: null,
    value: String(number),
  });
  const withdrawn = isWithdrawn ? { by: person.id, at: now() } : null;
  const changed = await catalogue.editions.withdraw(id, number, withdrawn, trace);
  const edition = await catalogue.editions.get(id, number);
  if (edition === null) throw notAllowed();
  if (changed) events.emit({ type: 'carnet', id });
  return edition;
}
