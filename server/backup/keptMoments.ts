import type { CarnetId, DocumentId } from '#shared/domain/ids.ts';
import type { Catalogue } from '../storage/ports/Catalogue.ts';
import type { VersionStore } from '../storage/ports/VersionStore.ts';

/** The rows of a document after which it can be shown whatever is thinned: those of its versions, by which an edition holds its notes too, and of a carnet those of its editions. */
export async function keptMoments(
  parts: { readonly versions: VersionStore; readonly catalogue: Pick<Catalogue, 'editions'> },
  document: DocumentId,
): Promise<number[]> {
  const [versions, editions] = [
    await parts.versions.list(document),
    await parts.catalogue.editions.list(document as CarnetId),
  ];
  return [...versions, ...editions].map(({ seq }) => seq);
}
