import { z } from 'zod';
import { keptMonths, type KeptMonths, thinningGraceMs } from '#shared/api/thinning.ts';
import type { SettingsStore } from '../storage/ports/SettingsStore.ts';

const choiceKey = 'keystrokes-kept';
const lastKey = 'keystrokes-thinned';

const choiceSchema = z.object({ months: z.literal(keptMonths).nullable(), since: z.number() });
const lastSchema = z.object({ at: z.number(), notes: z.number(), bytes: z.number() });
/** When notes were thinned last, how many, and what that saved. */
export type LastThinning = z.infer<typeof lastSchema>;

/** How long each keystroke is kept, as it was chosen. */
export interface KeystrokeChoice {
  /** Null: always. */
  readonly months: KeptMonths | null;
  /** When the first note may be thinned; null: never. */
  readonly beginsAt: number | null;
}

/** How long a relay keeps each keystroke, and what came of it; among its settings. */
export class KeptKeystrokes {
  readonly #settings: SettingsStore;

  constructor(settings: SettingsStore) {
    this.#settings = settings;
  }

  async choice(): Promise<KeystrokeChoice> {
    const kept = await this.#settings.get(choiceKey);
    if (kept === null) return { months: null, beginsAt: null };
    const { months, since } = choiceSchema.parse(JSON.parse(kept));
    return { months, beginsAt: months === null ? null : since + thinningGraceMs };
  }

  /** @returns false where that was chosen already: its day of grace does not begin anew. */
  async choose(months: KeptMonths | null, now: number): Promise<boolean> {
    if ((await this.choice()).months === months) return false;
    await this.#settings.set(choiceKey, JSON.stringify({ months, since: now }));
    return true;
  }

  async last(): Promise<LastThinning | null> {
    const kept = await this.#settings.get(lastKey);
    return kept === null ? null : lastSchema.parse(JSON.parse(kept));
  }

  async keepLast(last: LastThinning): Promise<void> {
    await this.#settings.set(lastKey, JSON.stringify(last));
  }
}

/** So many months before a moment, by the calendar (UTC): of the 31st, the last day of a shorter month. */
export function monthsBefore(now: number, months: number): number {
  const then = new Date(now);
  const day = then.getUTCDate();
  then.setUTCDate(1);
  then.setUTCMonth(then.getUTCMonth() - months);
  const days = new Date(Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 0)).getUTCDate();
  return then.setUTCDate(Math.min(day, days));
}
