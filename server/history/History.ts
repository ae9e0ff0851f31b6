import type { Logger } from 'pino';
import { AppError } from '#shared/api/errorCodes.ts';
import type { NoteComparison } from '#shared/document/compare/compareNotes.ts';
import { bodyOf } from '#shared/document/fields.ts';
import { type BodyNode, type NoteContent, yDocToNoteContent } from '#shared/document/noteContent.ts';
import { scanFragment } from '#shared/document/unknownContent.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import type { DocumentId, PersonId, VersionId } from '#shared/domain/ids.ts';
import type { AuthoredLog, Identities } from '../Identities.ts';
import type { Documents } from '../room/Documents.ts';
import type { LogRow } from '../storage/ports/UpdateLog.ts';
import type { SittingStore } from '../storage/ports/SittingStore.ts';
import type { VersionRecord, VersionsAsked, VersionStore } from '../storage/ports/VersionStore.ts';
import { cutSittings, measureRows } from './measureRows.ts';
import { CollectionPast } from './collections/CollectionPast.ts';
import { Past } from './Past.ts';
import { returnToGoodState } from './returnToGoodState.ts';
import { sittingGapMs, Sittings } from './Sittings.ts';
import type { PassageWanted } from './chronicle/ChronicleQuestion.ts';
import type { RowsTakenBack } from './chronicle/withoutRows.ts';
import { takeBack } from './takeBack.ts';
import { saysSomething } from './saysSomething.ts';
import { VersionMaker, type VersionWords } from './VersionMaker.ts';
import { writePlanned } from './writePlanned.ts';
import { systemTimers, type Timers } from './Timers.ts';
import { Turns } from './Turns.ts';
import { notKnown } from './notKnown.ts';
import { requireKnownBody } from './requireKnownBody.ts';

export interface HistoryOptions {
  readonly log: AuthoredLog;
  readonly documents: Documents;
  readonly versions: VersionStore;
  readonly sittings: SittingStore;
  /** Who somebody is now; default: who they were. */
  readonly identities?: Identities;
  /** Gets codes and ids; never content or titles. */
  readonly logger: Pick<Logger, 'error'>;
  /** Called after the versions of a document changed. */
  readonly onChanged: (document: DocumentId) => void;
  /** Called with the rows of each sitting that ended. */
  readonly onSittingEnded?: (document: DocumentId, rows: readonly LogRow[]) => Promise<void>;
  /** Default: the real clock. */
  readonly timers?: Timers;
}

/** Some versions of a note, newest first, and where its log stands. */
export interface VersionPage {
  readonly versions: readonly VersionRecord[];
  /** Whether there are others behind these. */
  readonly hasMore: boolean;
  readonly currentSeq: number;
  /** Whether the log holds changes after the newest version. */
  readonly unsaved: boolean;
}

/**
 * The history of notes. Makes a version when content first appears and at the end of each sitting; compares, names and restores.
 * Rights are decided by who calls.
 */
export class History {
  readonly past: Past;
  /** What carnets and bases held, and who arranged them. */
  readonly collections: CollectionPast;
  private readonly options: HistoryOptions;
  private readonly timers: Timers;
  private readonly maker: VersionMaker;
  private readonly sittings: Sittings;
  private readonly turns = new Turns<DocumentId>();
  /** Notes that have a version, so that not every keystroke asks. */
  private readonly begun = new Set<DocumentId>();
  private readonly others = new Set<DocumentId>();
  private readonly unsubscribe: () => void;
  private closed = false;

  /** Watches from now on; `start` catches up with what was changed while nobody watched. */
  constructor(options: HistoryOptions) {
    this.options = options;
    this.past = new Past(options);
    this.collections = new CollectionPast(options);
    this.timers = options.timers ?? systemTimers;
    this.maker = new VersionMaker({
      ...options,
      now: () => this.timers.now(),
      onMade: (document) => {
        this.begun.add(document);
        options.onChanged(document);
      },
    });
    this.sittings = new Sittings(this.timers, (document) => {
      void this.inBackground(document, () => this.endSitting(document)).then(() =>
        this.keepSittings(document),
      );
    });
    this.unsubscribe = options.documents.onAppended(({ document }) => {
      this.appended(document);
    });
  }

  /** Makes the versions of sittings that ended while the relay was not running, and waits for the end of those that may go on. */
  async start(): Promise<void> {
    const { log, versions } = this.options;
    const known = await versions.latestSeqs();
    for (const document of known.keys()) this.begun.add(document);
    for (const { document, kind, seq } of await log.documents()) {
      if (kind !== 'note' || seq <= (known.get(document) ?? 0)) continue;
      if (this.closed) return;
      // One after the other: a relay has thousands of notes.
      await this.inBackground(document, () => this.catchUp(document));
      await this.keepSittings(document);
    }
  }

  /**
   * Those that bear a time or a later one, newest first. A note that is worked on for years has thousands.
   * @param createdAt - Unix milliseconds. @param count - at most so many; null: all.
   */
  async since(
    document: DocumentId,
    createdAt: number,
    count: number | null,
  ): Promise<readonly VersionRecord[]> {
    await this.beginOnce(document);
    const { versions } = this.options;
    if (count === null) return versions.since(document, createdAt);
    const newest = await versions.recent([document], null, count);
    return newest.filter((one) => one.createdAt >= createdAt);
  }

  async page(document: DocumentId, asked: VersionsAsked): Promise<VersionPage> {
    await this.beginOnce(document);
    const { versions, log } = this.options;
    const [found, latest, head] = await Promise.all([
      versions.page(document, { ...asked, limit: asked.limit + 1 }),
      versions.latest(document),
      log.head(document),
    ]);
    const currentSeq = head?.seq ?? 0;
    return {
      versions: found.slice(0, asked.limit),
      hasMore: found.length > asked.limit,
      currentSeq,
      unsaved: currentSeq > (latest?.seq ?? 0),
    };
  }

  /** How many versions a document has. */
  count(document: DocumentId): Promise<number> {
    return this.options.versions.count(document);
  }

  /**
   * Keeps the present moment of a note, by a version where it has none of now: whatever is thinned later, it can be read back. A note that never said anything has none.
   * @returns its last row, and the time of that; null for one without rows. @throws AppError `not_allowed` for an unknown one, `document_damaged`.
   */
  keepMoment(document: DocumentId): Promise<{ readonly seq: number; readonly time: number | null }> {
    return this.turns.do(document, async () => {
      await this.begin(document);
      const { log } = this.options;
      const seq = this.begun.has(document)
        ? (await this.maker.takeOrLatest(document)).seq
        : ((await log.head(document)) ?? { seq: null }).seq;
      if (seq === null) throw notKnown();
      const [row] = seq === 0 ? [] : await log.read(document, seq - 1, seq);
      return { seq, time: row?.time ?? null };
    });
  }

  /** Takes a version of now by hand. When nothing changed since an automatic one, that one gets the name. */
  name(
    document: DocumentId,
    person: PersonId,
    name: string,
    remark: string | null = null,
  ): Promise<VersionRecord> {
    return this.turns.do(document, () => this.maker.nameNow(document, person, { name, remark }));
  }

  /** Takes a version of an earlier moment by hand; one of that very row gets the name, when it has none. @param at - a row of the note, and its time. */
  nameMoment(
    document: DocumentId,
    person: PersonId,
    words: VersionWords,
    at: { readonly seq: number; readonly time: number },
  ): Promise<VersionRecord> {
    return this.turns.do(document, () => this.maker.nameMoment(document, person, words, at));
  }

  /** Names a version, or names it otherwise. @throws AppError `not_allowed` for an unknown one. */
  renameVersion(
    document: DocumentId,
    id: VersionId,
    person: PersonId,
    words: VersionWords,
  ): Promise<VersionRecord> {
    return this.turns.do(document, async () =>
      this.maker.rename(document, await this.get(document, id), person, words),
    );
  }

  /** @throws AppError `not_allowed` for an unknown version. */
  async get(document: DocumentId, id: VersionId): Promise<VersionRecord> {
    const version = await this.options.versions.get(document, id);
    if (version === null) throw notKnown();
    return version;
  }

  /** What the note said at a version, or after any row. */
  async content(document: DocumentId, { seq }: Pick<VersionRecord, 'seq'>): Promise<NoteContent> {
    const read = await this.options.documents.read(document, seq);
    if (read === null) throw notKnown();
    const content = yDocToNoteContent(read.doc);
    read.doc.destroy();
    return content;
  }

  /**
   * Compares a note after a row (of a version, or any) with what it says after a later one.
   * @param to - null: now.
   * @param signal - aborted when nobody waits any more.
   * @throws AppError `invalid_request` when `to` is the older one; `too_large` when it took too long; `document_damaged`.
   */
  async compare(
    document: DocumentId,
    from: Pick<VersionRecord, 'seq'>,
    to: Pick<VersionRecord, 'seq'> | null,
    signal?: AbortSignal,
  ): Promise<NoteComparison> {
    if (to !== null && to.seq < from.seq)
      throw new AppError('invalid_request', 'the second moment is the earlier one');
    const until = to?.seq ?? (await this.options.log.head(document))?.seq ?? from.seq;
    return this.past.compare(document, from.seq, until, signal);
  }

  /**
   * Makes the note say what it said at a version (or after any row), by a new forward edit: whoever is writing goes on writing.
   * @param wanted - the version's id, or the row.
   * @param mayStill - throws when the person may not (any more): asked when it is this one's turn.
   * @returns the version that this made, and the version of just before, which takes it back.
   * @throws AppError `app_outdated` when either holds content that this version of the application does not know: writing would delete it.
   */
  restore(
    document: DocumentId,
    wanted: VersionId | { readonly seq: number },
    person: PersonId,
    mayStill: () => Promise<unknown>,
  ): Promise<{ version: VersionRecord; undo: VersionRecord }> {
    return this.turns.do(document, async () => {
      await mayStill();
      const { documents } = this.options;
      const moment = typeof wanted === 'string' ? await this.get(document, wanted) : wanted;
      const content = await this.content(document, moment);
      await this.requireKnownContent(document, content.body);
      const undo = await this.maker.takeOrLatest(document);
      let wrote = false;
      const { seq } = await documents.change(document, { person, operation: 'restore' }, (doc) => {
        // The row that is told when nothing changed may be somebody else's.
        doc.on('update', () => {
          wrote = true;
        });
        replaceNoteContent(doc, content);
      });
      if (!wrote) return { version: undo, undo };
      return {
        version: await this.maker.take(document, undo, { kind: 'restore', name: null, person, upTo: seq }),
        undo,
      };
    });
  }

  /**
   * Takes back what some rows did and keeps all later work. @throws as `takeBack`.
   * @returns the version that this made, and the version of just before, which undoes it.
   */
  takeBack(
    document: DocumentId,
    person: PersonId,
    taken: RowsTakenBack & { readonly agreed: string },
  ): Promise<{ version: VersionRecord; undo: VersionRecord }> {
    return this.turns.do(document, async () => {
      const { documents, versions } = this.options;
      const undo = await this.maker.takeOrLatest(document);
      const seq = await takeBack({ documents, past: this.past }, document, person, taken);
      if (seq === null) return { version: undo, undo };
      const latest = await versions.latest(document);
      return {
        version: await this.maker.take(document, latest, { kind: 'restore', name: null, person, upTo: seq }),
        undo,
      };
    });
  }

  /**
   * Makes one block of the note, its title or a field of its sheet say again what it said at an earlier moment; all else stays as it is, and no version is made of it.
   * @returns the row of that edit; null where it says so already. @throws as `writePlanned`; `invalid_request` where no block begins there.
   */
  putBack(document: DocumentId, person: PersonId, passage: PassageWanted): Promise<number | null> {
    return this.turns.do(document, () =>
      writePlanned(this.options.documents, document, { person, operation: 'putBack' }, () =>
        this.past.planPutBack(document, passage),
      ),
    );
  }

  /** Takes a note that is set aside back to its last good state. @returns the version that this made. @throws as `returnToGoodState`. */
  restoreGoodState(
    document: DocumentId,
    person: PersonId,
    mayStill: () => Promise<unknown>,
  ): Promise<VersionRecord> {
    return this.turns.do(document, async () => {
      await mayStill();
      const { seq } = await returnToGoodState(this.options, document, person);
      const latest = await this.options.versions.latest(document);
      return this.maker.take(document, latest, { kind: 'restore', name: null, person, upTo: seq });
    });
  }

  /** Does something while no version of a document is made, named or put back: of the two, one comes after the other. */
  alone<T>(document: DocumentId, work: () => Promise<T>): Promise<T> {
    return this.turns.do(document, work);
  }

  /** Resolves when no version is being made any more. */
  settled(): Promise<void> {
    return this.turns.idle();
  }

  /** Stops watching. Resolves when everything under way is stored. */
  async close(): Promise<void> {
    this.closed = true;
    this.unsubscribe();
    this.sittings.close();
    await this.past.close();
    await this.turns.idle();
  }

  private appended(document: DocumentId): void {
    if (this.others.has(document)) return;
    const now = this.timers.now();
    if (this.begun.has(document)) {
      this.sittings.changed(document, now);
      return;
    }
    void this.inBackground(document, async () => {
      if (await this.isNote(document)) {
        await this.begin(document);
        this.sittings.changed(document, now);
      }
    });
  }

  private async beginOnce(document: DocumentId): Promise<void> {
    if (!this.begun.has(document)) await this.turns.do(document, () => this.begin(document));
  }

  private async isNote(document: DocumentId): Promise<boolean> {
    const head = await this.options.log.head(document);
    if (head !== null && head.kind !== 'note') this.others.add(document);
    return head?.kind === 'note';
  }

  /** The first version, once there is something to see. */
  private async begin(document: DocumentId): Promise<void> {
    if (this.begun.has(document)) return;
    if ((await this.options.versions.latest(document)) === null) {
      const read = await this.options.documents.read(document);
      const content = read === null ? null : yDocToNoteContent(read.doc);
      read?.doc.destroy();
      if (read === null || content === null || !saysSomething(content)) return;
      await this.maker.take(document, null, { kind: 'first', name: null, person: null, upTo: read.seq });
    }
    this.begun.add(document);
  }

  private async endSitting(document: DocumentId): Promise<void> {
    await this.begin(document);
    if (!this.begun.has(document)) return;
    await this.maker.takeOrLatest(document);
    if (this.options.onSittingEnded === undefined) return;
    // A version taken by hand may stand within the sitting: it is cut from the rows, not from the versions.
    const { versions } = this.options;
    const newest = await versions.latest(document);
    const sittings = await versions.page(document, { before: null, limit: 2, kinds: ['sitting'] });
    const before = sittings.find(({ seq }) => seq < (newest?.seq ?? 0));
    const rows = cutSittings(await this.options.log.read(document, before?.seq ?? 0), sittingGapMs);
    await this.options.onSittingEnded(document, rows.at(-1) ?? []);
  }

  private async catchUp(document: DocumentId): Promise<void> {
    const { log, versions } = this.options;
    let latest = await versions.latest(document);
    const sittings = cutSittings(await log.read(document, latest?.seq ?? 0), sittingGapMs);
    for (const [at, rows] of sittings.entries()) {
      const measure = measureRows(rows);
      if (measure === null) continue;
      if (at === sittings.length - 1 && this.timers.now() - measure.time < sittingGapMs) {
        if (latest === null) await this.begin(document);
        this.sittings.changed(document, measure.time);
        return;
      }
      if (latest === null && !(await this.saidSomethingAt(document, measure.seq))) continue;
      const kind = latest === null ? 'first' : 'sitting';
      latest = await this.maker.take(document, latest, { kind, name: null, person: null, upTo: measure.seq });
      this.begun.add(document);
      await this.options.onSittingEnded?.(document, rows);
    }
  }

  private async saidSomethingAt(document: DocumentId, seq: number): Promise<boolean> {
    const read = await this.options.documents.read(document, seq);
    if (read === null) return false;
    const content = yDocToNoteContent(read.doc);
    read.doc.destroy();
    return saysSomething(content);
  }

  private async requireKnownContent(document: DocumentId, body: BodyNode): Promise<void> {
    requireKnownBody(body);
    const now = await this.options.documents.read(document);
    const unknown = now === null ? [] : scanFragment(bodyOf(now.doc));
    now?.doc.destroy();
    if (unknown.length > 0)
      throw new AppError('app_outdated', 'the note holds content that this application does not know');
  }

  /** Not in the turn of the document: nobody who names a version waits for it. */
  private async keepSittings(document: DocumentId): Promise<void> {
    if (this.closed) return;
    try {
      await this.past.keepSittings(document);
    } catch (error) {
      // They are counted when somebody asks.
      if (!this.closed) this.options.logger.error({ document, err: error }, 'sittings were not counted');
    }
  }

  private async inBackground(document: DocumentId, work: () => Promise<void>): Promise<void> {
    try {
      await this.turns.do(document, work);
    } catch (error) {
      this.options.logger.error({ document, err: error }, 'a version was not made');
    }
  }
}
