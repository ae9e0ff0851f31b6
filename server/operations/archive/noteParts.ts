import { buffer } from 'node:stream/consumers';
import { termsOf } from '#shared/document/fields.ts';
import { extractAttachments } from '#shared/document/extractText.ts';
import { yDocToNoteContent } from '#shared/document/noteContent.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import { type AttachmentId, type DocumentId, isId, type NoteId } from '#shared/domain/ids.ts';
import {
  canDiscussNote,
  canReadNote,
  canRemoveReader,
  canSeeNoteHistory,
  type NoteRole,
} from '#shared/permissions/permissions.ts';
import { notAllowed, requireNote } from '../../access.ts';
import type { ArchivedNote } from '../../archive/archiveFormat.ts';
import type { Caller } from '../../Caller.ts';
import type { JournalPart, NotePart } from '../../export/archive/ArchiveContent.ts';
import { toHex } from '../../proof/proofFile.ts';
import type { NoteRecord } from '../../storage/ports/NoteStore.ts';
import type { ArchiveContext } from './ArchiveContext.ts';
import { readVersions } from './readVersions.ts';

/**
 * The whole log of a document, as a proof of its last row.
 * @returns null for one that has no row.
 * @throws AppError `document_damaged` where it is not as it was written.
 */
export async function readJournal(
  { proofs, journals }: ArchiveContext,
  document: DocumentId,
  signal: AbortSignal,
): Promise<JournalPart | null> {
  const head = await journals.head(document);
  if (head === null || head.seq === 0) return null;
  const { epoch, schemaVersion, seq } = head;
  const { file, digest } = await proofs.export({ document, seq, version: null }, signal);
  const bytes = await buffer(file);
  return { about: { epoch, schemaVersion, seq, digest: toHex(digest) }, bytes };
}

/** Without what was taken back, and what was hidden. */
async function threadsOf(
  { catalogue }: ArchiveContext,
  caller: NonNullable<Caller>,
  id: NoteId,
): Promise<ArchivedNote['threads']> {
  const threads = await catalogue.threads.ofNote(id);
  const hidden = await catalogue.reports.hiddenAmong(
    threads.flatMap(({ messages }) => messages.map((message) => message.id)),
  );
  return threads.flatMap(({ id: thread, by, createdAt, anchor, resolvedAt, resolvedBy, messages }) => {
    const standing = messages.filter(
      (one) => one.deletedAt === null && (!hidden.has(one.id) || one.by === caller.id),
    );
    if (standing.length === 0) return [];
    return [
      {
        id: thread,
        by,
        createdAt,
        anchor,
        resolvedAt,
        resolvedBy,
        messages: standing.map(({ thread: _, deletedAt: __, writtenAt, mentions, ...message }) => ({
          ...message,
          ...(writtenAt !== null && { writtenAt }),
          mentions: [...mentions],
        })),
      },
    ];
  });
}

async function sittingsOf({ sittings }: ArchiveContext, id: NoteId): Promise<ArchivedNote['sittings']> {
  const counted = await sittings.counted(id);
  if (counted === null || counted.settled === 0) return [];
  const settled = await sittings.page(id, 0, counted.settled);
  return settled.map((one) => ({ ...one, people: [...one.people] }));
}

function factsOf(
  note: NoteRecord,
  role: NoteRole,
): Omit<
  ArchivedNote,
  'community' | 'modifiedAt' | 'content' | 'versions' | 'sittings' | 'threads' | 'bindings' | 'files'
> {
  const { id, kind, licence, isTemplate, visibility, authorMode, createdAt, publishedAt, lock, authors } =
    note;
  const seesGuests = canRemoveReader(role);
  return {
    id,
    kind,
    licence,
    isTemplate,
    visibility,
    authorMode,
    createdAt,
    publishedAt,
    lock,
    authors: [...authors],
    commenters: seesGuests ? [...note.commenters] : [],
    readers: seesGuests ? [...note.readers] : [],
  };
}

async function presentOf(
  { documents }: ArchiveContext,
  id: NoteId,
): Promise<NonNullable<ArchivedNote['content']>> {
  const read = await documents.readable(id);
  if (read === null) throw notAllowed();
  const { title, body, language, sheet } = yDocToNoteContent(read.doc);
  const terms = [...termsOf(read.doc).keys()].filter((one) => isId(one)).sort() as NoteId[];
  read.doc.destroy();
  return { title, language, body, sheet: sheet ?? null, terms };
}

/** All of a note that somebody may read, for an archive. @throws AppError `not_allowed` for one that they may not read (any more). */
export async function readNotePart(
  context: ArchiveContext,
  caller: NonNullable<Caller>,
  id: NoteId,
  signal: AbortSignal,
): Promise<NotePart> {
  const { catalogue, log, versions, journals } = context;
  const { note, role } = await requireNote(catalogue, caller, id, canReadNote);
  const sees = canSeeNoteHistory(role);
  let without: NotePart['without'] = sees ? null : 'closed';
  let journal: JournalPart | null = null;
  if (sees)
    try {
      journal = await readJournal(context, id, signal);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'document_damaged') throw error;
      without = 'damaged';
    }
  const present = await presentOf(context, id);
  const seq = journal?.about.seq ?? 0;
  const told = journal === null ? [] : (await versions.list(id)).filter((one) => one.seq <= seq);
  const held =
    journal === null
      ? (extractAttachments(present.body).filter((one) => isId(one)) as AttachmentId[])
      : await catalogue.attachments.heldBy(id);
  const community = note.community === null ? null : await catalogue.communities.get(note.community);
  const index = await catalogue.derived.note(id);
  return {
    note: {
      ...factsOf(note, role),
      community: community === null ? null : { id: community.id, name: community.name },
      modifiedAt: index?.modifiedAt ?? note.createdAt,
      content: journal === null ? present : null,
      versions: told.map((version) => ({ ...version, contributors: [...version.contributors] })),
      sittings: journal === null ? [] : await sittingsOf(context, id),
      threads: canDiscussNote(role) ? await threadsOf(context, caller, id) : [],
      bindings: journal === null ? [] : [...(await journals.bindings(id))],
      files: [...new Set(held)].sort(),
    },
    journal,
    without,
    versions: () => readVersions(log, id, told.toReversed(), signal),
  };
}
