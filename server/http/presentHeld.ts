import type { z } from 'zod';
import type { CollectionEntry, heldContentSchema } from '#shared/api/collections.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import { extractExcerpt, shorten } from '#shared/document/extractText.ts';
import { type NoteContent, yDocToNoteContent } from '#shared/document/noteContent.ts';
import { sheetText } from '#shared/document/sheet.ts';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import {
  canManageCollection,
  canReadCollection,
  canReadNote,
  canSeeNoteHistory,
} from '#shared/permissions/permissions.ts';
import { notAllowed, requireCollection, requireNote, roleOnNote } from '../access.ts';
import type { Caller } from '../Caller.ts';
import { maySeeText } from '../maySeeText.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { EntryIndex } from '../storage/ports/DerivedStore.ts';
import type { NoteRecord } from '../storage/ports/NoteStore.ts';
import { type HeldText, HeldTexts } from './HeldTexts.ts';

type Held = NonNullable<CollectionEntry['held']>;

/** What is told of a note that a carnet holds at a version, and the title and the first words of then for who is given them. */
export interface ShownHeld {
  readonly held: Held;
  /** Null where it says the same now, or is not given. */
  readonly then: HeldText | null;
}

/** What a note said at a row; null for one that cannot be read back. */
async function contentThen(
  { documents }: RelayContext,
  id: NoteId,
  seq: number,
): Promise<NoteContent | null> {
  try {
    const read = await documents.read(id, seq);
    if (read === null) return null;
    const content = yDocToNoteContent(read.doc);
    read.doc.destroy();
    return content;
  } catch (error) {
    if (error instanceof AppError && error.code === 'document_damaged') return null;
    throw error;
  }
}

/** The title and the first words of a note at a row. */
async function textThen(context: RelayContext, note: NoteRecord, seq: number): Promise<HeldText | null> {
  const then = await contentThen(context, note.id, seq);
  if (then === null) return null;
  return {
    title: then.title.replace(/\s+/g, ' ').trim(),
    excerpt:
      extractExcerpt(then.body) || shorten(then.sheet === undefined ? '' : sheetText(then.sheet, note.kind)),
  };
}

const texts = new WeakMap<RelayContext['documents'], HeldTexts>();

/** Those of one relay. */
function textsOf({ documents }: RelayContext): HeldTexts {
  const known = texts.get(documents) ?? new HeldTexts();
  texts.set(documents, known);
  return known;
}

/** @param rows - those of the note that who sees its history lets the carnet show. @param isKeeper - whether the caller manages the carnet. */
export async function presentHeld(
  context: RelayContext,
  caller: Caller,
  { held: seq, seen }: Pick<EntryIndex, 'held' | 'seen'>,
  note: NoteRecord,
  rows: ReadonlySet<number> | undefined,
  isKeeper: boolean,
): Promise<ShownHeld | null> {
  if (seq === null) return null;
  const { log } = context;
  const head = await log.head(note.id);
  const [[row], [last]] = [
    await log.read(note.id, seq - 1, seq).catch(() => []),
    head === null ? [] : await log.read(note.id, head.seq - 1, head.seq).catch(() => []),
  ];
  const isUnseen = head !== null && head.seq > Math.max(seq, isKeeper ? (seen ?? 0) : 0);
  const told = await maySeeText(context, caller, note, { seq, isOpen: rows?.has(seq) === true });
  const opens = row !== undefined && told === 'open';
  const then =
    opens && head !== null && head.seq > seq
      ? await textsOf(context).of([note.id, seq, row.time, note.kind].join(' '), () =>
          textThen(context, note, seq),
        )
      : null;
  return {
    held: {
      seq,
      at: row?.time ?? note.createdAt,
      isBehind: head !== null && head.seq > seq,
      changedAt: isUnseen ? (last?.time ?? null) : null,
      seen: isKeeper ? seen : null,
      opens,
      compares: canSeeNoteHistory(roleOnNote(caller, note)),
    },
    then,
  };
}

/**
 * What a carnet holds of a note, for who reads both and is given that text.
 * @throws AppError `not_allowed`, also where the carnet follows the note.
 */
export async function presentHeldContent(
  context: RelayContext,
  caller: Caller,
  id: CarnetId,
  noteId: NoteId,
): Promise<z.infer<typeof heldContentSchema>> {
  const { catalogue } = context;
  const { role } = await requireCollection(catalogue, caller, { kind: 'carnet', id }, canReadCollection);
  const { note } = await requireNote(catalogue, caller, noteId, canReadNote);
  const entry = (await catalogue.derived.entries(id)).find(({ member }) => member === noteId);
  const rows = (await catalogue.publishedRows.of(id)).get(noteId);
  const shown =
    entry === undefined
      ? null
      : await presentHeld(context, caller, entry, note, rows, canManageCollection(role));
  if (shown === null || !shown.held.opens) throw notAllowed();
  const { seq, at } = shown.held;
  const content = await contentThen(context, noteId, seq);
  if (content === null) throw new AppError('document_damaged', 'the version cannot be read back');
  return { seq, at, title: content.title.trim(), language: content.language, body: content.body };
}
