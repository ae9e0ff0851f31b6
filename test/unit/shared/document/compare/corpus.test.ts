import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import { corpus } from './corpus.ts';
import { compareBodies } from './showComparison.ts';

// What a careful person says of an edit is in corpus.ts; where the comparison says otherwise, the comparison is mended.
test.each(corpus)(
  'says of $name what a careful person says',
  ({ before, after, expected, orElse, changes }) => {
    const { lines, changeCount } = compareBodies(before, after);
    const said = orElse !== undefined && isDeepStrictEqual(lines, orElse) ? orElse : expected;
    expect({ lines, changeCount }).toEqual({ lines: said, changeCount: changes });
  },
);
