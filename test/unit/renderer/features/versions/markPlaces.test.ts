import { expect, test } from 'vitest';
import * as build from '#shared/document/buildContent.ts';
import { markPlaces } from '../../../../../renderer/features/versions/putBack/markPlaces.ts';

test('blocks that the note no longer holds say where they stood; empty ones, and those it holds, do not', () => {
  const then = build.body(
    build.paragraph('Un.'),
    build.paragraph(),
    build.paragraph('Deux.'),
    build.bulletList('Corde'),
  );
  const now = build.body(build.paragraph('Un.'), build.bulletList('Corde', 'Seau'));
  expect((markPlaces(then, now).content ?? []).map(({ attrs }) => attrs?.['was'])).toEqual([
    undefined,
    undefined,
    7,
    14,
  ]);
});
