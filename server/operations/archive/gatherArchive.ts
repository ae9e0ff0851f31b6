import { sign } from 'node:crypto';
import type { AttachmentId, BaseId, CarnetId, CollectionId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { Language } from '#shared/domain/Person.ts';
import {
  canExportCarnet,
  canExportNote,
  canManageCollection,
  canReadCollection,
  canReadNote,
} from '#shared/permissions/permissions.ts';
import { collectionsOf, requireCollection, requireNote, roleOnCollection, roleOnNote } from '../../access.ts';
import type { Caller } from '../../Caller.ts';
import type { ArchiveContent, ArchiveSubject } from '../../export/archive/ArchiveContent.ts';
import { nothingAbsent } from '../../export/BookContent.ts';
import { bookWords } from '../../export/book/bookWords.ts';
import { bookLabels } from '../../export/bookLabels.ts';
import { mayReadAttachment } from '../../mayReadAttachment.ts';
import { rawPublicKey } from '../../signingKey.ts';
import type { CollectionRecord } from '../../storage/ports/CollectionStore.ts';
import type { NoteRecord } from '../../storage/ports/NoteStore.ts';
import { type BookPlan, factsOf, type Filed } from '../book/BookPlan.ts';
import { contentNow, filedIn, headOf } from '../book/carnetContent.ts';
import { headOfChosen } from '../book/planBook.ts';
import { gatherPlan } from '../gatherBook.ts';
import type { ArchiveContext } from './ArchiveContext.ts';
import { readCollectionPart } from './collectionParts.ts';
import { readNotePart } from './noteParts.ts';

/** Where archives come from. */
export interface ArchivePlace {
  readonly site: string;
  /** Null for what nobody else can reach: a person's own computer. */
  readonly origin: string | null;
  /** Version of the application. */
  readonly calepin: string;
}

/** What goes into an archive for one person: decided before a word of it is read. */
interface ArchivePlan {
  readonly head: NonNullable<BookPlan['head']> | null;
  readonly notes: readonly NoteRecord[];
  readonly filed: ReadonlyMap<NoteId, Filed>;
  readonly withheld: number;
  readonly collections: readonly CollectionRecord[];
  /** Those of `notes` that the others speak of. */
  readonly beside: ReadonlySet<NoteId>;
}

const allTitles: Readonly<Record<Language, string>> = { fr: 'Toutes mes notes', en: 'All my notes' };

/** Lets through who may have an archive, before it is made. @throws AppError `not_allowed` */
export async function requireArchive(
  { catalogue }: ArchiveContext,
  caller: NonNullable<Caller>,
  subject: ArchiveSubject,
): Promise<void> {
  if (subject.kind === 'note') await requireNote(catalogue, caller, subject.id, canExportNote);
  else if (subject.kind === 'carnet')
    await requireCollection(
      catalogue,
      caller,
      { kind: 'carnet', id: subject.id as CarnetId },
      canExportCarnet,
    );
  else if (subject.kind === 'base')
    await requireCollection(catalogue, caller, { kind: 'base', id: subject.id as BaseId }, canReadCollection);
}

/** Those of a list that the person may read, and how many they may not; what is in the trash, or gone, is neither. */
async function readable(
  { catalogue }: ArchiveContext,
  caller: NonNullable<Caller>,
  ids: readonly NoteId[],
): Promise<{ readonly notes: readonly NoteRecord[]; readonly withheld: number }> {
  const found = await catalogue.notes.getMany(ids);
  const there = [...new Set(ids)].flatMap((id) => {
    const note = found.get(id);
    return note === undefined || note.trashedAt !== null ? [] : [note];
  });
  const notes = there.filter((note) => canReadNote(roleOnNote(caller, note)));
  return { notes, withheld: there.length - notes.length };
}

async function planCarnet(
  context: ArchiveContext,
  caller: NonNullable<Caller>,
  carnet: CollectionRecord,
): Promise<ArchivePlan> {
  const { index, entries } = await contentNow(context, carnet.id as CarnetId);
  const { head, categories } = headOf(index, {
    cover: carnet.cover,
    managers: carnet.managers,
    community: carnet.community,
    changedAt: index?.modifiedAt ?? carnet.createdAt,
  });
  const chosen = await readable(
    context,
    caller,
    entries.map(({ memberId }) => memberId as NoteId),
  );
  return {
    ...chosen,
    head,
    filed: filedIn(entries, categories),
    collections: [carnet],
    beside: new Set(),
  };
}

/** Each carnet of a base is a part; a note that is in several stands in the first. */
async function planBase(
  context: ArchiveContext,
  caller: NonNullable<Caller>,
  base: CollectionRecord,
): Promise<ArchivePlan> {
  const own = await planCarnet(context, caller, base);
  const { entries } = await contentNow(context, base.id as CarnetId);
  const members = await context.catalogue.carnets.getMany(
    entries.map(({ memberId }) => memberId as CarnetId),
  );
  const notes = new Map<NoteId, NoteRecord>();
  const filed = new Map<NoteId, Filed>();
  const parts: string[] = [];
  const collections: CollectionRecord[] = [base];
  let withheld = 0;
  for (const { memberId } of entries) {
    const carnet = members.get(memberId as CarnetId);
    if (carnet === undefined || carnet.trashedAt !== null) continue;
    // What is in a carnet that they may not read is not counted: not even how much it holds is told.
    if (!canReadCollection(roleOnCollection(caller, carnet))) continue;
    const plan = await planCarnet(context, caller, carnet);
    const title = plan.head?.title ?? '';
    parts.push(title);
    collections.push(carnet);
    withheld += plan.withheld;
    for (const note of plan.notes) {
      if (notes.has(note.id)) continue;
      notes.set(note.id, note);
      filed.set(note.id, {
        categories: plan.filed.get(note.id)?.categories ?? [],
        part: title,
        partId: carnet.id,
      });
    }
  }
  const head = own.head === null ? null : { ...own.head, parts };
  return { head, notes: [...notes.values()], filed, withheld, collections, beside: new Set() };
}

async function planArchive(
  context: ArchiveContext,
  caller: NonNullable<Caller>,
  subject: ArchiveSubject,
  language: Language,
): Promise<ArchivePlan> {
  const { catalogue } = context;
  await requireArchive(context, caller, subject);
  const none = { filed: new Map<NoteId, Filed>(), collections: [], beside: new Set<NoteId>() };
  if (subject.kind === 'note')
    return { ...(await readable(context, caller, [subject.id])), ...none, head: null };
  if (subject.kind === 'notes') {
    const { notes: asked } = subject;
    const own = asked === null ? await catalogue.notes.ofAuthor(caller.id) : [];
    const chosen = await readable(context, caller, asked ?? own.map(({ id }) => id));
    const some = headOfChosen(caller.id, language);
    const head = asked === null ? { ...some, title: allTitles[language] } : some;
    return { ...chosen, ...none, head };
  }
  const collection = await collectionsOf(catalogue, subject.kind).get(subject.id);
  if (collection === null) return { ...none, head: null, notes: [], withheld: 0 };
  return subject.kind === 'carnet'
    ? planCarnet(context, caller, collection)
    : planBase(context, caller, collection);
}

/** The ids of what the notes of an archive speak of: what they are related to, and what the editions of its carnets, which its managers alone have, name beside. */
async function spokenOf(
  { catalogue }: ArchiveContext,
  caller: NonNullable<Caller>,
  { notes, collections }: ArchivePlan,
): Promise<ReadonlySet<NoteId>> {
  const named = new Set<NoteId>();
  for (const { id } of notes) for (const term of await catalogue.derived.terms(id)) named.add(term);
  const links = await catalogue.derived.linksOf(notes.map(({ id }) => id));
  for (const one of links.values()) for (const { target } of one.links) named.add(target);
  for (const record of collections)
    if (record.kind === 'carnet' && canManageCollection(roleOnCollection(caller, record)))
      for (const { facts } of await catalogue.editions.list(record.id as CarnetId))
        for (const id of Object.keys(facts.outside) as NoteId[]) named.add(id);
  return named;
}

/** With the terms and the organisations that its notes speak of, as far as the person may read them: a lexicon and an index come back too. They stand at its end. */
async function withTerms(
  context: ArchiveContext,
  caller: NonNullable<Caller>,
  plan: ArchivePlan,
): Promise<ArchivePlan> {
  const inside = new Set(plan.notes.map(({ id }) => id));
  const named = [...(await spokenOf(context, caller, plan))].filter((id) => !inside.has(id));
  const found = await context.catalogue.notes.getMany(named);
  const terms = [...found.values()]
    .filter(
      ({ kind, trashedAt, ...note }) =>
        kind !== 'note' &&
        trashedAt === null &&
        canReadNote(roleOnNote(caller, { ...note, kind, trashedAt })),
    )
    .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
  if (terms.length === 0) return plan;
  const part = bookWords(bookLabels(plan.head?.language ?? 'fr').language).lexicon;
  const filed = new Map(plan.filed);
  for (const { id } of terms) filed.set(id, { categories: [], part, partId: null });
  return {
    ...plan,
    notes: [...plan.notes, ...terms],
    beside: new Set(terms.map(({ id }) => id)),
    filed,
    head: plan.head === null ? null : { ...plan.head, parts: [...plan.head.parts, part] },
  };
}

/**
 * Gathers an archive for somebody: notes with their files and, where they see it, their whole history; carnets with what they hold. Nothing of what they may not read but how many notes there are.
 * @throws AppError `not_allowed` when they may not read the subject, or it does not exist.
 */
export async function gatherArchive(
  context: ArchiveContext,
  caller: NonNullable<Caller>,
  asked: { readonly subject: ArchiveSubject; readonly language: Language; readonly place: ArchivePlace },
  signal: AbortSignal,
): Promise<ArchiveContent> {
  const { catalogue, signingKey, now } = context;
  const { subject, place } = asked;
  const plan = await withTerms(context, caller, await planArchive(context, caller, subject, asked.language));
  const indexes = await catalogue.derived.noteLines(plan.notes.map(({ id }) => id));
  const book = await gatherPlan(
    context,
    caller,
    {
      head: plan.head,
      notes: plan.notes.map((note) => ({
        facts: factsOf(note, indexes.get(note.id)?.modifiedAt ?? note.createdAt, null),
        seq: null,
      })),
      filed: plan.filed,
      absent: { ...nothingAbsent, withheld: plan.withheld },
      frozen: null,
    },
    {
      ...(subject.kind === 'note'
        ? { subject: 'note', subjectId: subject.id }
        : subject.kind === 'notes'
          ? { subject: 'notes', notes: plan.notes.map(({ id }) => id), language: asked.language }
          : { subject: 'carnet', subjectId: subject.id as CarnetId }),
      place,
    },
    signal,
  );
  const inside = new Set(plan.notes.map(({ id }) => id));
  const records = new Map(plan.collections.map((one) => [one.id, one]));
  const covers = new Set(plan.collections.map(({ cover }) => cover.image));
  return {
    book,
    about: {
      madeAt: now(),
      by: caller.id,
      calepin: place.calepin,
      relay: place.origin,
      subject:
        subject.kind === 'notes'
          ? { kind: 'notes', id: null }
          : ({ kind: subject.kind, id: subject.id } as ArchiveContent['about']['subject']),
    },
    beside: plan.beside,
    loadNote: (id, until) => readNotePart(context, caller, id, until),
    collections: plan.collections.map(({ id }) => id),
    loadCollection: (id, until) =>
      readCollectionPart(
        context,
        caller,
        { record: records.get(id) as CollectionRecord, inside },
        new Set<CollectionId>(records.keys()),
        until,
      ),
    loadFile: async (id: AttachmentId) => {
      if (!covers.has(id) && !(await mayReadAttachment(catalogue, caller, id))) return null;
      const record = await catalogue.attachments.get(id);
      const bytes = record === null ? null : await catalogue.attachmentBytes.read(record.digest);
      if (record === null || bytes === null) return null;
      const { kind, name, type, width, height } = record;
      return { about: { id, kind, name, type, bytes: bytes.length, width, height }, bytes };
    },
    namesOf: async (ids: readonly PersonId[]) => {
      const known = await catalogue.persons.getMany(ids);
      return new Map([...known].map(([id, { name }]) => [id, name]));
    },
    sign: (bytes) => ({ key: rawPublicKey(signingKey), signature: sign(null, bytes, signingKey) }),
  };
}
