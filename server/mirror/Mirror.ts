import type { Logger } from 'pino';
import type { RelayEvent } from '#shared/api/events.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import type { AttachmentId, DocumentId } from '#shared/domain/ids.ts';
import {
  type CarnetWish,
  type FollowedRelayId,
  type MirrorReason,
  mirrorReasons,
  type MirrorState,
} from '#shared/domain/MirrorState.ts';
import { encodeClose } from '#shared/protocol/mirrorMessages.ts';
import { MalformedError } from '#shared/protocol/StrictReader.ts';
import type { RelayDocuments } from '../room/RelayDocuments.ts';
import type { MirrorRecord, MirrorStore } from '../storage/ports/MirrorStore.ts';
import type { DocumentHead, DocumentKind, UpdateLog } from '../storage/ports/UpdateLog.ts';
import { CarnetNotes, notesOf } from './CarnetNotes.ts';
import type { CopyDuties } from './CopyParts.ts';
import type { FollowedRelays } from './FollowedRelays.ts';
import { HomeSocket, type LinkProblem } from './HomeSocket.ts';
import { MirroredDocument } from './MirroredDocument.ts';
import type { MirrorFace } from './MirrorFace.ts';
import { SendPace } from './SendPace.ts';

/** How long a copy that failed waits before it is opened again, in ms. */
const againMs = 5_000;
/** How long a home may change what it says of a document before it is read again, in ms. */
const sheetMs = 1_000;
/** How long somebody waits for a copy to be whole for the first time, in ms. */
const patienceMs = 30_000;

export interface MirrorOptions {
  readonly relays: FollowedRelays;
  readonly store: MirrorStore;
  readonly log: UpdateLog;
  readonly documents: RelayDocuments;
  readonly duties: CopyDuties;
  readonly logger: Logger;
  readonly now: () => number;
  /** Whether a relay is one no more, so that its copies may go on as another's: it was left, or was a meeting that is over. Default: it is followed no more. */
  readonly isGone?: (relay: FollowedRelayId) => boolean;
}

interface Link {
  readonly socket: HomeSocket;
  problem: LinkProblem | null;
}

/** Keeps documents of followed relays equal with their homes: one socket for each relay, a copy for each document. */
export class Mirror implements MirrorFace {
  private readonly options: MirrorOptions;
  private readonly links = new Map<FollowedRelayId, Link>();
  private readonly paces = new Map<FollowedRelayId, SendPace>();
  private readonly copies = new Map<DocumentId, MirroredDocument>();
  private readonly listeners = new Set<(document: DocumentId, state: MirrorState | null) => void>();
  private readonly unsubscribe: (() => void)[];
  private readonly carnets: CarnetNotes;
  private held: ReadonlySet<DocumentId> = new Set();
  private followsSoon = false;
  private readonly sheets = new Set<MirroredDocument>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private closing: Promise<void> | null = null;

  constructor(options: MirrorOptions) {
    this.options = options;
    const { documents, log, relays } = options;
    this.carnets = new CarnetNotes({
      records: () => [...this.copies.values()].map(({ known }) => known.now),
      keep: (note, relay, reason) => this.keep(note, 'note', relay, reason),
      drop: (note) => this.drop(note),
      notesIn: async (carnet) => {
        const read = this.state(carnet)?.isWhole ? await documents.read(carnet) : null;
        const notes = read === null ? null : notesOf(read.doc);
        read?.doc.destroy();
        return notes;
      },
    });
    this.unsubscribe = [
      documents.onAppended(({ document, seq }) => this.copies.get(document)?.appended(seq)),
      documents.copies.onPresent((document, entry) => this.copies.get(document)?.presence.moved(entry)),
      log.onDamaged((document) => void this.copies.get(document)?.fetchAgain()),
      relays.onChanged((relay) => this.relayChanged(relay)),
    ];
  }

  /** Reads which copies there are, and looks for their homes. */
  async start(): Promise<void> {
    for (const record of await this.options.store.list()) {
      const copy = this.add(record);
      await copy.start();
    }
    for (const { relay } of this.states()) this.link(relay);
  }

  async keep(
    document: DocumentId,
    kind: DocumentKind,
    relay: FollowedRelayId,
    reason: MirrorReason,
  ): Promise<MirrorState> {
    const known = this.copies.get(document);
    if (known === undefined) {
      if (this.options.relays.get(relay) === null) throw new AppError('not_allowed', `no relay ${relay}`);
      if ((await this.options.log.head(document)) !== null)
        throw new AppError('conflict', `document ${document} lives on this computer`);
      const record: MirrorRecord = { ...nothingKnown, document, kind, relay, reason };
      await this.options.duties.readSheet(record);
      await this.options.store.put(record);
      this.open(this.add(record));
    } else if (known.known.now.relay !== relay && this.isGone(known.known.now.relay))
      await this.move(known, relay, reason);
    else if (mirrorReasons.indexOf(reason) > mirrorReasons.indexOf(known.known.now.reason))
      await known.setReason(reason);
    return this.whole(document);
  }

  async unpin(document: DocumentId): Promise<void> {
    const copy = this.copies.get(document);
    if (copy?.known.now.reason === 'pinned') await copy.setReason('opened');
  }

  async drop(document: DocumentId): Promise<void> {
    const copy = this.copies.get(document);
    if (copy === undefined) return;
    this.links.get(copy.known.now.relay)?.socket.send(document, encodeClose());
    await copy.drop();
  }

  async callBack(document: DocumentId): Promise<void> {
    await this.copies.get(document)?.callBack();
  }

  async dropAll(relay: FollowedRelayId): Promise<void> {
    // A carnet that is pinned would ask for its notes again.
    for (const { document } of this.states(relay)) await this.unpin(document);
    for (const kind of ['note', 'carnet', 'base'] as const)
      for (const one of this.states(relay)) if (one.kind === kind) await this.drop(one.document);
  }

  async place(
    document: DocumentId,
    relay: FollowedRelayId,
    wish: CarnetWish | null = null,
  ): Promise<MirrorState> {
    const { relays, log, store } = this.options;
    if (relays.get(relay) === null) throw new AppError('not_allowed', `no relay ${relay}`);
    const head = await log.head(document);
    if (head === null) throw new AppError('not_allowed', `no document ${document}`);
    if (this.copies.has(document) || head.homeSeq !== null)
      throw new AppError('conflict', `document ${document} has a home`);
    const role = head.kind === 'note' ? 'author' : 'manager';
    const { kind } = head;
    const record: MirrorRecord = {
      ...nothingKnown,
      document,
      kind,
      relay,
      reason: 'created',
      role,
      isWhole: true,
      wish,
    };
    await store.put(record);
    const copy = this.add(record);
    await copy.start();
    this.open(copy);
    this.tell(document, copy.state);
    return this.stateOf(copy);
  }

  state(document: DocumentId): MirrorState | null {
    const copy = this.copies.get(document);
    return copy === undefined ? null : this.stateOf(copy);
  }

  states(relay?: FollowedRelayId): readonly MirrorState[] {
    const all = [...this.copies.values()].map((copy) => this.stateOf(copy));
    return relay === undefined ? all : all.filter((one) => one.relay === relay);
  }

  isConnected(relay: FollowedRelayId): boolean {
    return this.links.get(relay)?.socket.isOpen ?? false;
  }

  onState(listener: (document: DocumentId, state: MirrorState | null) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  async mendFile(file: AttachmentId, notes: readonly DocumentId[]): Promise<boolean> {
    for (const note of notes) {
      const copy = this.copies.get(note);
      if (copy === undefined) continue;
      try {
        if (await this.options.duties.mendFile(copy.known.now, file)) return true;
      } catch (error) {
        this.options.logger.warn({ err: error, document: note }, 'a file was not fetched again');
      }
    }
    return false;
  }

  hold(documents: ReadonlySet<DocumentId>): void {
    const before = this.held;
    this.held = documents;
    for (const copy of this.copies.values()) {
      const { document, relay } = copy.known.now;
      if (before.has(document) && !documents.has(document)) this.open(copy);
      if (!documents.has(document) || before.has(document)) continue;
      this.links.get(relay)?.socket.send(document, encodeClose());
      copy.disconnect();
    }
  }

  retry(relay?: FollowedRelayId): void {
    for (const [id, { socket }] of this.links) {
      if (relay !== undefined && id !== relay) continue;
      socket.retry();
      for (const copy of this.of(id)) this.open(copy);
    }
  }

  /** Something changed at a home: what it says beside the content of a copy is read again, once for all that changes in a while. */
  heardOf(event: RelayEvent): void {
    const copy = 'id' in event ? this.copies.get(event.id as DocumentId) : undefined;
    if (event.type === 'versions') void copy?.versionNamed();
    if (copy === undefined || event.type === 'versions' || this.sheets.has(copy)) return;
    this.sheets.add(copy);
    this.later(() => {
      this.sheets.delete(copy);
      void copy.readSheet();
    }, sheetMs);
  }

  /** Somebody named a version here. */
  versionNamed(document: DocumentId): void {
    void this.copies.get(document)?.versionNamed();
  }

  /** Resolves when nothing is under way. Safe to call twice. */
  close(): Promise<void> {
    this.closing ??= (async () => {
      for (const stop of this.unsubscribe) stop();
      for (const timer of this.timers) clearTimeout(timer);
      for (const { socket } of this.links.values()) socket.close();
      await Promise.all([...this.copies.values()].map((copy) => copy.close()));
    })();
    return this.closing;
  }

  private add(record: MirrorRecord): MirroredDocument {
    const { log, documents, logger, now, duties, store } = this.options;
    const { document, relay } = record;
    const copy: MirroredDocument = new MirroredDocument(record, {
      log,
      documents,
      logger,
      now,
      duties,
      send: (message) => this.links.get(relay)?.socket.send(document, message),
      pace: this.paceOf(relay),
      save: (one) => store.put(one),
      changed: () => {
        if (this.copies.get(document) === copy) this.tell(document, this.stateOf(copy));
      },
      reopen: () => {
        this.links.get(relay)?.socket.send(document, encodeClose());
        copy.disconnect();
        this.open(copy);
      },
      failed: () => {
        this.links.get(relay)?.socket.send(document, encodeClose());
        this.later(() => this.open(copy), againMs);
      },
      gone: () => {
        this.copies.delete(document);
        this.tell(document, null);
      },
    });
    this.copies.set(document, copy);
    return copy;
  }

  private isGone(relay: FollowedRelayId): boolean {
    const { relays, isGone } = this.options;
    return relays.get(relay) === null || isGone?.(relay) === true;
  }

  /** A copy of a relay that is no more goes on as one of another that has the document: what either lacks of the other comes, and nothing twice. */
  private async move(copy: MirroredDocument, relay: FollowedRelayId, reason: MirrorReason): Promise<void> {
    const { duties, store, log, documents } = this.options;
    const { document, kind } = copy.known.now;
    const record: MirrorRecord = { ...nothingKnown, document, kind, relay, reason };
    await duties.readSheet(record);
    await copy.close();
    const head = await log.head(document);
    // With what is known of its files, which are to be there too.
    await store.remove(document);
    await store.put(record);
    // What a reader was sent is of nobody, and not to be told as this computer's.
    if (head !== null && head.homeSeq !== null) await beginAnother(documents, head);
    const next = this.add(record);
    await next.start();
    this.open(next);
    this.tell(document, this.stateOf(next));
  }

  private paceOf(relay: FollowedRelayId): SendPace {
    const pace = this.paces.get(relay) ?? new SendPace();
    this.paces.set(relay, pace);
    return pace;
  }

  /** Opens a copy at its home, now or once there is a way. */
  private open(copy: MirroredDocument): void {
    const { relay, document } = copy.known.now;
    if (!this.held.has(document) && this.copies.get(document) === copy && this.link(relay).socket.isOpen)
      copy.connect();
  }

  private link(relay: FollowedRelayId): Link {
    const known = this.links.get(relay);
    if (known !== undefined) return known;
    const { relays, logger } = this.options;
    const socket = new HomeSocket({
      relays,
      relay,
      onOpen: () => {
        link.problem = null;
        for (const copy of this.of(relay)) this.open(copy);
      },
      onMessage: (document, message) => {
        try {
          this.copies.get(document)?.hear(message);
        } catch (error) {
          if (!(error instanceof MalformedError)) throw error;
          logger.error({ document, relay }, 'a home said what cannot be read');
        }
      },
      onLost: (problem) => {
        link.problem = problem;
        for (const copy of this.of(relay)) {
          copy.disconnect();
          this.tell(copy.known.now.document, this.stateOf(copy));
        }
      },
    });
    const link: Link = { socket, problem: null };
    this.links.set(relay, link);
    socket.connect();
    return link;
  }

  private relayChanged(relay: FollowedRelayId): void {
    const link = this.links.get(relay);
    if (this.options.relays.get(relay) === null) {
      link?.socket.close();
      this.links.delete(relay);
    } else link?.socket.retry();
  }

  private *of(relay: FollowedRelayId): Iterable<MirroredDocument> {
    for (const copy of this.copies.values()) if (copy.known.now.relay === relay) yield copy;
  }

  private stateOf(copy: MirroredDocument): MirrorState {
    const { state } = copy;
    const problem = this.links.get(state.relay)?.problem ?? null;
    return { ...state, problem: problem ?? state.problem };
  }

  /** Waits until a copy is whole. @throws AppError with why it cannot be. */
  private async whole(document: DocumentId): Promise<MirrorState> {
    const { promise, resolve, reject } = Promise.withResolvers<MirrorState>();
    const look = (state: MirrorState | null): void => {
      const problem = state?.problem ?? null;
      if (state === null || problem === 'not_allowed') reject(new AppError('not_allowed', 'not kept there'));
      else if (state.isWhole) resolve(state);
      else if (problem === 'home_unreachable' || problem === 'not_signed_in')
        reject(new AppError(problem, `document ${document} is not whole`));
    };
    const stop = this.onState((one, state) => {
      if (one === document) look(state);
    });
    const timer = setTimeout(
      () => reject(new AppError('home_unreachable', `document ${document} did not come`)),
      patienceMs,
    );
    try {
      look(this.state(document));
      return await promise;
    } finally {
      clearTimeout(timer);
      stop();
    }
  }

  private later(work: () => void, ms: number): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      work();
    }, ms);
    timer.unref();
    this.timers.add(timer);
  }

  private tell(document: DocumentId, state: MirrorState | null): void {
    if (state?.kind !== 'note' && !this.followsSoon) {
      this.followsSoon = true;
      this.later(() => {
        this.followsSoon = false;
        void this.carnets.follow();
      }, sheetMs);
    }
    for (const listener of this.listeners) listener(document, state);
  }
}

/** The relay that it was a copy of may never bring what it alone had. Of a damaged one that cannot be told: it is fetched anew. */
async function beginAnother(
  { copies }: Pick<RelayDocuments, 'copies'>,
  { document, epoch }: DocumentHead,
): Promise<void> {
  try {
    await copies.begin(document, epoch, true);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'document_damaged')) throw error;
    await copies.begin(document, epoch);
  }
}

const nothingKnown = {
  role: null,
  homeEpoch: null,
  lastContact: null,
  isWhole: false,
  problem: null,
  wish: null,
} as const;
