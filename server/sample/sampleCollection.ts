import type { NewCollectionContent } from '#shared/document/writeContent.ts';
import { orderKeysBetween } from '#shared/document/orderKeys.ts';
import { type CategoryId, idFromBytes, type MemberId } from '#shared/domain/ids.ts';
import type { Random } from './random.ts';
import { sampleDescription } from './sampleText.ts';
import * as words from './words.ts';

/**
 * What a carnet or a base says: half of them arrange what they gather in categories, and some pin its beginning.
 * @param members - ids of what it gathers, in its order.
 */
export function sampleCollection(
  random: Random,
  title: string,
  members: readonly MemberId[],
): NewCollectionContent {
  const names = random.chance(0.5) ? random.some(words.categoryNames, random.between(2, 6)) : [];
  const categoryKeys = orderKeysBetween(null, null, names.length);
  const categories = names.map((name, at) => ({
    id: idFromBytes<CategoryId>(random.bytes(16)),
    name,
    order: categoryKeys[at] ?? '',
    list: '',
  }));
  const keys = orderKeysBetween(null, null, members.length);
  return {
    title,
    description: sampleDescription(random),
    language: 'fr',
    categories,
    entries: members.map((memberId, at) => ({
      memberId,
      order: keys[at] ?? '',
      category: categories.length > 0 && random.chance(0.8) ? random.pick(categories).id : null,
      pinned: at < 2 && random.chance(0.2),
    })),
  };
}
