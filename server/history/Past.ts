import type { Density, Sitting } from '#shared/api/history.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import type { NoteComparison } from '#shared/document/compare/compareNotes.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { type AuthoredLog, Identities } from '../Identities.ts';
import type { CountedSitting, SittingStore } from '../storage/ports/SittingStore.ts';
import type { DocumentHead } from '../storage/ports/UpdateLog.ts';
import type { VersionRecord, VersionStore } from '../storage/ports/VersionStore.ts';
import type {
  ChronicleAnswers,
  ForwardPlan,
  MomentAsked,
  PassageAsked,
  PassageWanted,
  TakeBackPlan,
} from './chronicle/ChronicleQuestion.ts';
import { Chronicler } from './chronicle/Chronicler.ts';
import type { RowsTakenBack } from './chronicle/withoutRows.ts';
import { KeptSittings } from './KeptSittings.ts';
import { notKnown } from './notKnown.ts';

/** A row, an instant, or now. */
export type AskedMoment = MomentAsked | null;

/** An answer, and where the log ended when it was given. */
export type WithLastSeq<T> = T & { readonly lastSeq: number };

/** A page of sittings, newest first. */
export interface SittingPage {
  readonly total: number;
  readonly sittings: readonly Sitting[];
}

export interface PastOptions {
  readonly log: AuthoredLog;
  readonly versions: VersionStore;
  readonly sittings: SittingStore;
  /** Default: everybody is who they were. */
  readonly identities?: Identities;
  /** Of a longer log, what was worked out of its rows is kept; default 4,000 rows, some tenths of a second of reading. */
  readonly leastKeptRows?: number;
}

/** What a note said at any moment, who wrote it, and when it was worked on. Rights are decided by who calls. */
export class Past {
  private readonly log: AuthoredLog;
  private readonly versions: VersionStore;
  private readonly chronicler: Chronicler;
  private readonly kept: KeptSittings;

  constructor({
    log,
    versions,
    sittings,
    identities = new Identities(),
    leastKeptRows = 4_000,
  }: PastOptions) {
    this.log = log;
    this.versions = versions;
    this.chronicler = new Chronicler(log, leastKeptRows);
    this.kept = new KeptSittings({
      log,
      sittings,
      chronicler: this.chronicler,
      identities,
      leastRows: leastKeptRows,
    });
  }

  /** Somebody became one with another: who wrote what is read again. */
  forget(): void {
    this.chronicler.forget();
  }

  /** What the note said. @throws as `Chronicler.ask`; AppError `not_allowed` where there is no such note, or nothing in it yet. */
  async content(
    document: DocumentId,
    asked: AskedMoment,
    signal?: AbortSignal,
  ): Promise<WithLastSeq<NonNullable<ChronicleAnswers['content']>>> {
    const lastSeq = await this.lastSeq(document);
    const moment = asked ?? { seq: lastSeq };
    const found = await this.chronicler.ask(
      document,
      needed(moment, lastSeq),
      { kind: 'content', moment },
      signal,
    );
    return { ...known(found), lastSeq };
  }

  /** Who wrote each stretch of it. @throws as `content` */
  async authorship(
    document: DocumentId,
    asked: AskedMoment,
    signal?: AbortSignal,
  ): Promise<WithLastSeq<NonNullable<ChronicleAnswers['authorship']>>> {
    const lastSeq = await this.lastSeq(document);
    const moment = asked ?? { seq: lastSeq };
    const question = { kind: 'authorship', moment } as const;
    return {
      ...known(await this.chronicler.ask(document, needed(moment, lastSeq), question, signal)),
      lastSeq,
    };
  }

  /** Who wrote a passage, act by act. @throws as `content`; `invalid_request` where the passage is not there. */
  async who(
    document: DocumentId,
    asked: PassageAsked | { readonly from: number; readonly to: number },
    signal?: AbortSignal,
  ): Promise<WithLastSeq<NonNullable<ChronicleAnswers['who']>>> {
    const lastSeq = await this.lastSeq(document);
    const passage: PassageAsked =
      'moment' in asked || 'start' in asked ? asked : { ...asked, moment: { seq: lastSeq } };
    const through = 'moment' in passage ? needed(passage.moment, lastSeq) : lastSeq;
    const found = await this.chronicler.ask(document, through, { kind: 'who', passage }, signal);
    if (found === null) throw new AppError('invalid_request', 'no such passage in the note');
    return { ...found, lastSeq };
  }

  /** Compares what the note said at two rows. @throws as `Chronicler.ask` */
  compare(
    document: DocumentId,
    fromSeq: number,
    toSeq: number,
    signal?: AbortSignal,
  ): Promise<NoteComparison> {
    return this.chronicler.ask(document, toSeq, { kind: 'compare', fromSeq, toSeq }, signal);
  }

  /**
   * @param before - only sittings with a lower number; null: the newest.
   * @param count - at most so many.
   */
  async sittings(document: DocumentId, before: number | null, count: number): Promise<SittingPage> {
    const head = await this.head(document);
    const { total, first, sittings } = await this.kept.page(document, head, before, count);
    const [oldest, newest] = [sittings[0], sittings.at(-1)];
    const versions =
      oldest === undefined || newest === undefined
        ? []
        : await this.versions.between(document, oldest.fromSeq, newest.toSeq);
    return {
      total,
      sittings: sittings.map((one, at) => presentSitting(one, first + at, versions)).toReversed(),
    };
  }

  /**
   * How much was written and removed in each of equal parts of a time.
   * @param from - Unix milliseconds; null: since the first row. @param to - null: to the last.
   */
  async density(
    document: DocumentId,
    buckets: number,
    { from, to }: { readonly from: number | null; readonly to: number | null },
  ): Promise<Density> {
    const cut = { from, to, parts: buckets };
    const { time, ...counts } = await this.kept.density(document, await this.head(document), cut);
    return { from: time.from, to: time.to, ...counts };
  }

  /** Reads what the next question will need, where somebody begins to look: nobody waits for it, and it fails in silence. */
  prepare(document: DocumentId): void {
    const ready = async (): Promise<void> => {
      const { seq } = await this.head(document);
      await this.chronicler.ask(document, seq, { kind: 'rows', from: seq, to: seq });
    };
    // Whoever asks is told what is wrong.
    ready().catch(() => undefined);
  }

  /** Counts the sittings of a long note, and keeps its chronicle, so that nobody waits for them. */
  keepSittings(document: DocumentId): Promise<void> {
    return this.kept.keep(document);
  }

  /** The last rows of the sittings that begin at a row or before. */
  sittingEnds(document: DocumentId, upTo: number): Promise<readonly number[]> {
    return this.kept.ends(document, upTo);
  }

  /** Before rows are let go: the sittings that begin at this one or before stay as they are. */
  settleSittings(document: DocumentId, upTo: number): Promise<void> {
    return this.kept.settle(document, upTo);
  }

  /** Rows of a document were let go: nothing is told of them any more. */
  rowsGone(document: DocumentId): Promise<void> {
    return this.chronicler.forgetRows(document);
  }

  /** Forgets what is kept of a document that is being destroyed. */
  async removeAll(document: DocumentId): Promise<void> {
    await this.kept.removeAll(document);
    this.chronicler.forget();
  }

  /** Where a passage ever stood, those that went last first. @param limit - at most so many. */
  async search(
    document: DocumentId,
    text: string,
    limit: number,
    signal?: AbortSignal,
  ): Promise<ChronicleAnswers['search']> {
    return this.chronicler.ask(
      document,
      await this.lastSeq(document),
      { kind: 'search', text, limit },
      signal,
    );
  }

  /** What the note would say without some rows, and what of later work that touches. */
  async planTakeBack(
    document: DocumentId,
    taken: RowsTakenBack,
    signal?: AbortSignal,
  ): Promise<TakeBackPlan> {
    return this.chronicler.ask(
      document,
      await this.lastSeq(document),
      { kind: 'takeBack', ...taken },
      signal,
    );
  }

  /** What the note would say with one block, its title or a field of its sheet as it was. @throws as `content`; `invalid_request` where no block begins there. */
  async planPutBack(document: DocumentId, passage: PassageWanted): Promise<ForwardPlan> {
    const lastSeq = await this.lastSeq(document);
    const question = { kind: 'putBack', ...passage } as const;
    const found = await this.chronicler.ask(document, lastSeq, question);
    if (found === null) throw new AppError('invalid_request', 'no such passage in the note');
    return found;
  }

  /** When rows came, and from whom. */
  async rows(document: DocumentId, from: number, to: number): Promise<ChronicleAnswers['rows']> {
    const lastSeq = await this.lastSeq(document);
    return this.chronicler.ask(document, Math.min(to, lastSeq), { kind: 'rows', from, to });
  }

  async close(): Promise<void> {
    await this.chronicler.close();
    await this.kept.idle();
  }

  private async lastSeq(document: DocumentId): Promise<number> {
    return (await this.head(document)).seq;
  }

  private async head(document: DocumentId): Promise<DocumentHead> {
    const head = await this.log.head(document);
    if (head === null || head.seq === 0) throw notKnown();
    return head;
  }
}

/** Up to which row one must know to tell what was there at a moment. */
function needed(moment: MomentAsked, lastSeq: number): number {
  return 'seq' in moment ? Math.min(moment.seq, lastSeq) : lastSeq;
}

function known<T>(found: T | null): T {
  if (found === null) throw notKnown();
  return found;
}

function presentSitting(
  { kind, fromSeq, toSeq, fromTime, toTime, people }: CountedSitting,
  number: number,
  versions: readonly VersionRecord[],
): Sitting {
  return {
    number,
    kind,
    fromSeq,
    toSeq,
    fromTime,
    toTime,
    people: people
      .map(({ person, written, removed }) => ({
        person,
        written: Math.max(0, written),
        removed: Math.max(0, removed),
      }))
      .toSorted((a, b) => b.written + b.removed - a.written - a.removed),
    versions: versions
      .filter(({ seq }) => seq >= fromSeq && seq <= toSeq)
      .map(({ id, seq, kind: versionKind, name, createdAt, personId }) => ({
        id,
        seq,
        kind: versionKind,
        name,
        createdAt,
        person: personId,
      }))
      .toReversed(),
  };
}
