import { entriesOf } from '#shared/document/fields.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { MirrorRecord } from '../storage/ports/MirrorStore.ts';

/** Takes a note that stays on this computer out of the copies of its home's carnets: there nobody could see it. */
export async function leaveCarnets(
  { catalogue, documents, indexer }: Pick<RelayContext, 'catalogue' | 'documents' | 'indexer'>,
  { document, kind, relay }: MirrorRecord,
): Promise<void> {
  const local = await catalogue.persons.firstOfKind('local');
  if (kind !== 'note' || local === null) return;
  for (const copy of await catalogue.mirrored.list()) {
    if (copy.kind !== 'carnet' || copy.relay !== relay) continue;
    const read = await documents.read(copy.document);
    const holds = read !== null && entriesOf(read.doc).has(document);
    read?.doc.destroy();
    if (!holds) continue;
    await documents.change(copy.document, { person: local.id, operation: 'remove' }, (doc) => {
      entriesOf(doc).delete(document);
    });
    await indexer.indexNow(copy.document);
  }
}
