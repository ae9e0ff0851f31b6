import { useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { NoteNews } from '#shared/api/news.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import type { DocumentSessionView } from '../../../collaboration/index.ts';
import type { NewsKind } from '../historyFind.ts';
import { markRead, newsQuery } from './newsApi.ts';

/** What to tell somebody who opens a note, or comes back to it. */
export interface News extends NoteNews {
  readonly kind: NewsKind;
  /** When it began, Unix milliseconds. */
  readonly since: number;
}

/** What is asked of the relay. */
interface Question {
  readonly kind: NewsKind;
  /** Null: since the person last read the note. */
  readonly after: number | null;
  /** When it began; null where only the relay knows. */
  readonly since: number | null;
  readonly turn: number;
}

/** Whoever looks for so long has been here; a glance is no visit. */
const glanceMs = 5_000;
/** Whoever looks away for longer comes back to the note as on another visit. */
const awayMs = 600_000;

/** Counts the time in which a page is in sight. */
class SightClock {
  #total = 0;
  #since: number | null = null;

  look(now: number): void {
    this.#since ??= now;
  }

  lookAway(now: number): void {
    if (this.#since !== null) this.#total += now - this.#since;
    this.#since = null;
  }

  total(now: number): number {
    return this.#total + (this.#since === null ? 0 : now - this.#since);
  }
}

/**
 * What others changed in a note since this person last read it, or while they worked without its home; and keeps how far they read: when
 * they leave, read to the end, or answer.
 * @param isTold - whether this person may see the history of the note.
 * @returns the news, null where there is none; what to call when they were seen or put away; and what to call when the end of the text is in sight.
 */
export function useNews(
  noteId: NoteId,
  view: DocumentSessionView,
  isTold: boolean,
): { readonly news: News | null; readonly answer: () => void; readonly onEnd: () => void } {
  const { session, status, absence, loaded } = view;
  const [question, setQuestion] = useState<Question>({ kind: 'visit', after: null, since: null, turn: 0 });
  const [answered, setAnswered] = useState(-1);
  const [seenAbsence, setSeenAbsence] = useState(absence);
  if (absence !== seenAbsence) {
    setSeenAbsence(absence);
    if (absence !== null)
      setQuestion({
        kind: absence.wrote ? 'absence' : 'visit',
        after: absence.fromSeq,
        since: absence.since,
        turn: question.turn + 1,
      });
  }
  const { data, isFetched } = useQuery({
    ...newsQuery(noteId, question.after, question.turn),
    enabled: isTold && loaded && status === 'online',
  });
  const found = data?.news ?? null;
  const since = question.since ?? found?.since ?? null;
  const news: News | null =
    found === null || since === null || answered === question.turn
      ? null
      : { ...found, kind: question.kind, since };

  const clock = useRef(new SightClock());
  /** Not before the answer: it is told from the place where they stopped. */
  const keep = (): void => {
    const seq = session.position;
    if (!isTold || !isFetched || seq === null) return;
    markRead(noteId, Math.max(seq, found?.toSeq ?? 0)).catch(() => {
      // Then the same is told once more.
    });
  };
  const keepSeen = (): void => {
    if (clock.current.total(Date.now()) >= glanceMs) keep();
  };
  const leave = useEffectEvent(keepSeen);
  const askAgain = useEffectEvent((): void =>
    setQuestion({ kind: 'visit', after: null, since: null, turn: question.turn + 1 }),
  );

  useEffect(() => {
    const sight = clock.current;
    let leftAt: number | null = null;
    const onSight = (): void => {
      if (document.visibilityState === 'hidden') {
        sight.lookAway(Date.now());
        leftAt = Date.now();
        leave();
        return;
      }
      sight.look(Date.now());
      if (leftAt !== null && Date.now() - leftAt >= awayMs) askAgain();
      leftAt = null;
    };
    const onPageHide = (): void => leave();
    if (document.visibilityState === 'visible') sight.look(Date.now());
    document.addEventListener('visibilitychange', onSight);
    window.addEventListener('pagehide', onPageHide);
    return () => {
      document.removeEventListener('visibilitychange', onSight);
      window.removeEventListener('pagehide', onPageHide);
      leave();
    };
  }, []);

  return {
    news,
    answer: () => {
      setAnswered(question.turn);
      keep();
    },
    onEnd: keepSeen,
  };
}
