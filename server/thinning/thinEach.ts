import { AppError } from '#shared/api/errorCodes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import type { DocumentHead, UpdateLog } from '../storage/ports/UpdateLog.ts';
import type { Thinned } from './Thinned.ts';

/** How often it looks whether somebody opened the note that it is at, in ms. */
const lookMs = 100;

export interface ThinEachSources {
  readonly log: Pick<UpdateLog, 'documents' | 'recent' | 'cut'>;
  /** Thins one note, or says what that would do. @see thinNote */
  readonly thin: (document: DocumentId, signal: AbortSignal) => Promise<Thinned | null>;
  /** Which notes are passed over, for now. */
  readonly isBusy: (document: DocumentId) => boolean;
  /** Only rows that were written before this. */
  readonly before: number;
  /** Called after each note with what was done so far; the next is begun when it resolves. @param tookMs - by that note. */
  readonly onProgress: (tally: ThinTally, tookMs: number) => void | Promise<void>;
  /** Gets what keeps a note from being thinned; the others go on. */
  readonly onFailure: (document: DocumentId, error: unknown) => void;
}

/** What became of the notes of a relay. */
export interface ThinTally {
  /** Notes that were looked at, of how many. */
  readonly done: number;
  readonly total: number;
  /** Notes that were thinned, and the bytes that this saved. */
  readonly notes: number;
  readonly bytes: number;
  /** Notes that were passed over, since somebody has them open. */
  readonly busy: number;
}

/**
 * Goes through the notes of a relay, one after the other.
 * @param signal - aborted when it is to stop: the note that it is at stays as it is.
 * @throws AppError `storage_full`: nothing else is tried then.
 */
export async function thinEach(sources: ThinEachSources, signal: AbortSignal): Promise<ThinTally> {
  const { log, thin, isBusy, before, onProgress, onFailure } = sources;
  const notes = (await log.documents()).filter(({ kind, readOnly }) => kind === 'note' && readOnly === null);
  const tally = { done: 0, total: notes.length, notes: 0, bytes: 0, busy: 0 };
  for (const head of notes) {
    if (signal.aborted) break;
    const { document } = head;
    const begun = performance.now();
    const opened = new AbortController();
    const timer = setInterval(() => {
      if (isBusy(document)) opened.abort();
    }, lookMs);
    try {
      if (isBusy(document)) opened.abort();
      else {
        await packOld(log, head, before);
        const thinned = await thin(document, AbortSignal.any([signal, opened.signal]));
        if (thinned !== null) {
          tally.notes += 1;
          tally.bytes += thinned.bytesBefore - thinned.bytes;
        }
      }
    } catch (error) {
      if (error instanceof AppError && error.code === 'storage_full') throw error;
      if (!signal.aborted && !opened.signal.aborted) onFailure(document, error);
    } finally {
      clearInterval(timer);
    }
    if (signal.aborted) break;
    if (opened.signal.aborted) tally.busy += 1;
    tally.done += 1;
    await onProgress({ ...tally }, performance.now() - begun);
  }
  return tally;
}

/** Of a note in which nobody wrote since, the last rows are packed too, although they are few: what is not packed is not thinned. */
async function packOld(
  log: ThinEachSources['log'],
  { document, seq }: DocumentHead,
  before: number,
): Promise<void> {
  const [last] = (await log.recent(document, seq - 1, seq)) ?? [];
  if (last === undefined || last.time >= before) return;
  while ((await log.cut(document, 1)) > 0);
}
