import { collectionPageSchema } from '#shared/api/collections.ts';
import type { CollectionKind, CollectionRef } from '#shared/domain/Collection.ts';
import type { MirrorFace } from '../mirror/MirrorFace.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { WithUnplaced } from './homeProxy.ts';
import { presentCollectionPage } from './presentCollections.ts';

/** Adds to what a home says of a carnet or a base what is in its copy and was never at the home: it shows here as what it is, and there from the next contact on. */
export function unplacedEntries(
  relay: RelayContext,
  mirror: Pick<MirrorFace, 'state' | 'states'>,
): WithUnplaced {
  return async (caller, id, body) => {
    const state = mirror.state(id);
    if (state === null) return body;
    const unplaced = new Set(
      mirror
        .states(state.relay)
        .filter(({ reason, lastContact }) => reason === 'created' && lastContact === null)
        .map(({ document }) => document as string),
    );
    if (unplaced.size === 0) return body;
    const kind = state.kind as CollectionKind;
    const here = await presentCollectionPage(relay, caller, { kind, id } as CollectionRef);
    const entries = here.entries.filter(({ memberId }) => unplaced.has(memberId));
    const shown = collectionPageSchema.loose().safeParse(JSON.parse(body));
    if (entries.length === 0 || !shown.success) return body;
    const known = new Set(shown.data.entries.map(({ memberId }) => memberId));
    // The home knows no more of them than that something is there.
    const away = shown.data.away.filter(({ memberId }) => !unplaced.has(memberId));
    const added = entries.filter(({ memberId }) => !known.has(memberId));
    return JSON.stringify({ ...shown.data, away, entries: [...shown.data.entries, ...added] });
  };
}
