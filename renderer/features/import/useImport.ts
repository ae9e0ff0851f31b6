import { useCallback, useEffect, useRef, useState } from 'react';
import { type ImportStatus, type MakeImport, maxImportBytes, maxPackedBytes } from '#shared/api/imports.ts';
import type { ImportId } from '#shared/domain/ids.ts';
import { api, ApiError, sendImport, useSession } from '../../api/index.ts';
import { packFiles } from './packFiles.ts';

const pollMs = 300;

/** Where an import is: nothing chosen, on its way to the relay, there, or refused. */
export type ImportState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'sending'; readonly share: number }
  | { readonly kind: 'there'; readonly status: ImportStatus }
  | { readonly kind: 'refused'; readonly error: unknown };

/** What was sent, and what is known of it. */
interface Sent {
  readonly abort: AbortController;
  status: ImportStatus | null;
}

/** Sends what is to be imported, follows it, makes it when the person agrees, and stops it when asked or when the component goes. @param onMade - called once, when it is made. */
export function useImport(onMade: (status: ImportStatus) => void) {
  const { kind } = useSession().relay;
  const made = useRef(onMade);
  useEffect(() => {
    made.current = onMade;
  });
  const [state, setState] = useState<ImportState>({ kind: 'idle' });
  const running = useRef<Sent | null>(null);

  const stop = useCallback(() => {
    const mine = running.current;
    running.current = null;
    if (mine === null) return;
    mine.abort.abort();
    // What is made stays; whether the relay heard or not, it forgets the rest by itself.
    if (mine.status !== null && mine.status.step !== 'done')
      api.cancelImport(mine.status.id).catch(() => undefined);
  }, []);

  const follow = useCallback(function next(mine: Sent, status: ImportStatus): void {
    if (mine.abort.signal.aborted) return;
    mine.status = status;
    setState({ kind: 'there', status });
    if (status.step === 'done') made.current(status);
    if (status.step !== 'reading' && status.step !== 'making') return;
    setTimeout(() => {
      api.importStatus(status.id, mine.abort.signal).then(
        (later) => next(mine, later),
        (error: unknown) => {
          if (!mine.abort.signal.aborted) setState({ kind: 'refused', error });
        },
      );
    }, pollMs);
  }, []);

  const send = useCallback(
    (files: readonly File[], language: string) => {
      stop();
      const mine: Sent = { abort: new AbortController(), status: null };
      const { signal } = mine.abort;
      running.current = mine;
      setState({ kind: 'sending', share: 0 });
      const run = async (): Promise<void> => {
        const most = files.length === 1 ? maxImportBytes[kind] : maxPackedBytes;
        if (files.reduce((sum, { size }) => sum + size, 0) > most)
          throw new ApiError('import_too_large', 413);
        const { name, body } = await packFiles(files, signal);
        const onProgress = (share: number): void => {
          if (!signal.aborted) setState({ kind: 'sending', share });
        };
        follow(mine, await sendImport(name, language, body, onProgress, signal));
      };
      run().catch((error: unknown) => {
        if (!signal.aborted) setState({ kind: 'refused', error });
      });
    },
    [follow, stop, kind],
  );

  /** Follows what was sent already: an archive that was opened on this computer. */
  const resume = useCallback(
    (id: ImportId) => {
      stop();
      const mine: Sent = { abort: new AbortController(), status: null };
      running.current = mine;
      setState({ kind: 'sending', share: 1 });
      api.importStatus(id, mine.abort.signal).then(
        (status) => follow(mine, status),
        (error: unknown) => {
          if (!mine.abort.signal.aborted) setState({ kind: 'refused', error });
        },
      );
    },
    [follow, stop],
  );

  const make = useCallback(
    (asked: MakeImport) => {
      const mine = running.current;
      if (mine?.status == null) return;
      api.makeImport(mine.status.id, asked).then(
        (status) => follow(mine, status),
        (error: unknown) => {
          if (!mine.abort.signal.aborted) setState({ kind: 'refused', error });
        },
      );
    },
    [follow],
  );

  const reset = useCallback(() => {
    stop();
    setState({ kind: 'idle' });
  }, [stop]);
  useEffect(() => stop, [stop]);
  return { state, send, resume, make, reset };
}
