import type { DocumentId } from '#shared/domain/ids.ts';
import type { AuthoredLog, Identities } from '../Identities.ts';
import { partOfTime } from '../storage/partOfTime.ts';
import type { CountedSitting, CutTime, SittingCount, SittingStore } from '../storage/ports/SittingStore.ts';
import type { DocumentHead } from '../storage/ports/UpdateLog.ts';
import type { Chronicler } from './chronicle/Chronicler.ts';
import { roughLettersOf, SittingTally } from './chronicle/SittingTally.ts';
import { Turns } from './Turns.ts';

/** So many rows after the last that was counted are counted by themselves, on the event loop; more are read with all that was before them. */
const mostRoughRows = 1_000;

export interface KeptSittingsOptions {
  readonly log: AuthoredLog;
  readonly sittings: SittingStore;
  readonly chronicler: Chronicler;
  /** What is kept bears the ids of when it was counted. */
  readonly identities: Pick<Identities, 'of'>;
  /** Of a log with at most so many rows nothing is kept: it is read in one step when somebody asks. Smaller: more tables; larger: some wait longer. */
  readonly leastRows: number;
}

/** All sittings of a note: so many in the table, then these. */
interface Told {
  readonly stored: number;
  readonly rest: readonly CountedSitting[];
}

/**
 * The sittings of notes, which long ones keep in a table: nobody waits for a long log to be read before they see a list. They are counted from the chronicle (who moved what counts) when a sitting ends, and when somebody
 * asks while none are kept. What was written since is counted from its rows alone until then: what came and went within a row, and what was only moved, count there as written and removed.
 */
export class KeptSittings {
  private readonly options: KeptSittingsOptions;
  private readonly turns = new Turns<DocumentId>();

  constructor(options: KeptSittingsOptions) {
    this.options = options;
  }

  /**
   * @param before - only those with a lower number; null: the newest. @param count - at most so many.
   * @returns oldest first, with the number of the first. @throws as `Chronicler.ask`
   */
  async page(
    document: DocumentId,
    head: DocumentHead,
    before: number | null,
    count: number,
  ): Promise<{ total: number; first: number; sittings: readonly CountedSitting[] }> {
    const { stored, rest } = await this.told(document, head);
    const total = stored + rest.length;
    const end = Math.min(before ?? total, total);
    const first = Math.max(0, end - count);
    const kept =
      first < stored ? await this.options.sittings.page(document, first, Math.min(end, stored)) : [];
    const since = rest.slice(Math.max(0, first - stored), Math.max(0, end - stored));
    return { total, first, sittings: [...kept, ...since].map((one) => this.asNow(one)) };
  }

  /**
   * What began in each of equal parts of a time. @param from - null: since the first row. @param to - null: to the last.
   * @throws as `Chronicler.ask`
   */
  async density(
    document: DocumentId,
    head: DocumentHead,
    { from, to, parts }: { readonly from: number | null; readonly to: number | null; readonly parts: number },
  ): Promise<{ time: CutTime; written: number[]; removed: number[]; sittings: number[] }> {
    const { stored, rest } = await this.told(document, head);
    const at = async (number: number): Promise<CountedSitting | undefined> =>
      number < stored
        ? (await this.options.sittings.page(document, number, number + 1))[0]
        : rest[number - stored];
    const begin = from ?? (await at(0))?.fromTime ?? 0;
    const end = Math.max(begin, to ?? (await at(stored + rest.length - 1))?.toTime ?? 0);
    const time = { from: begin, to: end, parts };
    const empty = (): number[] => Array.from({ length: parts }, () => 0);
    const density = { time, written: empty(), removed: empty(), sittings: empty() };
    const add = (counts: number[], part: number, by: number): void => {
      counts[part] = (counts[part] ?? 0) + by;
    };
    const kept = stored > 0 ? await this.options.sittings.density(document, stored, time) : [];
    for (const { part, sittings, written, removed } of kept) {
      add(density.sittings, part, sittings);
      add(density.written, part, written);
      add(density.removed, part, removed);
    }
    for (const { fromTime, people } of rest) {
      const part = partOfTime(fromTime, time);
      if (part === null) continue;
      add(density.sittings, part, 1);
      for (const { written, removed } of people) {
        add(density.written, part, Math.max(0, written));
        add(density.removed, part, Math.max(0, removed));
      }
    }
    return density;
  }

  /** Counts what is not counted yet of a note that is long enough, or was thinned. @throws as `Chronicler.ask` */
  async keep(document: DocumentId): Promise<void> {
    const head = await this.options.log.head(document);
    if (head !== null && head.kind === 'note' && (await this.isKept(document, head)))
      await this.count(document);
  }

  /** The last rows of the sittings that begin at a row or before. @throws as `Chronicler.ask` */
  async ends(document: DocumentId, upTo: number): Promise<number[]> {
    const head = await this.options.log.head(document);
    if (head === null || head.seq === 0) return [];
    const { stored, rest } = await this.told(document, head);
    const kept = await this.options.sittings.page(document, 0, stored);
    return [...kept, ...rest].filter(({ fromSeq }) => fromSeq <= upTo).map(({ toSeq }) => toSeq);
  }

  /** Counts all of a document's, and settles those that begin at a row or before: they are told as they are now when rows of theirs are gone. @throws as `Chronicler.ask` */
  async settle(document: DocumentId, upTo: number): Promise<void> {
    await this.count(document);
    await this.turns.do(document, () => this.options.sittings.settle(document, upTo));
  }

  /** Takes away all that is kept of a document. */
  removeAll(document: DocumentId): Promise<void> {
    return this.turns.do(document, () => this.options.sittings.removeAll(document));
  }

  /** Resolves when nothing is being counted any more. */
  idle(): Promise<void> {
    return this.turns.idle();
  }

  private async told(document: DocumentId, head: DocumentHead): Promise<Told> {
    const { log, sittings, chronicler } = this.options;
    if (!(await this.isKept(document, head))) {
      const all = await chronicler.ask(document, head.seq, { kind: 'sittings', fromSeq: 0 });
      return { stored: 0, rest: all.sittings };
    }
    let counted = await this.valid(document, head);
    if (counted === null || head.seq - counted.seq > mostRoughRows) counted = await this.count(document);
    if (counted === null) return { stored: 0, rest: [] };
    if (counted.seq >= head.seq) return { stored: counted.total, rest: [] };
    const stored = counted.total - 1;
    const [last] = await sittings.page(document, stored, counted.total);
    const tally = new SittingTally(last);
    for (const row of await log.read(document, counted.seq, head.seq)) tally.add(row, roughLettersOf(row));
    return { stored, rest: tally.sittings };
  }

  /** Whether a table of them is kept: of a note that is long, or of which some are settled. */
  private async isKept(document: DocumentId, head: DocumentHead): Promise<boolean> {
    if (head.seq > this.options.leastRows) return true;
    return ((await this.options.sittings.counted(document))?.settled ?? 0) > 0;
  }

  /** What is kept, unless the log is another one since: after a backup was put back, for one. */
  private async valid(document: DocumentId, head: DocumentHead): Promise<SittingCount | null> {
    const counted = await this.options.sittings.counted(document);
    const last = head.homeSeq ?? head.seq;
    return counted !== null && counted.total > 0 && counted.epoch === head.epoch && counted.seq <= last
      ? counted
      : null;
  }

  /** One after the other: of two who ask, the second finds what the first counted. */
  private count(document: DocumentId): Promise<SittingCount | null> {
    return this.turns.do(document, async () => {
      const { log, sittings, chronicler } = this.options;
      const found = await log.head(document);
      // Destroyed meanwhile.
      if (found === null) return null;
      // Behind the home's rows of a copy are those that get other numbers.
      const head = { ...found, seq: found.homeSeq ?? found.seq };
      const { epoch } = head;
      const counted = await this.valid(document, head);
      if (counted?.seq === head.seq) return counted;
      const settled = (await sittings.counted(document))?.settled ?? 0;
      const [end] = settled === 0 ? [] : await sittings.page(document, settled - 1, settled);
      const ask = (fromSeq: number) => chronicler.ask(document, head.seq, { kind: 'sittings', fromSeq });
      const put = async (first: number, since: Awaited<ReturnType<typeof ask>>): Promise<SittingCount> => {
        await sittings.replace(document, first, since.sittings, { epoch, seq: since.seq });
        return { epoch, seq: since.seq, total: first + since.sittings.length, settled };
      };
      if (counted !== null && counted.total > settled) {
        const first = counted.total - 1;
        const [last] = await sittings.page(document, first, counted.total);
        const since = await ask(last?.fromSeq ?? 0);
        // The last one goes on; where it begins elsewhere, rows were thinned since.
        if (last !== undefined && since.sittings[0]?.fromSeq === last.fromSeq) return put(first, since);
      }
      return put(settled, await ask(end === undefined ? 0 : end.toSeq + 1));
    });
  }

  private asNow(sitting: CountedSitting): CountedSitting {
    const people: {
      -readonly [K in keyof CountedSitting['people'][number]]: CountedSitting['people'][number][K];
    }[] = [];
    for (const { person: then, written, removed } of sitting.people) {
      const person = this.options.identities.of(then);
      const known = people.find((one) => one.person === person);
      if (known === undefined) people.push({ person, written, removed });
      else {
        known.written += written;
        known.removed += removed;
      }
    }
    return { ...sitting, people };
  }
}
