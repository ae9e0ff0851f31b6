import { expect, it } from 'vitest';
import { personColours } from '#shared/domain/Person.ts';
import { leastUsedColour } from '#server/operations/freeColour.ts';

const last = (count: number) => count - 1;

it('draws among the hues that nobody has', () => {
  const free = personColours.slice(3);
  expect(leastUsedColour(personColours.slice(0, 3), last)).toBe(free.at(-1));
  expect(leastUsedColour(personColours.slice(0, 3), () => 0)).toBe(free[0]);
});

it('draws among the least used when everyone has one', () => {
  expect(leastUsedColour([...personColours, ...personColours.slice(1)], last)).toBe(personColours[0]);
});
