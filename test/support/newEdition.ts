import { bookOptionsSchema } from '#shared/api/exports.ts';
import { noCover } from '#shared/domain/Collection.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { EditionRecord } from '#server/storage/ports/EditionStore.ts';

/** An edition as it is added: what a test does not say of it is usual, and it holds nothing. */
export function newEdition(
  edition: Pick<EditionRecord, 'carnet'> & Partial<EditionRecord>,
): Omit<EditionRecord, 'number' | 'withdrawn'> {
  const { number: _number, withdrawn: _withdrawn, ...said } = edition;
  return {
    title: '',
    remark: null,
    by: 'AAAAAAAAAAAAAAAAAAAAAA' as PersonId,
    at: 0,
    seq: 1,
    digest: '0'.repeat(64),
    options: bookOptionsSchema.parse({}),
    facts: {
      place: { site: 'Calepin', origin: null },
      cover: noCover,
      managers: [],
      community: null,
      changedAt: 0,
      notes: {},
      count: 0,
      withheld: 0,
      outside: {},
      names: {},
      communities: {},
    },
    ...said,
  };
}
