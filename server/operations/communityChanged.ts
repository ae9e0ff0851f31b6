import type { CommunityId } from '#shared/domain/ids.ts';
import type { RelayContext } from '../RelayContext.ts';

/**
 * After the people of a community changed: the rights on everything that is linked to it are asked again, at once, and who is looking sees it.
 */
export async function communityChanged(context: RelayContext, id: CommunityId): Promise<void> {
  const { catalogue, documents, events } = context;
  const [notes, carnets, bases] = await Promise.all([
    catalogue.notes.ofCommunity(id),
    catalogue.carnets.ofCommunity(id),
    catalogue.bases.ofCommunity(id),
  ]);
  await Promise.all([...notes, ...carnets, ...bases].map((one) => documents.recheckAccess(one.id)));
  for (const note of notes) events.emit({ type: 'note', id: note.id });
  for (const { kind: type, id: one } of [...carnets, ...bases]) events.emit({ type, id: one });
  events.emit({ type: 'community', id });
  events.emit({ type: 'lists' });
}
