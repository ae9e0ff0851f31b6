import { AppError } from '#shared/api/errorCodes.ts';
import type { CollectionRef } from '#shared/domain/Collection.ts';
import type { AttachmentId, CarnetId, CollectionId, NoteId } from '#shared/domain/ids.ts';
import { newId } from '../../secrets.ts';
import { beginMaking, endMaking, type MadeImport, takeAway } from '../makeImport.ts';
import { storeFile } from '../storeAttachment.ts';
import type { ArchiveMaking, MakingContext } from './ArchiveMaking.ts';
import { knowArchivedPeople } from './archivedPeople.ts';
import { bringCollection, rowsIn } from './bringCollection.ts';
import { bringNote } from './bringNote.ts';
import { reopen } from './reopen.ts';

/** Files that came in, and those that did not: of a type that is not taken here, or whose id is another file's. */
async function bringFiles(
  context: MakingContext,
  { person, plan, signal }: ArchiveMaking,
  holders: ReadonlyMap<AttachmentId, readonly NoteId[]>,
): Promise<void> {
  const { attachments } = context.catalogue;
  for (const medium of plan.manifest.media) {
    signal.throwIfAborted();
    const { id, name, type, sha256 } = medium;
    const [first, ...others] = holders.get(id) ?? [];
    const here = await attachments.get(id);
    if (here !== null) {
      // Who brings the same bytes has them already.
      if (here.digest === sha256)
        for (const note of holders.get(id) ?? []) await attachments.grant([id], note);
      continue;
    }
    try {
      const file = { id, name, announced: type, bytes: plan.reader.medium(medium) };
      await storeFile(context, person, file, first ?? null);
      for (const note of others) await attachments.grant([id], note);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'type_not_supported') throw error;
    }
  }
}

/**
 * Makes what an archive brings: notes and collections with their logs, versions, discussions and files, for who brings it alone, or as it was before; all of it, or nothing. What they have here already is left as it is, and what bears an id of something else comes in under a
 * new one.
 * @throws AppError `archive_damaged`, `quota_exceeded`, `storage_full`, `storage_failed`…; an AbortError. What was made by then is taken away.
 */
export async function makeArchive(context: MakingContext, making: ArchiveMaking): Promise<MadeImport> {
  const { person, plan, rowsOf, signal, onProgress } = making;
  const { manifest } = plan;
  const coming = plan.notes.filter(({ meeting }) => meeting !== 'same');
  const collections = plan.collections.filter(({ meeting }) => meeting !== 'same');
  const ids = new Map(
    coming.map(({ note, meeting }) => [note.id, meeting === 'taken' ? newId<NoteId>() : note.id]),
  );
  const places = new Map(
    collections.map(({ collection: { id }, meeting }) => [
      id,
      meeting === 'taken' ? newId<CollectionId>() : id,
    ]),
  );
  const known = await Promise.all(
    manifest.media.map(async ({ id }) =>
      (await context.catalogue.attachments.get(id)) === null ? [id] : [],
    ),
  );
  const underWay = {
    person,
    notes: [...ids.values()],
    files: known.flat(),
    carnet: null,
    collections: collections.map(
      ({ collection: { id, kind } }) => ({ id: places.get(id) ?? id, kind }) as CollectionRef,
    ),
  };
  await beginMaking(context, underWay);
  try {
    const people = await knowArchivedPeople(context, plan, person);
    const whole = new Set<NoteId>();
    const holders = new Map<AttachmentId, NoteId[]>();
    for (const [at, { note, journal, meeting }] of coming.entries()) {
      signal.throwIfAborted();
      const id = ids.get(note.id) ?? note.id;
      const about = manifest.notes.find((one) => one.id === note.id)?.journal ?? null;
      const isCopy = meeting === 'taken';
      const log =
        journal === null || about === null ? null : { about, rows: await rowsIn(rowsOf, journal, signal) };
      await bringNote(context, note, log, { id, isCopy, by: person, madeAt: manifest.madeAt, people });
      if (!isCopy && log !== null) whole.add(note.id);
      for (const file of note.files) holders.set(file, [...(holders.get(file) ?? []), id]);
      onProgress((0.8 * (at + 1)) / (coming.length + collections.length));
    }
    await bringFiles(context, making, holders);
    for (const planned of collections)
      await bringCollection(context, making, planned, { ids, places, people, whole });
    if (making.asBefore) await reopen(context, making, { ids, places, people });
    await endMaking(context);
    context.events.emit({ type: 'lists' });
    const first = collections[0]?.collection;
    return {
      notes: [...ids.values()],
      terms: [],
      carnet: first?.kind === 'carnet' ? ((places.get(first.id) ?? first.id) as CarnetId) : null,
      unfiled: 0,
      collections: underWay.collections,
    };
  } catch (error) {
    await takeAway(context, underWay);
    await endMaking(context);
    throw error;
  }
}
