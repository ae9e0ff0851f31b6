import type { NoticeTopic, NoticeWay } from './Notice.ts';
import type { Language } from './Person.ts';

/** How often what is new is gathered in one letter. `never`: no letter about notices at all. */
export const digestRhythms = ['daily', 'weekly', 'never'] as const;
export type DigestRhythm = (typeof digestRhythms)[number];

/** What somebody chose about notices and letters. */
export interface NoticeSettings {
  readonly ways: Readonly<Record<NoticeTopic, NoticeWay>>;
  readonly digest: DigestRhythm;
  /** 0 to 23, in their time zone. */
  readonly hour: number;
  /** Of a weekly digest: 1 for Monday to 7 for Sunday. */
  readonly weekday: number;
  /** Of the IANA database: `America/Toronto`. */
  readonly timeZone: string;
  /** That letters are written in; null: it was never told. */
  readonly language: Language | null;
}

/** What somebody has who chose nothing: what waits for an answer comes by e-mail, once a day; the rest stays in the application. */
export const defaultNoticeSettings: NoticeSettings = {
  ways: {
    message: 'mail',
    mention: 'mail',
    reply: 'mail',
    request: 'mail',
    answer: 'mail',
    author: 'mail',
    report: 'mail',
    announced: 'app',
    integrated: 'app',
    changed: 'app',
    member: 'app',
  },
  digest: 'daily',
  hour: 8,
  weekday: 1,
  timeZone: 'America/Toronto',
  language: null,
};

/** Whether this machine knows a time zone by that name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
