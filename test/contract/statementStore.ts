import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Catalogue } from '#server/storage/ports/Catalogue.ts';
import { id, nothing, person, registered } from './records.ts';

const [host, guest, zoe, yan] = [1, 2, 3, 4].map((n) => id<PersonId>(n)) as [
  PersonId,
  PersonId,
  PersonId,
  PersonId,
];
const stated = (who: PersonId, name: string) => ({ ...person(who, name, 5, 'stated'), statedBy: 'Ada' });

/** What every adapter of `StatementStore` does. @param open - an empty catalogue, and the way to close it. */
export function describeStatementStore(
  name: string,
  open: () => Promise<{ catalogue: Catalogue; close: () => Promise<void> }>,
): void {
  describe(`StatementStore of ${name}`, () => {
    let catalogue: Catalogue;
    let close: () => Promise<void>;
    beforeEach(async () => {
      ({ catalogue, close } = await open());
      await catalogue.persons.add(person(host, 'Ada', 1, 'account'));
    });
    afterEach(() => close());

    test('they are there in order, with whom they name, by whom, and their trace', async () => {
      const { statements, persons, register } = catalogue;
      expect(await statements.all()).toEqual([]);
      const first = { person: yan, host, guest, claimHash: null, statedAt: 5 };
      const second = { person: zoe, host, guest: id<PersonId>(9), claimHash: 'c', statedAt: 6 };
      const line = registered(5, 'account.stated', { by: host, subjectId: yan, person: yan });
      await statements.add(first, stated(yan, 'Yan'), { audit: [line], notices: [] });
      await statements.add(second, stated(zoe, 'Zoé'), nothing);
      expect(await statements.all()).toEqual([first, second]);
      expect(await persons.get(zoe)).toEqual(stated(zoe, 'Zoé'));
      expect(await register.about(yan)).toEqual([line]);
    });

    test('who is somebody here already is not stated: nothing is written', async () => {
      const { statements, persons } = catalogue;
      const statement = { person: host, host, guest, claimHash: null, statedAt: 5 };
      await expect(statements.add(statement, stated(host, 'Autre'), nothing)).rejects.toBeInstanceOf(Error);
      expect(await statements.all()).toEqual([]);
      expect((await persons.get(host))?.name).toBe('Ada');
    });

    test('who is confirmed is the account from then on, and the statement stays', async () => {
      const { statements, persons, identities } = catalogue;
      await statements.add(
        { person: zoe, host, guest, claimHash: 'c', statedAt: 5 },
        stated(zoe, 'Zoé'),
        nothing,
      );
      expect(await identities.join(zoe, host, 7, nothing)).not.toBeNull();
      expect((await persons.get(zoe))?.id).toBe(host);
      expect(await statements.all()).toHaveLength(1);
      expect(await identities.join(zoe, host, 8, nothing)).toBeNull();
    });
  });
}
