import { isDeepStrictEqual } from 'node:util';
import { yDocToNoteContent } from '#shared/document/noteContent.ts';
import type { CollectionId, DocumentId, NoteId, PersonId } from '#shared/domain/ids.ts';
import { canManageCollection, canReadNote, canSeeNoteHistory } from '#shared/permissions/permissions.ts';
import { collectionsOf, roleOnCollection, roleOnNote } from '../../access.ts';
import type { ArchiveManifest } from '../../archive/archiveFormat.ts';
import { loadCaller } from '../../Caller.ts';
import type { JournalPlace, Meet, Meeting } from '../../import/archive/ArchivePlan.ts';
import { toHex } from '../../proof/proofFile.ts';
import { rawPublicKey } from '../../signingKey.ts';
import { peopleHere } from '../../peopleHere.ts';
import type { ArchiveContext } from './ArchiveContext.ts';
import { mayLinkTo } from './reopen.ts';

/** Whether a document here has all the rows of a log. */
async function holds(
  { examine }: Pick<ArchiveContext, 'examine'>,
  { document, seq, digest }: JournalPlace,
): Promise<boolean> {
  const examined = await examine(document, seq);
  return examined?.digest != null && Buffer.from(examined.digest).equals(digest);
}

/**
 * What somebody has here of an archive. Of what they may not see here nothing is said: it comes in anew, under another id.
 * The archive speaks for people here only where it was made here, which its signature says: anybody can write anybody's id.
 */
export function meetArchive(context: ArchiveContext, person: PersonId, manifest: ArchiveManifest): Meet {
  const { catalogue, documents } = context;
  const isOwn = manifest.key === toHex(rawPublicKey(context.signingKey));
  /** Something else may bear the id: of a log without a catalogue's part, too. */
  const unknown = async (document: DocumentId): Promise<Meeting> =>
    (await context.journals.head(document)) === null ? 'new' : 'taken';
  return {
    isOwn,
    async note({ id, content }, journal) {
      const record = await catalogue.notes.get(id);
      if (record === null) return unknown(id);
      const role = roleOnNote(await loadCaller(catalogue, person), record);
      if (!canReadNote(role)) return 'taken';
      if (journal !== null)
        return canSeeNoteHistory(role) && (await holds(context, journal)) ? 'same' : 'taken';
      const read = await documents.readable(id as NoteId);
      if (read === null || content === null) return 'taken';
      const { title, body } = yDocToNoteContent(read.doc);
      read.doc.destroy();
      return isDeepStrictEqual({ title, body }, { title: content.title, body: content.body })
        ? 'same'
        : 'taken';
    },
    async collection({ id, kind }, journal) {
      const record = await collectionsOf(catalogue, kind).get(id as CollectionId);
      if (record === null) return unknown(id);
      const role = roleOnCollection(await loadCaller(catalogue, person), record);
      return journal !== null && canManageCollection(role) && (await holds(context, journal))
        ? 'same'
        : 'taken';
    },
    async mayRead(id) {
      const record = await catalogue.notes.get(id);
      return record !== null && canReadNote(roleOnNote(await loadCaller(catalogue, person), record));
    },
    mayLink: async (community) => mayLinkTo(context, await loadCaller(catalogue, person), community),
    async present(people) {
      if (!isOwn) return new Set();
      return new Set([...(await peopleHere(context, people))].filter((id) => id !== person));
    },
    async strangers(people) {
      if (isOwn || people.length === 0) return new Set();
      const known = await catalogue.persons.getMany(people);
      return new Set(
        people.filter(
          (id) => context.identities.of(id) !== person && (known.get(id)?.kind ?? 'archived') !== 'archived',
        ),
      );
    },
  };
}
