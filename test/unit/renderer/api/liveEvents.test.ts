import { QueryClient } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RelayEvent } from '#shared/api/events.ts';
import { EventGatherer } from '../../../../renderer/api/EventGatherer.ts';
import { applyRelayEvent } from '../../../../renderer/api/useLiveEvents.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const note = (id: string): RelayEvent => ({ type: 'note', id });

test('the first hint is passed on at once, what follows within a second once and together', () => {
  const passed: RelayEvent[] = [];
  const gatherer = new EventGatherer((event) => passed.push(event));
  gatherer.add(note('a'));
  expect(passed).toEqual([note('a')]);
  for (let n = 0; n < 10; n++) gatherer.add(note('b'));
  gatherer.add(note('a'));
  vi.advanceTimersByTime(999);
  expect(passed).toEqual([note('a')]);
  vi.advanceTimersByTime(1);
  expect(passed).toEqual([note('a'), note('b'), note('a')]);
  vi.advanceTimersByTime(1_000);
  gatherer.add(note('c'));
  expect(passed.at(-1)).toEqual(note('c'));
});

test('a page that is gone is told nothing more', () => {
  const passed: RelayEvent[] = [];
  const gatherer = new EventGatherer((event) => passed.push(event));
  gatherer.add(note('a'));
  gatherer.add(note('b'));
  gatherer.close();
  vi.advanceTimersByTime(5_000);
  expect(passed).toEqual([note('a')]);
});

test('a change of a note is asked for by the pages of the carnets that name it, and by no other carnet’s', () => {
  const client = new QueryClient();
  const page = (over: object) => ({ entries: [], away: [], template: null, ...over });
  const pages = {
    holds: page({ entries: [{ memberId: 'n' }] }),
    away: page({ away: [{ memberId: 'n' }] }),
    template: page({ template: { key: 'n', title: 'Modèle' } }),
    other: page({ entries: [{ memberId: 'm' }], template: { key: 'minutes', title: '' } }),
  };
  for (const [id, data] of Object.entries(pages)) client.setQueryData(['collection', 'carnet', id], data);
  client.setQueryData(['collection', 'carnet', 'other', 'broken-links'], { links: [] });
  client.setQueryData(['collection', 'base', 'base'], page({ entries: [{ memberId: 'n' }] }));
  client.setQueryData(['notes', 'recent'], { notes: [] });
  applyRelayEvent(client, note('n'));
  const stale = client
    .getQueryCache()
    .findAll({ stale: true })
    .filter(({ state }) => state.isInvalidated)
    .map(({ queryKey }) => queryKey.join(' '));
  expect(stale.toSorted()).toEqual([
    'collection carnet away',
    'collection carnet holds',
    'collection carnet other broken-links',
    'collection carnet template',
    'notes recent',
  ]);
});
