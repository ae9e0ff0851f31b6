import { useCallback, useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import type { ExportStatus, startExportSchema } from '#shared/api/exports.ts';
import { api } from '../../api/index.ts';

const pollMs = 400;
const over = new Set<ExportStatus['step']>(['done', 'failed', 'cancelled']);

/** Where an export is: not begun, going on or over, or refused. */
export type ExportState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly status: ExportStatus | null }
  | { readonly kind: 'over'; readonly status: ExportStatus }
  | { readonly kind: 'refused'; readonly error: unknown };

/** True when an export has come to its end, good or bad. */
export const isOver = (status: ExportStatus): boolean => over.has(status.step);

/** Starts an export, follows it until it is over, and cancels it when asked or when the component goes. */
export function useExport() {
  const [state, setState] = useState<ExportState>({ kind: 'idle' });
  const running = useRef<{ stop: () => void } | null>(null);

  const begin = useCallback((body: z.input<typeof startExportSchema>) => {
    running.current?.stop();
    const abort = new AbortController();
    let id: ExportStatus['id'] | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = (): void => {
      if (abort.signal.aborted) return;
      abort.abort();
      clearTimeout(timer);
      // Whether the relay heard or the export had just ended, nothing is left to do here.
      if (id !== null) api.cancelExport(id).catch(() => undefined);
    };
    const mine = { stop };
    running.current = mine;
    const refuse = (error: unknown): void => {
      if (!abort.signal.aborted) setState({ kind: 'refused', error });
    };
    const follow = (status: ExportStatus): void => {
      if (abort.signal.aborted) {
        if (!isOver(status)) api.cancelExport(status.id).catch(() => undefined);
        return;
      }
      id = status.id;
      if (isOver(status)) {
        running.current = null;
        setState({ kind: 'over', status });
        return;
      }
      setState({ kind: 'running', status });
      timer = setTimeout(() => api.exportStatus(status.id, abort.signal).then(follow, refuse), pollMs);
    };
    setState({ kind: 'running', status: null });
    api.startExport(body).then(follow, refuse);
  }, []);
  const cancel = useCallback(() => {
    running.current?.stop();
    running.current = null;
    setState({ kind: 'idle' });
  }, []);
  useEffect(() => () => running.current?.stop(), []);
  return { state, begin, cancel };
}
