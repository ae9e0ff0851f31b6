import type { z } from 'zod';
import type { AccessRequestLine } from '#shared/api/communities.ts';
import type { BrokenLink } from '#shared/api/links.ts';
import type { NotePage, NoteSummary, noteLinkSchema } from '#shared/api/notes.ts';
import { linkMarks } from '#shared/document/linkSentences.ts';
import type { CommunityId, NoteId, PersonId } from '#shared/domain/ids.ts';
import { emptySheet, otherNames } from '#shared/document/sheet.ts';
import {
  canDecideEditRequests,
  canEditNote,
  canReadNote,
  canRemoveReader,
  canSeeNoteHistory,
} from '#shared/permissions/permissions.ts';
import { requireNote, roleOnNote } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { NoteRecord } from '../storage/ports/NoteStore.ts';
import type { AccessRequest } from '../storage/ports/RequestStore.ts';
import { presentBrokenLinks } from './presentBrokenLinks.ts';
import { presentPeople, presentPerson } from './presentPeople.ts';
import { presentPlaces } from './presentPlaces.ts';
import { presentSetAside } from './presentSetAside.ts';

/** Lines of a list of notes, in the order given. The caller's right to read them was decided before. */
export async function presentNotes(
  { catalogue }: RelayContext,
  notes: readonly NoteRecord[],
): Promise<NoteSummary[]> {
  const [indexes, people] = await Promise.all([
    catalogue.derived.noteLines(notes.map((note) => note.id)),
    catalogue.persons.getMany(notes.flatMap((note) => note.authors)),
  ]);
  return notes.map((note) => {
    const index = indexes.get(note.id);
    return {
      id: note.id,
      kind: note.kind,
      title: index?.title ?? '',
      excerpt: index?.excerpt ?? '',
      visibility: note.visibility,
      authors: presentPeople(note.authors, people),
      createdAt: note.createdAt,
      modifiedAt: index?.modifiedAt ?? note.createdAt,
      trashedAt: note.trashedAt,
      wordCount: index?.wordCount ?? 0,
      otherNames: otherNames(index?.sheet ?? emptySheet, note.kind),
      region: note.kind === 'organisation' ? (index?.sheet.region ?? null) : null,
      isTemplate: note.isTemplate,
      lock: note.lock === null ? null : { day: note.lock.day, sentence: note.lock.sentence },
    };
  });
}

/** Titles of those of `ids` that the caller may read. */
export async function readableTitles(
  { catalogue }: Pick<RelayContext, 'catalogue'>,
  caller: Caller,
  ids: readonly NoteId[],
): Promise<Map<NoteId, string>> {
  const notes = await catalogue.notes.getMany(ids);
  const readable = [...notes.values()].filter((note) => canReadNote(roleOnNote(caller, note)));
  const indexes = await catalogue.derived.noteLines(readable.map((note) => note.id));
  return new Map(readable.map((note) => [note.id, indexes.get(note.id)?.title ?? '']));
}

/** Notes as links, without those in the trash, by title. */
async function presentLinks(
  context: RelayContext,
  caller: Caller,
  ids: readonly NoteId[],
): Promise<z.infer<typeof noteLinkSchema>[]> {
  const records = await context.catalogue.notes.getMany(ids);
  const titles = await readableTitles(
    context,
    caller,
    ids.filter((id) => records.get(id)?.trashedAt === null),
  );
  return [...titles]
    .map(([id, title]) => ({ id, title }))
    .sort((a, b) => a.title.localeCompare(b.title, 'fr'));
}

/** The notes that lead to one, with the sentence that does. */
async function presentBacklinks(
  context: RelayContext,
  caller: Caller,
  id: NoteId,
): Promise<NotePage['backlinks']> {
  const found = new Map(
    (await context.catalogue.derived.backlinks(id)).map(({ source, around }) => [source, around]),
  );
  if (found.size === 0) return [];
  const title = (await context.catalogue.derived.note(id))?.title ?? '';
  const links = await presentLinks(context, caller, [...found.keys()]);
  const { begin, end } = linkMarks;
  return links.map((link) => {
    const around = found.get(link.id) ?? '';
    // A link without words of its own shows the title of this note, which is read already.
    return { ...link, around: around.replace(begin + end, `${begin}${title}${end}`) };
  });
}

/** The community that something is linked to, by name: whoever may read the one sees the other's name. */
export async function presentLink(
  { catalogue }: RelayContext,
  id: CommunityId | null,
): Promise<NotePage['community']> {
  const community = id === null ? null : await catalogue.communities.get(id);
  return community === null ? null : { id: community.id, name: community.name };
}

/** The authors of a note who are not only so as responsables of its community. */
async function presentAuthorsByName(
  { catalogue }: RelayContext,
  { authorMode, community, authors }: NoteRecord,
): Promise<PersonId[]> {
  const following =
    authorMode === 'community' && community !== null ? await catalogue.communities.get(community) : null;
  return authors.filter((one) => following?.responsables.includes(one) !== true);
}

/** Who waits for an answer, as those see it who give it. */
export async function presentRequests(
  { catalogue }: RelayContext,
  requests: readonly AccessRequest[],
): Promise<AccessRequestLine[]> {
  const people = await catalogue.persons.getMany(requests.map((one) => one.person));
  return requests.flatMap(({ person, text, at }) => {
    const known = people.get(person);
    return known === undefined ? [] : [{ person: presentPerson(known), text, at }];
  });
}

/** The catalogue's and the derived part of a note's page. @throws AppError `not_allowed`. */
export async function presentNotePage(
  context: RelayContext & { versionCount: (note: NoteId) => Promise<number> },
  caller: Caller,
  id: NoteId,
): Promise<NotePage> {
  const { catalogue, log } = context;
  const { note, role } = await requireNote(catalogue, caller, id, canReadNote);
  const [
    [summary],
    index,
    carnets,
    backlinks,
    terms,
    setAside,
    versionCount,
    community,
    requests,
    guests,
    uses,
    authorsByName,
    lockedBy,
    brokenLinks,
  ] = await Promise.all([
    presentNotes(context, [note]),
    catalogue.derived.note(id),
    presentPlaces(context, caller, context.catalogue.carnets, id),
    presentBacklinks(context, caller, id),
    catalogue.derived.terms(id).then((ids) => presentLinks(context, caller, ids)),
    presentSetAside(log, id, canSeeNoteHistory(role) && canEditNote(role)),
    context.versionCount(id),
    presentLink(context, note.community),
    catalogue.requests.list(id),
    catalogue.persons.getMany(canRemoveReader(role) ? [...note.readers, ...note.commenters] : []),
    note.kind === 'term'
      ? catalogue.derived.usesOf(id).then((ids) => presentLinks(context, caller, ids))
      : [],
    presentAuthorsByName(context, note),
    note.lock === null ? null : catalogue.persons.get(note.lock.by),
    canEditNote(role) ? presentBrokenLinks(context, caller, [id]) : new Map<NoteId, BrokenLink[]>(),
  ]);
  if (summary === undefined) throw new Error('one note gives one line');
  return {
    note: {
      ...summary,
      publishedAt: note.publishedAt,
      language: index?.language ?? 'fr',
      licence: note.licence,
      sheet: index?.sheet ?? emptySheet,
      lock: note.lock === null || lockedBy === null ? null : { ...note.lock, by: presentPerson(lockedBy) },
    },
    role,
    carnets,
    backlinks,
    brokenLinks: brokenLinks.get(id) ?? [],
    terms,
    uses,
    community,
    authorMode: note.authorMode,
    authorsByName,
    readers: presentPeople(note.readers, guests),
    commenters: presentPeople(note.commenters, guests),
    editRequests: canDecideEditRequests(role) ? await presentRequests(context, requests) : [],
    asked: requests.some((one) => one.person === caller?.id),
    ...setAside,
    versionCount,
  };
}
