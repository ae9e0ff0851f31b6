import * as Y from 'yjs';
import { AppError } from '#shared/api/errorCodes.ts';
import type { ImportPlace } from '#shared/api/imports.ts';
import {
  addCategory,
  categoryLists,
  descriptionOf,
  entriesOf,
  hasRoomForCategory,
  readAllCategories,
  setLanguage,
  termsOf,
  titleOf,
} from '#shared/document/fields.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { compareOrderKeys, isOrderKey, orderKeysBetween } from '#shared/document/orderKeys.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import type { CollectionRef } from '#shared/domain/Collection.ts';
import { foldText } from '#shared/domain/foldText.ts';
import type { AttachmentId, CarnetId, CategoryId, NoteId, PersonId } from '#shared/domain/ids.ts';
import { canContributeToCollection, canManageCollection } from '#shared/permissions/permissions.ts';
import { collectionsOf, requireCollection, requirePerson } from '../access.ts';
import { loadCaller } from '../Caller.ts';
import { besideBlocks } from '../import/besideBlocks.ts';
import type { ImportPlan } from '../import/planImport.ts';
import type { Medium } from '../import/resolveBody.ts';
import { newId } from '../secrets.ts';
import { addNote } from './addNote.ts';
import { addCollection } from './createCollection.ts';
import { destroyDocument, type DestroyingContext } from './destroyDocument.ts';
import { besidesOf, joinCarnets, makeTerms, unmetTerms } from './importBeside.ts';
import { meetBeside } from './meetBeside.ts';
import { appendEntries } from './putEntries.ts';
import { storeFile } from './storeAttachment.ts';

/** What is being made is noted here, so that a relay that was stopped in the middle takes it away when it starts. */
const settingKey = 'import-under-way';

export interface ImportMaking {
  readonly person: PersonId;
  readonly plan: Pick<ImportPlan, 'notes' | 'media' | 'description'>;
  readonly into: ImportPlace;
  /** Whether terms that pages are related to, and that the person has not, are made. */
  readonly makeTerms: boolean;
  readonly bodyOf: (file: string) => Promise<BodyNode>;
  /** Bytes of a file that was sent. */
  readonly read: (medium: Medium) => Promise<Uint8Array>;
  /** Aborted: it stops, and nothing stays. */
  readonly signal: AbortSignal;
  /** Share done, 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** What an import made; `unfiled`: notes that have no category, since there was no room for it or the person may not make one; `terms`: those that the pages named and nobody had. */
export interface MadeImport {
  readonly notes: readonly NoteId[];
  readonly carnet: CarnetId | null;
  readonly unfiled: number;
  readonly terms: readonly NoteId[];
  /** Of an archive: what came beside the notes. */
  readonly collections?: readonly CollectionRef[];
}

/** What is being made. */
export interface UnderWay {
  readonly person: PersonId;
  /** With the terms that are made for them. */
  readonly notes: readonly NoteId[];
  /** Carnets that are there already, and take them in. */
  readonly joined?: readonly CarnetId[];
  readonly files: readonly AttachmentId[];
  readonly carnet: CarnetId | null;
  /** Of an archive. */
  readonly collections?: readonly CollectionRef[];
}

/** Notes what is about to be made. */
export const beginMaking = ({ catalogue }: DestroyingContext, underWay: UnderWay): Promise<void> =>
  catalogue.settings.set(settingKey, JSON.stringify(underWay));

/** All of it is made, or taken away. */
export const endMaking = ({ catalogue }: DestroyingContext): Promise<void> =>
  catalogue.settings.set(settingKey, '');

/**
 * Makes the notes of an import, with their files, and their places in a carnet: all of it, or nothing. The person is the author of each; nobody else may read it.
 * @throws AppError `not_allowed` for the carnet; `quota_exceeded`, `storage_full`, `storage_failed`…; an AbortError. What was made by then is taken away.
 */
export async function makeImport(context: DestroyingContext, making: ImportMaking): Promise<MadeImport> {
  const mayFile = await mayFileIn(context, making);
  const { notes, media } = making.plan;
  const carnet = making.into.kind === 'new' ? newId<CarnetId>() : null;
  const met = await meetBeside(context, making.person, besidesOf(notes));
  const newTerms = making.makeTerms ? unmetTerms(besidesOf(notes), met) : [];
  const terms = new Map([...met.terms, ...newTerms.map(({ title, id }) => [foldText(title), id] as const)]);
  const own = notes.map(({ id }) => id);
  const underWay: UnderWay = {
    person: making.person,
    notes: [...own, ...newTerms.map(({ id }) => id)],
    joined: [...met.carnets.values(), ...(making.into.kind === 'carnet' ? [making.into.id] : [])],
    files: [...media.keys()],
    carnet,
  };
  await beginMaking(context, underWay);
  try {
    await makeTerms(context, making.person, making.signal, newTerms);
    await makeNotes(context, making, terms);
    const unfiled = await placeNotes(context, making, carnet, mayFile);
    await joinCarnets(context, making.person, notes);
    await endMaking(context);
    return {
      notes: own,
      terms: newTerms.map(({ id }) => id),
      carnet: making.into.kind === 'carnet' ? making.into.id : carnet,
      unfiled,
    };
  } catch (error) {
    await takeAway(context, underWay);
    await endMaking(context);
    throw error;
  }
}

/** Takes away what an import had made when the relay stopped in the middle of it. */
export async function clearBrokenImport(context: DestroyingContext): Promise<void> {
  const { settings } = context.catalogue;
  const kept = await settings.get(settingKey);
  if (kept === null || kept === '') return;
  await takeAway(context, JSON.parse(kept) as UnderWay);
  await endMaking(context);
}

/** Whether the person may make categories there. @throws AppError `not_allowed` when they may not add to it. */
async function mayFileIn(context: DestroyingContext, { person, into }: ImportMaking): Promise<boolean> {
  const caller = await loadCaller(context.catalogue, person);
  requirePerson(caller);
  if (into.kind !== 'carnet') return true;
  const ref = { kind: 'carnet', id: into.id } as const;
  const { role } = await requireCollection(context.catalogue, caller, ref, canContributeToCollection);
  return canManageCollection(role);
}

/** @param terms - that pages are related to, by their folded titles. */
async function makeNotes(
  context: DestroyingContext,
  making: ImportMaking,
  terms: ReadonlyMap<string, NoteId>,
): Promise<void> {
  const { person, plan, bodyOf, read, signal, onProgress } = making;
  const stored = new Set<AttachmentId>();
  // The last one is the newest: lists of recent notes then read in the order of the import.
  for (const [at, note] of [...plan.notes].reverse().entries()) {
    signal.throwIfAborted();
    const { beside } = note;
    const text = await bodyOf(note.file);
    const below =
      beside === null
        ? []
        : besideBlocks(
            beside,
            beside.terms.filter((one) => !terms.has(foldText(one))),
          );
    const related = (beside?.terms ?? []).flatMap((one) => terms.get(foldText(one)) ?? []);
    const body = { ...text, content: [...(text.content ?? []), ...below] };
    const madeAt = beside?.modifiedAt ?? null;
    const isPast = madeAt !== null && madeAt <= context.now();
    await addNote(context, {
      id: note.id,
      author: person,
      kind: note.kind,
      licence: note.licence,
      act: { person, operation: 'import', ...(isPast && { madeAt }) },
      write: (doc) => {
        const { title, language, sheet } = note;
        replaceNoteContent(doc, { title, body, language, ...(sheet !== null && { sheet }) });
        for (const id of related) termsOf(doc).set(id, new Y.Map());
      },
    });
    for (const id of note.media) {
      const medium = plan.media.get(id);
      if (medium === undefined) throw new AppError('internal', 'a file that the plan does not hold');
      if (stored.has(id)) {
        await context.catalogue.attachments.grant([id], note.id);
        continue;
      }
      signal.throwIfAborted();
      const bytes = await read(medium);
      const file = { id, name: medium.name, announced: medium.type, bytes: inOnePart(bytes) };
      await storeFile(context, person, file, note.id);
      stored.add(id);
    }
    onProgress((0.97 * (at + 1)) / plan.notes.length);
  }
}

async function* inOnePart(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Puts the notes in the carnet, or in the one that is made for them. @returns how many have no category that wanted one. */
async function placeNotes(
  context: DestroyingContext,
  making: ImportMaking,
  made: CarnetId | null,
  mayFile: boolean,
): Promise<number> {
  const { person, plan, into } = making;
  let unfiled = 0;
  const write = (doc: Y.Doc): void => {
    const filed = fileNotes(doc, plan.notes, mayFile);
    unfiled = filed.unfiled;
    appendEntries(doc, filed.entries);
  };
  if (into.kind === 'carnet') {
    // Asked again: the making may have been long.
    await mayFileIn(context, making);
    await context.documents.change(into.id, { person, operation: 'integrate' }, write);
    await context.indexer.indexNow(into.id);
  }
  if (into.kind === 'new' && made !== null)
    await addCollection(
      context,
      'carnet',
      person,
      'import',
      (doc) => {
        if (into.title !== '') titleOf(doc).insert(0, into.title);
        if (plan.description !== '') descriptionOf(doc).insert(0, plan.description);
        setLanguage(doc, into.language);
        write(doc);
      },
      made,
    );
  return unfiled;
}

/** Finds each note's category in the first list of a carnet, by its name, or makes it, as long as there is room. */
function fileNotes(
  doc: Y.Doc,
  notes: ImportPlan['notes'],
  mayFile: boolean,
): { entries: { memberId: NoteId; category: CategoryId | null }[]; unfiled: number } {
  const all = readAllCategories(doc);
  const list = categoryLists(all)[0]?.name ?? '';
  const byName = new Map(all.map((category) => [foldText(category.name), category.id]));
  let last =
    all
      .map(({ order }) => order)
      .filter(isOrderKey)
      .sort(compareOrderKeys)
      .at(-1) ?? null;
  let unfiled = 0;
  const entries = notes.map(({ id: memberId, category: name }) => {
    if (name === null) return { memberId, category: null };
    const known = byName.get(foldText(name));
    if (known !== undefined) return { memberId, category: known };
    if (!mayFile || !hasRoomForCategory(readAllCategories(doc), list)) {
      unfiled += 1;
      return { memberId, category: null };
    }
    const id = newId<CategoryId>();
    [last = ''] = orderKeysBetween(last, null, 1);
    addCategory(doc, { id, name: name.slice(0, 80), order: last, list });
    byName.set(foldText(name), id);
    return { memberId, category: id };
  });
  return { entries, unfiled };
}

/** Takes notes that are gone out of a carnet. In one that cannot be written in any more they stay, and show nothing. */
async function takeOut(
  context: DestroyingContext,
  person: PersonId,
  carnet: CarnetId,
  notes: readonly NoteId[],
): Promise<void> {
  try {
    await context.documents.change(carnet, { person, operation: 'remove' }, (doc) => {
      const entries = entriesOf(doc);
      for (const id of notes) if (entries.has(id)) entries.delete(id);
    });
    await context.indexer.indexNow(carnet);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}

/** Takes away what was made by then. */
export async function takeAway(
  context: DestroyingContext,
  { person, notes, joined = [], files, carnet, collections = [] }: UnderWay,
): Promise<void> {
  const { catalogue, events, now } = context;
  if (carnet !== null && (await catalogue.carnets.get(carnet)) !== null)
    await destroyDocument(context, { id: carnet, kind: 'carnet' }, person);
  for (const ref of collections)
    if ((await collectionsOf(catalogue, ref.kind).get(ref.id)) !== null)
      await destroyDocument(context, ref, person);
  for (const id of notes)
    if ((await catalogue.notes.get(id)) !== null)
      await destroyDocument(context, { id, kind: 'note' }, person);
  for (const id of joined) await takeOut(context, person, id, notes);
  for (const digest of await catalogue.removal.forgetFiles(0, files))
    await catalogue.attachmentBytes.remove(digest, now());
  events.emit({ type: 'lists' });
}
