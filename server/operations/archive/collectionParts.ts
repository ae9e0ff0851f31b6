import { AppError } from '#shared/api/errorCodes.ts';
import { yDocToCollectionContent } from '#shared/document/noteContent.ts';
import type { CarnetId, CollectionId, MemberId, NoteId } from '#shared/domain/ids.ts';
import {
  canContributeToCollection,
  canManageCollection,
  canReadNote,
} from '#shared/permissions/permissions.ts';
import { notAllowed, roleOnCollection, roleOnNote } from '../../access.ts';
import type { ArchivedCollection } from '../../archive/archiveFormat.ts';
import type { CollectionPart, JournalPart } from '../../export/archive/ArchiveContent.ts';
import type { Caller } from '../../Caller.ts';
import type { CollectionRecord } from '../../storage/ports/CollectionStore.ts';
import type { FrozenFacts } from '../../storage/ports/EditionStore.ts';
import type { ArchiveContext } from './ArchiveContext.ts';
import { readJournal } from './noteParts.ts';

interface Asked {
  readonly record: CollectionRecord;
  /** The notes of the archive. */
  readonly inside: ReadonlySet<NoteId>;
}

async function presentOf(
  { documents }: ArchiveContext,
  id: CollectionId,
  isInside: (member: MemberId) => boolean,
  mayAdd: boolean,
): Promise<{ readonly title: string; readonly content: NonNullable<ArchivedCollection['content']> }> {
  const read = await documents.readable(id);
  if (read === null) throw notAllowed();
  const { title, description, guide, language, categories, entries } = yDocToCollectionContent(read.doc);
  read.doc.destroy();
  return {
    title,
    content: {
      title,
      description,
      guide: mayAdd ? guide : null,
      language,
      categories: categories.map(({ id: category, name, order, list }) => ({
        id: category,
        name,
        order,
        list,
      })),
      entries: entries
        .filter(({ memberId }) => isInside(memberId))
        .map(({ memberId, order, category, also = [], pinned, held }) => ({
          memberId,
          order,
          category,
          also: [...also],
          pinned,
          ...(held !== undefined && { held }),
        })),
    },
  };
}

/** What an edition says of the notes that somebody may read, and of nobody else. */
function openFacts(facts: FrozenFacts, mayRead: (id: NoteId) => boolean): FrozenFacts {
  const only = <Kept>(kept: Readonly<Record<NoteId, Kept>>): Record<NoteId, Kept> =>
    Object.fromEntries(Object.entries(kept).filter(([id]) => mayRead(id as NoteId)));
  const notes = only(facts.notes);
  const told = Object.values(notes);
  const people = new Set([...facts.managers, ...told.flatMap(({ authors }) => authors)]);
  const communities = new Set([facts.community, ...told.map(({ community }) => community)]);
  const among = <Named extends Readonly<Record<string, string>>>(
    names: Named,
    of: ReadonlySet<unknown>,
  ): Named => Object.fromEntries(Object.entries(names).filter(([id]) => of.has(id))) as Named;
  return {
    ...facts,
    notes,
    outside: only(facts.outside),
    names: among(facts.names, people),
    communities: among(facts.communities, communities),
  };
}

async function editionsOf(
  { catalogue }: ArchiveContext,
  caller: NonNullable<Caller>,
  carnet: CarnetId,
): Promise<ArchivedCollection['editions']> {
  const editions = await catalogue.editions.list(carnet);
  const named = editions.flatMap(({ facts }) => [...Object.keys(facts.notes), ...Object.keys(facts.outside)]);
  const records = await catalogue.notes.getMany([...new Set(named)] as NoteId[]);
  const mayRead = (id: NoteId): boolean => {
    const record = records.get(id);
    return record !== undefined && canReadNote(roleOnNote(caller, record));
  };
  return editions.toReversed().map(({ carnet: _, facts, ...edition }) => ({
    ...edition,
    facts: openFacts(facts, mayRead) as ArchivedCollection['editions'][number]['facts'],
  }));
}

/** All of a carnet or of a base that somebody may read, for an archive: who keeps it has its whole history. @param collections - those of the archive. */
export async function readCollectionPart(
  context: ArchiveContext,
  caller: NonNullable<Caller>,
  { record, inside }: Asked,
  collections: ReadonlySet<CollectionId>,
  signal: AbortSignal,
): Promise<CollectionPart> {
  const { id, kind, visibility, contributionPolicy, cover, template, createdAt } = record;
  const isInside = (member: MemberId): boolean =>
    kind === 'base' ? collections.has(member as CarnetId) : inside.has(member as NoteId);
  const role = roleOnCollection(caller, record);
  const present = await presentOf(context, id, isInside, canContributeToCollection(role));
  // Whoever writes in its document has all of it, and its editions.
  const isManager = canManageCollection(role);
  let journal: JournalPart | null = null;
  if (isManager)
    try {
      journal = await readJournal(context, id, signal);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'document_damaged') throw error;
    }
  const community =
    record.community === null ? null : await context.catalogue.communities.get(record.community);
  return {
    title: present.title,
    journal,
    collection: {
      id,
      kind,
      visibility,
      contributionPolicy,
      community: community === null ? null : { id: community.id, name: community.name },
      cover,
      template: isManager ? template : null,
      createdAt,
      managers: [...record.managers],
      contributors: isManager ? [...record.contributors] : [],
      readers: isManager ? [...record.readers] : [],
      content: journal === null ? present.content : null,
      editions: isManager && kind === 'carnet' ? await editionsOf(context, caller, id as CarnetId) : [],
    },
  };
}
