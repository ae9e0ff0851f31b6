import { expect, test } from 'vitest';
import type { DeviceId, PersonId } from '#shared/domain/ids.ts';
import { ClientOwners } from '#server/room/ClientOwners.ts';
import { testId } from '../../../support/newRelay.ts';

const alice = { person: testId<PersonId>(1), device: testId<DeviceId>(1) };
const benoit = { person: testId<PersonId>(2), device: testId<DeviceId>(2) };
const structs = (...clients: number[]) => clients.map((client) => ({ client }));

test('the owner of a client id is stored once, with the first row that has structs of it', () => {
  const owners = new ClientOwners([{ client: 1, ...alice }]);
  owners.bind(2, benoit, false);
  // One that the log has, one that presence named, one that nobody named yet.
  expect(owners.toStore(structs(1, 2, 3))).toEqual([2, 3]);
  for (const client of [1, 2, 3]) owners.bind(client, benoit, true);
  expect(owners.toStore(structs(1, 2, 3))).toEqual([]);
  owners.bind(3, benoit, false);
  expect(owners.toStore(structs(3))).toEqual([]);
});

test('an id stays with who named it first', () => {
  const owners = new ClientOwners([{ client: 1, ...alice }]);
  owners.bind(1, benoit, true);
  expect([owners.whose(1, alice), owners.whose(1, benoit), owners.whose(9, alice)]).toEqual([
    'own',
    'otherPerson',
    'free',
  ]);
});

test('[R117] an id of somebody who became another is the other’s own, from any device; nobody else’s', () => {
  let isJoined = false;
  const owners = new ClientOwners([{ client: 1, ...alice }], {
    isOne: (owner, asker) => isJoined && owner === alice.person && asker === benoit.person,
    mayState: () => false,
  });
  const carol = { person: testId<PersonId>(3), device: alice.device };
  expect(owners.whose(1, benoit)).toBe('otherPerson');
  isJoined = true;
  expect([owners.whose(1, benoit), owners.whose(1, carol)]).toEqual(['own', 'otherPerson']);
});
