import type { DocumentId } from '#shared/domain/ids.ts';
import type { Timers } from './Timers.ts';

/** A sitting ends when nobody has changed the document for this long. */
export const sittingGapMs = 10 * 60_000;

/** Watches documents being changed and says when each sitting ends: one timer a changed document, set again at each change. */
export class Sittings {
  private readonly timers: Timers;
  private readonly ended: (document: DocumentId) => void;
  private readonly waiting = new Map<DocumentId, { lastChange: number; cancel: () => void }>();

  /** @param ended - called once at the end of each sitting. */
  constructor(timers: Timers, ended: (document: DocumentId) => void) {
    this.timers = timers;
    this.ended = ended;
  }

  /** The document changed at this moment. */
  changed(document: DocumentId, time: number): void {
    const known = this.waiting.get(document);
    if (known) known.lastChange = time;
    else this.wait(document, time);
  }

  close(): void {
    for (const { cancel } of this.waiting.values()) cancel();
    this.waiting.clear();
  }

  /** The timer is not set again at each keystroke: when it rings, it looks how long ago the last one was. */
  private wait(document: DocumentId, lastChange: number): void {
    const delayMs = Math.max(0, lastChange + sittingGapMs - this.timers.now());
    const cancel = this.timers.after(delayMs, () => {
      const entry = this.waiting.get(document);
      this.waiting.delete(document);
      if (entry && entry.lastChange > lastChange) this.wait(document, entry.lastChange);
      else this.ended(document);
    });
    this.waiting.set(document, { lastChange, cancel });
  }
}
