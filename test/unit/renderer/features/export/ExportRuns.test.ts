import { beforeEach, expect, test, vi } from 'vitest';
import type { ExportStatus } from '#shared/api/exports.ts';
import type { ExportId, NoteId } from '#shared/domain/ids.ts';
import { type ExportBody, ExportRuns } from '../../../../../renderer/features/export/ExportRuns.ts';
import { retryUntil } from '../../../../support/retryUntil.ts';

const body: ExportBody = { subject: 'note', subjectId: 'note' as NoteId };
const statusOf = (step: ExportStatus['step'], more: Partial<ExportStatus> = {}): ExportStatus => ({
  id: 'export' as ExportId,
  step,
  progress: 0.5,
  fileName: 'Note.pdf',
  pages: null,
  bytes: null,
  errorCode: null,
  expiresAt: null,
  ...more,
});

const start = vi.fn<(asked: ExportBody) => Promise<ExportStatus>>();
const status = vi.fn<() => Promise<ExportStatus>>();
const cancel = vi.fn<(id: ExportId) => Promise<void>>();
const onUnseen = vi.fn();
let runs: ExportRuns;
beforeEach(() => {
  vi.resetAllMocks();
  start.mockResolvedValue(statusOf('queued'));
  cancel.mockResolvedValue(undefined);
  runs = new ExportRuns({ start, status, cancel, onUnseen, pollMs: 1 });
});
const kindOf = (key: string) => runs.state(key).kind;

test('who looks sees it go on and end, and is told nothing else; gone, it is forgotten', async () => {
  status.mockResolvedValueOnce(statusOf('laying_out')).mockResolvedValue(statusOf('done'));
  const seen: string[] = [];
  const stop = runs.watch('a', () => {
    const state = runs.state('a');
    seen.push('status' in state ? (state.status?.step ?? 'begun') : state.kind);
  });
  runs.begin('a', body);
  await retryUntil('its end', () => kindOf('a') === 'over');
  expect(seen).toEqual(['begun', 'queued', 'laying_out', 'done']);
  expect(onUnseen).not.toHaveBeenCalled();
  expect(kindOf('b')).toBe('idle');
  stop();
  expect(kindOf('a')).toBe('idle');
});

test('who leaves is told of its end, and finds it there until its file is gone', async () => {
  const expiresAt = Date.now() + 60_000;
  status.mockResolvedValue(statusOf('done', { expiresAt }));
  const stop = runs.watch('a', () => undefined);
  runs.begin('a', body);
  stop();
  await retryUntil('word of its end', () => onUnseen.mock.calls.length > 0);
  expect(onUnseen.mock.calls).toEqual([[{ kind: 'over', status: statusOf('done', { expiresAt }) }]]);
  expect(cancel).not.toHaveBeenCalled();
  vi.spyOn(Date, 'now').mockReturnValue(expiresAt - 1);
  const look = runs.watch('a', () => undefined);
  expect(kindOf('a')).toBe('over');
  vi.spyOn(Date, 'now').mockReturnValue(expiresAt);
  runs.watch('a', () => undefined);
  expect(kindOf('a')).toBe('idle');
  look();
});

test('what cannot be begun or followed is said, to who left too', async () => {
  const error = new Error('refused');
  start.mockRejectedValueOnce(error);
  runs.begin('a', body);
  await retryUntil('the refusal', () => kindOf('a') === 'refused');
  expect(onUnseen).toHaveBeenLastCalledWith({ kind: 'refused', error });
  status.mockRejectedValueOnce(error);
  runs.watch('b', () => undefined);
  runs.begin('b', body);
  await retryUntil('the loss', () => kindOf('b') === 'refused');
  expect(onUnseen).toHaveBeenCalledTimes(1);
});

test('stopped before the relay has answered, or after, it is stopped there; begun anew, the former one is', async () => {
  const { promise, resolve } = Promise.withResolvers<ExportStatus>();
  start.mockReturnValueOnce(promise);
  runs.begin('a', body);
  runs.cancel('a');
  expect(kindOf('a')).toBe('idle');
  resolve(statusOf('queued'));
  await retryUntil('the relay to hear', () => cancel.mock.calls.length === 1);

  status.mockResolvedValue(statusOf('laying_out'));
  runs.begin('a', body);
  await retryUntil('it to go on', () => status.mock.calls.length > 1);
  start.mockResolvedValue(statusOf('done', { id: 'second' as ExportId }));
  runs.begin('a', body);
  expect(cancel).toHaveBeenCalledTimes(2);
  await retryUntil('its end', () => kindOf('a') === 'over');
  runs.cancel('a');
  expect(cancel).toHaveBeenCalledTimes(2);
  expect(onUnseen).toHaveBeenCalledTimes(1);
});
