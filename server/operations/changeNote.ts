import { AppError } from '#shared/api/errorCodes.ts';
import type { CommunityId, NoteId } from '#shared/domain/ids.ts';
import type { Licence } from '#shared/domain/Licence.ts';
import type { AuthorMode, NoteKind } from '#shared/domain/Note.ts';
import type { RegisterAct, RegisterLine } from '#shared/domain/Register.ts';
import type { Visibility } from '#shared/domain/Visibility.ts';
import {
  canChangeAuthors,
  canChangeKind,
  canChangeLicence,
  canChangeNoteVisibility,
  canLinkNote,
  canMarkTemplate,
  canLinkToCommunity,
  canWriteInItsName,
} from '#shared/permissions/permissions.ts';
import { requireCommunity, requireNote, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import { linkRecords } from './linkRecords.ts';
import { traceOf } from './traceOf.ts';

export interface NoteChange {
  readonly kind?: NoteKind | undefined;
  readonly visibility?: Visibility | undefined;
  /** Null takes the link away. */
  readonly community?: CommunityId | null | undefined;
  readonly authorMode?: AuthorMode | undefined;
  readonly licence?: Licence | undefined;
  readonly isTemplate?: boolean | undefined;
}

/**
 * Changes a note's kind, who may see it, its licence, the community that it is linked to, and who its authors are: all of it, or nothing. The first time that it goes beyond its authors is its publication.
 * Without its community, a note that the community saw is private again, and its responsables who were its authors stay so by name.
 * @throws AppError `not_signed_in`, `not_allowed`; `conflict` for a visibility or authors that need a linked community, and for an organisation's authors.
 */
export async function changeNote(
  context: RelayContext,
  caller: Caller,
  id: NoteId,
  change: NoteChange,
): Promise<void> {
  const { catalogue, documents, events, indexer } = context;
  const by = requirePerson(caller).id;
  const { note } = await requireNote(
    catalogue,
    caller,
    id,
    (role) =>
      (change.visibility === undefined || canChangeNoteVisibility(role)) &&
      (change.kind === undefined || canChangeKind(role)) &&
      (change.licence === undefined || canChangeLicence(role)) &&
      (change.isTemplate === undefined || canMarkTemplate(role)) &&
      (change.community === undefined || canLinkNote(role)) &&
      (change.authorMode === undefined || canChangeAuthors(role)),
  );
  const community = change.community === undefined ? note.community : change.community;
  const isMoved = community !== note.community;
  const visibility =
    change.visibility ??
    (note.visibility === 'community' && community === null ? 'authors' : note.visibility);
  const authorMode = change.authorMode ?? (isMoved ? 'people' : note.authorMode);
  if (isMoved && community !== null) await requireCommunity(catalogue, caller, community, canLinkToCommunity);
  if (visibility === 'community' && community === null)
    throw new AppError('conflict', 'only a linked community can see it');
  const kind = change.kind ?? note.kind;
  if (authorMode === 'community' && kind === 'organisation')
    throw new AppError('conflict', 'no responsables are the authors of an organisation');
  if (authorMode === 'community' && (note.authorMode === 'people' || isMoved)) {
    if (community === null) throw new AppError('conflict', 'no responsables can be its authors');
    await requireCommunity(catalogue, caller, community, canWriteInItsName);
  }

  const audit: RegisterLine[] = [];
  const record = (act: RegisterAct, value: string | null) =>
    audit.push({ by, act, subjectId: id, person: null, value });
  const licence = change.licence ?? note.licence;
  if (kind !== note.kind) record('note.kind', kind);
  if (licence !== note.licence) record('note.licence', licence);
  const isTemplate = change.isTemplate ?? note.isTemplate;
  if (isTemplate !== note.isTemplate) record('note.template', isTemplate ? 'yes' : 'no');
  if (visibility !== note.visibility) record('note.visibility', visibility);
  if (authorMode !== note.authorMode) record('note.authors', authorMode);
  if (isMoved) audit.push(...linkRecords(by, 'note', id, note.community, community));
  if (audit.length === 0) return;
  const isPublished = visibility !== 'authors' && note.publishedAt === null;
  const trace = traceOf(context, audit);
  // One moment with its line in the register.
  const publishedAt = isPublished ? { publishedAt: trace.audit[0]?.at ?? context.now() } : {};
  const fields = { kind, visibility, community, licence, isTemplate, ...publishedAt };
  if (authorMode === note.authorMode) await catalogue.notes.change(id, fields, trace);
  else await catalogue.notes.setAuthorMode(id, authorMode, context.now(), trace, fields);

  // What is listed and found of it depends on its kind.
  if (kind !== note.kind) await indexer.indexNow(id);
  await documents.recheckAccess(id);
  for (const place of await catalogue.derived.placesOf(id))
    events.emit({ type: 'carnet', id: place.collection });
  for (const one of new Set([note.community, community]))
    if (one !== null) events.emit({ type: 'community', id: one });
  events.emit({ type: 'note', id });
  events.emit({ type: 'lists' });
}
