import { WorkerFault, WorkerLane } from '../../WorkerLane.ts';
import { workerUrl } from '../../workerUrl.ts';
import { archiveLimits } from './archiveLimits.ts';
import type { Journal, JournalFacts, JournalRows } from './readJournal.ts';

export interface JournalQuestion {
  readonly file: string;
  readonly maxBytes: number;
  /** False: the facts alone. */
  readonly isWhole: boolean;
}
export type JournalAnswer = { readonly journal: Journal } | { readonly fault: string };

/** Reads logs of archives in a thread of its own, whose memory and work have an end: what is made to keep readers busy keeps nobody waiting. */
export class JournalReader {
  readonly #lane = new WorkerLane<JournalQuestion, JournalAnswer>(
    workerUrl(import.meta.url, './journalWorker'),
    { maxMs: archiveLimits.journalMs, maxHeapMb: archiveLimits.journalHeapMb },
  );

  /** @returns what the log says; null for one that is not sound. @throws WorkerFault `called_off` */
  async facts(file: string, signal: AbortSignal): Promise<JournalFacts | null> {
    return (await this.#ask(file, false, signal))?.facts ?? null;
  }

  /** Its rows; null as for `facts`. */
  async rows(file: string, signal: AbortSignal): Promise<JournalRows | null> {
    return (await this.#ask(file, true, signal))?.rows ?? null;
  }

  close(): Promise<void> {
    return this.#lane.close();
  }

  async #ask(file: string, isWhole: boolean, signal: AbortSignal): Promise<Journal | null> {
    try {
      const answer = await this.#lane.ask(
        { file, maxBytes: archiveLimits.journalBytes, isWhole },
        [],
        signal,
      );
      return 'journal' in answer ? answer.journal : null;
    } catch (error) {
      if (error instanceof WorkerFault && error.kind !== 'called_off') return null;
      throw error;
    }
  }
}
