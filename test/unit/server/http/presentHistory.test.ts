import { expect, test } from 'vitest';
import type { PersonId, VersionId } from '#shared/domain/ids.ts';
import { presentSittings } from '#server/http/presentHistory.ts';
import { memoryCatalogue } from '#server/storage/memory/memoryCatalogue.ts';
import { testId } from '../../../support/newRelay.ts';

const [guest, ada, chloe] = [testId<PersonId>(1), testId<PersonId>(2), testId<PersonId>(3)];

test('[R117] of a sitting that was counted when two were not one yet, both count as the one', async () => {
  const catalogue = memoryCatalogue();
  const person = { colour: 'azur', role: 'member', createdAt: 1 } as const;
  await catalogue.persons.add({ ...person, id: guest, kind: 'guest', name: 'En visite' });
  await catalogue.persons.add({ ...person, id: ada, kind: 'account', name: 'Ada' });
  await catalogue.persons.add({ ...person, id: chloe, kind: 'account', name: 'Chloé' });
  await catalogue.identities.join(guest, ada, 1, { audit: [], notices: [] });
  const version = {
    id: testId<VersionId>(9),
    seq: 4,
    kind: 'named',
    name: 'Une',
    createdAt: 4,
    person: guest,
  } as const;
  const sitting = {
    number: 0,
    kind: 'writing',
    fromSeq: 1,
    toSeq: 4,
    fromTime: 1,
    toTime: 4,
    people: [
      { person: chloe, written: 30, removed: 1 },
      { person: ada, written: 20, removed: 2 },
      { person: guest, written: 15, removed: 3 },
      { person: null, written: 1, removed: 0 },
    ],
    versions: [version],
  } as const;
  const shown = await presentSittings(catalogue, {
    total: 1,
    sittings: [{ ...sitting, people: [...sitting.people], versions: [...sitting.versions] }],
  });
  expect(shown.sittings[0]?.people).toEqual([
    { person: ada, written: 35, removed: 5 },
    { person: chloe, written: 30, removed: 1 },
    { person: null, written: 1, removed: 0 },
  ]);
  expect(shown.sittings[0]?.versions).toEqual([{ ...version, person: ada }]);
  expect(shown.people.map(({ name }) => name)).toEqual(['Chloé', 'Ada']);
});
