import type { MemberId } from '#shared/domain/ids.ts';
import type { CollectionSection } from './collectionContent.ts';

/**
 * Where an entry goes one step up or down: within its list, then on to the list before or after (never in or out of the
 * pinned ones, which is another act). Null at either end.
 */
export function stepPlace(
  sections: readonly CollectionSection[],
  memberId: MemberId,
  direction: -1 | 1 | 'first',
): { section: CollectionSection; index: number } | null {
  const at = sections.findIndex((section) => section.entries.some((entry) => entry.memberId === memberId));
  const section = sections[at];
  if (section === undefined) return null;
  const index = section.entries.findIndex((entry) => entry.memberId === memberId);
  if (direction === 'first') return index === 0 ? null : { section, index: 0 };
  const next = index + direction;
  if (next >= 0 && next < section.entries.length) return { section, index: next };
  const neighbour = sections[at + direction];
  if (neighbour === undefined || neighbour.pinned || section.pinned) return null;
  return { section: neighbour, index: direction === -1 ? neighbour.entries.length : 0 };
}
