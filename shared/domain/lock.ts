import { formatDate } from './dates.ts';
import type { PersonId } from './ids.ts';
import type { Language } from './Person.ts';

/** How long the sentence of a lock may be, in letters. */
export const maxLockSentence = 120;

/** A note that was adopted as it is: until an author opens it again, nobody changes its content. */
export interface NoteLock {
  /** When it was locked, Unix milliseconds. */
  readonly at: number;
  /** Who locked it. */
  readonly by: PersonId;
  /** The day on which it was adopted, `2026-03-05`: of no time zone, and often before the day on which it was locked. */
  readonly day: string;
  /** How, in an author's words: « Adoptée en assemblée générale ». Null: it is said that it was adopted. */
  readonly sentence: string | null;
}

/** « Adoptée en assemblée générale le 5 mars 2026 », “Adopted on March 5, 2026”. */
export function lockWords({ day, sentence }: Pick<NoteLock, 'day' | 'sentence'>, language: Language): string {
  const date = formatDate(Date.parse(`${day}T00:00:00Z`), language, 'UTC');
  return language === 'fr'
    ? `${sentence ?? 'Adoptée'} le\u00a0${date}`
    : `${sentence ?? 'Adopted'} on\u00a0${date}`;
}
