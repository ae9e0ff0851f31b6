import { expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { RemoteBatch } from '../../../../renderer/collaboration/RemoteBatch.ts';

function updatesOfTyping(text: string): Uint8Array[] {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update) => updates.push(update));
  for (const letter of text) doc.getText('title').insert(doc.getText('title').length, letter);
  return updates;
}

test('applies what arrived within the wait in one transaction, in order', () => {
  vi.useFakeTimers();
  try {
    const doc = new Y.Doc();
    const origin = {};
    const batch = new RemoteBatch(doc, origin, (error) => expect.unreachable(String(error)));
    const seen: unknown[] = [];
    doc.on('afterTransaction', (transaction) => seen.push(transaction.origin));
    const done = vi.fn();
    for (const update of updatesOfTyping('bonjour')) batch.add(update);
    batch.afterwards(done);
    expect([doc.getText('title').toJSON(), done.mock.calls.length]).toEqual(['', 0]);
    vi.advanceTimersByTime(100);
    expect([doc.getText('title').toJSON(), done.mock.calls.length, seen]).toEqual(['bonjour', 1, [origin]]);
  } finally {
    vi.useRealTimers();
  }
});

test('flushes at once when asked, and nothing is applied twice', () => {
  const doc = new Y.Doc();
  const batch = new RemoteBatch(doc, {}, () => {});
  for (const update of updatesOfTyping('abc')) batch.add(update);
  batch.flush();
  batch.flush();
  expect(doc.getText('title').toJSON()).toBe('abc');
});

test('bytes that are no update are reported, not thrown', () => {
  const onFailure = vi.fn<(error: unknown) => void>();
  const batch = new RemoteBatch(new Y.Doc(), {}, onFailure);
  batch.add(new Uint8Array([9, 9, 9, 9]));
  batch.flush();
  expect(onFailure).toHaveBeenCalledTimes(1);
});
