import type { CollectionRef } from '#shared/domain/Collection.ts';
import type { CommunityId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { RegisterLine } from '#shared/domain/Register.ts';
import { canLinkToCommunity, canWriteInItsName, communityRole } from '#shared/permissions/permissions.ts';
import { collectionsOf } from '../../access.ts';
import type { ArchivedCollection, ArchivedNote } from '../../archive/archiveFormat.ts';
import { type Caller, loadCaller } from '../../Caller.ts';
import type { RelayContext } from '../../RelayContext.ts';
import { changeCollection } from '../changeCollection.ts';
import { changeNote } from '../changeNote.ts';
import { collectionChanged } from '../collectionChanged.ts';
import { pushNotices, traceOf } from '../traceOf.ts';
import type { ArchiveMaking, MakingContext, Ways } from './ArchiveMaking.ts';

/** Whether somebody may link what is theirs to a community; it is not told whether one of that id is here otherwise. */
export async function mayLinkTo(
  { catalogue }: Pick<RelayContext, 'catalogue'>,
  caller: Caller,
  id: CommunityId,
): Promise<boolean> {
  return canLinkToCommunity(communityRole(caller, id)) && (await catalogue.communities.get(id)) !== null;
}

/**
 * Makes what was brought as open again as it was: the community that it was linked to, where the person may link to it; who may see it, each by the same rules as if the person chose it by hand; and the roles of
 * those who are here, where the archive speaks for them.
 */
export async function reopen(
  context: MakingContext,
  { person, plan }: ArchiveMaking,
  { ids, places, people }: Ways,
): Promise<void> {
  const caller = await loadCaller(context.catalogue, person);
  const communityOf = async ({ community }: ArchivedNote | ArchivedCollection) =>
    community !== null && (await mayLinkTo(context, caller, community.id)) ? community.id : null;
  for (const { note } of plan.notes) {
    const id = ids.get(note.id);
    if (id === undefined) continue;
    await giveBack(context, person, id, note, people.present);
    const community = await communityOf(note);
    await changeNote(context, caller, id, {
      ...(community !== null && { community }),
      ...visibilityOf(note, community),
      ...(mayWriteAs(caller, note, community) && { authorMode: 'community' }),
    });
  }
  for (const { collection } of plan.collections) {
    const id = places.get(collection.id);
    if (id === undefined) continue;
    const { kind, contributionPolicy: policy } = collection;
    const ref = { kind, id } as CollectionRef;
    await giveBackCollection(context, person, ref, collection, people.present);
    const community = await communityOf(collection);
    await changeCollection(context, caller, ref, {
      ...(community !== null && { community }),
      ...visibilityOf(collection, community),
      ...((policy !== 'community' || community !== null) && { contributionPolicy: policy }),
    });
  }
}

/** Who could see it, where that can be again: without its community, what that saw stays private. */
const visibilityOf = (
  { visibility }: Pick<ArchivedNote, 'visibility'>,
  community: CommunityId | null,
): Pick<ArchivedNote, 'visibility'> | Record<never, never> =>
  visibility === 'community' && community === null ? {} : { visibility };

function mayWriteAs(
  caller: Caller,
  { authorMode, kind }: ArchivedNote,
  community: CommunityId | null,
): boolean {
  if (authorMode !== 'community' || community === null || kind === 'organisation') return false;
  return canWriteInItsName(communityRole(caller, community));
}

type Present = Ways['people']['present'];

/** Authors, and who was invited, have their roles on a note again, and are told. */
async function giveBack(
  context: MakingContext,
  by: PersonId,
  id: NoteId,
  note: ArchivedNote,
  present: Present,
): Promise<void> {
  const { notes } = context.catalogue;
  for (const [role, people] of [
    ['author', note.authors],
    ['commenter', note.commenters],
    ['reader', note.readers],
  ] as const)
    for (const person of present(people)) {
      const line: RegisterLine = { by, act: 'note.role', subjectId: id, person, value: role };
      const trace = traceOf(
        context,
        line,
        role === 'author'
          ? [{ people: [person], kind: 'author_added', about: { subject: 'note', subjectId: id }, from: by }]
          : [],
      );
      await notes.addPerson(id, person, role, context.now(), trace);
      pushNotices(context, trace);
    }
}

async function giveBackCollection(
  context: MakingContext,
  by: PersonId,
  ref: CollectionRef,
  { managers, contributors, readers }: ArchivedCollection,
  present: Present,
): Promise<void> {
  const store = collectionsOf(context.catalogue, ref.kind);
  for (const [role, people] of [
    ['manager', managers],
    ['contributor', contributors],
    ['reader', readers],
  ] as const)
    for (const person of present(people)) {
      const line: RegisterLine = { by, act: `${ref.kind}.role`, subjectId: ref.id, person, value: role };
      await store.addPerson(ref.id, person, role, context.now(), traceOf(context, line));
    }
  await collectionChanged(context, ref);
}
