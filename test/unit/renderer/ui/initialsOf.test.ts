import { expect, test } from 'vitest';
import { initialsOf } from '../../../../renderer/ui/PersonMark.tsx';

test.each([
  ['Marie-Ève Côté', 'MC'],
  ['Zoé', 'Z'],
  ['Zoé (selon l’appareil de Ada)', 'Z'],
  ['Ada Byron (according to the archive)', 'AB'],
  ['(?)', '?'],
  ['', '?'],
])('« %s » is marked %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials);
});
