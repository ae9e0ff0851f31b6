import { setImmediate as turn } from 'node:timers/promises';
import * as Y from 'yjs';
import { yDocToNoteContent } from '#shared/document/noteContent.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { VersionText } from '../../export/archive/ArchiveContent.ts';
import type { AuthoredLog } from '../../Identities.ts';
import type { VersionRecord } from '../../storage/ports/VersionStore.ts';

/** Rows that are read at a time: others have their turn in between. */
const rowsAtATime = 500;

/**
 * Reads what a note said at each of its versions, in one walk along its log.
 * @param versions - oldest first.
 */
export async function* readVersions(
  log: Pick<AuthoredLog, 'read'>,
  document: DocumentId,
  versions: readonly VersionRecord[],
  signal: AbortSignal,
): AsyncGenerator<VersionText> {
  const doc = new Y.Doc({ gc: false });
  try {
    let after = 0;
    for (const version of versions) {
      while (after < version.seq) {
        signal.throwIfAborted();
        const upTo = Math.min(version.seq, after + rowsAtATime);
        const rows = await log.read(document, after, upTo);
        doc.transact(() => {
          for (const { bytes } of rows) Y.applyUpdate(doc, bytes);
        });
        after = upTo;
        await turn();
      }
      yield { version, content: yDocToNoteContent(doc) };
    }
  } finally {
    doc.destroy();
  }
}
