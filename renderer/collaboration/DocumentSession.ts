import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { bodyOf, guideOf } from '#shared/document/fields.ts';
import { schemaVersion } from '#shared/document/schema.ts';
import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import { AbsenceWatch } from './AbsenceWatch.ts';
import { CalepinProvider, type DocumentRole, type ResumePoint } from './CalepinProvider.ts';
import { ContentGuard } from './ContentGuard.ts';
import type { DocumentKind } from './DocumentKind.ts';
import type { DocumentSessionOptions } from './DocumentSessionOptions.ts';
import { LocalChanges } from './LocalChanges.ts';
import type { NumberedUpdate } from './joinUpdates.ts';
import { keepApart } from './keepApart.ts';
import { leaveDamagedCopy } from './leaveDamagedCopy.ts';
import {
  DamagedCopyError,
  EpochConflictError,
  type DocumentHead,
  type RecoveredCopy,
} from './OfflineStore.ts';
import { peopleOf, type PresentPerson } from './presence.ts';
import type { ProblemCode } from './problems.ts';
import { ProofKeeper } from './ProofKeeper.ts';
import { SaveLedger } from './SaveLedger.ts';
import type { Link, SavingState } from './savingState.ts';
import type { SessionSnapshot } from './SessionSnapshot.ts';
import { takeInCopy } from './takeInCopy.ts';

/**
 * One open document: its Y.Doc (with a client id of its own), the connection to its home, presence, the copy on this
 * device, and the truth about what is saved where. No React. An editor brings its own UndoManager.
 */
export class DocumentSession {
  readonly documentId: DocumentId;
  readonly kind: DocumentKind;
  readonly doc = new Y.Doc();
  readonly awareness = new Awareness(this.doc);
  /** The body of a note, or the writing guide of a carnet: what an editor is bound to. */
  readonly body: Y.XmlFragment;
  /** Keeps an editor from destroying what its schema lacks; `attachEditor` asks it. */
  readonly guard: ContentGuard;
  /** Resolves when the document is whole, from this device or from the relay. Stays pending while neither has it; rejects never. */
  readonly whenLoaded: Promise<void>;
  readonly #options: DocumentSessionOptions;
  readonly #ledger = new SaveLedger();
  readonly #absence = new AbsenceWatch(this.#ledger);
  readonly #provider: CalepinProvider;
  readonly #proofs: ProofKeeper;
  readonly #listeners = new Set<() => void>();
  #changes: LocalChanges | null = null;
  #head: DocumentHead = { epoch: null, seq: 0, complete: false };
  #link: Link = { kind: 'opening' };
  #role: DocumentRole | null = null;
  #problem: ProblemCode | null = null;
  /** What the guard found is in the relay's document too, as the relay last told it. */
  #relayHasUnknown = false;
  #keepsLocally: boolean;
  /** What this device has of the document could not be read, and is none of this session's. */
  #isCopyUnread = false;
  #isLoaded = false;
  #markLoaded: () => void = () => {};
  #isOver = false;
  #closing: Promise<void> | null = null;
  #people: readonly PresentPerson[] = [];
  #snapshot: SessionSnapshot;

  constructor(options: DocumentSessionOptions) {
    this.#options = options;
    this.documentId = options.documentId;
    this.kind = options.kind;
    this.#keepsLocally = options.store.durable;
    this.body = options.kind === 'note' ? bodyOf(this.doc) : guideOf(this.doc);
    this.guard = new ContentGuard(this.doc, this.body, () => {
      this.#relayHasUnknown = this.#link.kind === 'online' && this.guard.found.length > 0;
      this.#emit();
    });
    this.whenLoaded = new Promise((resolve) => {
      this.#markLoaded = resolve;
    });
    // A visitor is not shown to others.
    if (options.person === null) this.awareness.setLocalState(null);
    else this.renameSelf(options.person);
    this.#proofs = new ProofKeeper({
      document: options.documentId,
      store: options.store,
      head: () => this.#head,
      change: (part) => {
        this.#head = { ...this.#head, ...part };
        this.#changes?.storeSoon();
        this.#emit();
      },
    });
    this.#provider = new CalepinProvider({
      doc: this.doc,
      awareness: this.awareness,
      documentId: options.documentId,
      deviceId: options.deviceId ?? options.store.deviceId,
      origin: options.origin,
      schemaVersion: options.schemaVersion ?? schemaVersion,
      requestTicket: (request) => options.api.requestTicket(request),
      epoch: () => this.#head.epoch,
      resumePoint: () => this.#resumePoint(),
      ...(options.WebSocketPolyfill === undefined ? {} : { WebSocketPolyfill: options.WebSocketPolyfill }),
      ...(options.random === undefined ? {} : { random: options.random }),
      listener: {
        onTicket: (ticket) => this.#acceptEpoch(ticket.epoch),
        onLink: (link) => this.#setLink(link),
        onEnded: (problem) => void this.#end(problem),
        onSynced: ({ epoch, seq }) => this.#onSynced(epoch, seq),
        onRole: (role) => {
          this.#role = role;
          this.#emit();
        },
        onResumed: () => this.#changes?.sendAll(),
        onPosition: (seq) => this.#moveTo(seq),
        onProof: (head, publicKey) =>
          void this.#proofs.weigh(head, publicKey).catch((error: unknown) => this.#onStoreFailure(error)),
        onStep2: (isFirst) => {
          if (isFirst) this.#changes?.sendAll();
          this.#changes?.sentAll();
          return this.#ledger.made;
        },
        onAcknowledged: (through) => {
          this.#ledger.acknowledge(through);
          this.#changes?.acknowledge(this.#ledger.acknowledged);
          this.#absence.settle();
          this.#emit();
        },
        onHome: (home) => {
          this.#ledger.setHome(home);
          this.#emit();
        },
        onRefused: (problem) => this.#onRefused(problem),
      },
    });
    this.awareness.on('change', this.#onPresence);
    this.#onPresence();
    this.#snapshot = this.#takeSnapshot();
    void this.#open();
  }

  get loaded(): boolean {
    return this.#isLoaded;
  }

  get saveState(): SavingState {
    return this.#ledger.state;
  }

  get people(): readonly PresentPerson[] {
    return this.#people;
  }

  get role(): DocumentRole | null {
    return this.#role;
  }

  get problem(): ProblemCode | null {
    if (this.#problem !== null || this.guard.found.length === 0) return this.#problem;
    if (this.#relayHasUnknown) return 'app_outdated';
    // The relay's rows may have taken it away: it is judged after its answer, where there is one.
    return this.#link.kind === 'offline' ? 'unknown_content' : null;
  }

  /** The row of the home's log up to which everything is in the document; null where that is not known. */
  get position(): number | null {
    return this.#head.complete && this.#head.epoch !== null ? this.#head.seq : null;
  }

  /** The present state as one object, the same until something changes (for `useSyncExternalStore`). */
  readonly getSnapshot = (): SessionSnapshot => this.#snapshot;

  /** Calls `listener` after each change of the snapshot. @returns the way to stop. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /**
   * Asks leave to bind an editor. Call it before the editor exists, and bind none when it answers null.
   * @param destroyEditor - called at once, inside the transaction, when content arrives that the schema cannot hold; must
   * destroy the editor synchronously.
   * @returns the way to say that the editor is gone, or null when no editor may be bound.
   */
  attachEditor(destroyEditor: () => void): (() => void) | null {
    return this.guard.attach(destroyEditor);
  }

  /** The name or the hue of the person who works here changed. */
  renameSelf(person: NonNullable<DocumentSessionOptions['person']>): void {
    const { id, name, colour } = person;
    this.awareness.setLocalStateField('user', { id, name, colour });
  }

  /** Somebody has seen the doubt: from now on the relay's later word counts. */
  async settleDoubt(): Promise<void> {
    await this.#proofs.settle();
    await this.#changes?.flush();
  }

  /** Brings every local change to this device's copy and on its way to the relay, now. Resolved: the local commit is complete. */
  async flush(): Promise<void> {
    this.#provider.flushRemote();
    await this.#changes?.flush();
  }

  /** The window may be gone in a moment: the same, but what this device lacks is handed to it before this returns. */
  async leave(): Promise<void> {
    this.#provider.flushRemote();
    await this.#changes?.leave();
  }

  /** Tries the connection now: the window is looked at again, the network is back, somebody signed in. */
  retryNow(): void {
    if (this.#isOver) return;
    if (this.#problem === 'not_signed_in') {
      this.#setProblem(null);
      this.#provider.connect();
    } else this.#provider.retryNow();
  }

  /** The device lost its network. */
  noteNoNetwork(): void {
    if (!this.#isOver) this.#provider.giveUpLink('no_network');
  }

  /** Ends the session; waits for the local commit. Safe to call twice. */
  close(): Promise<void> {
    this.#closing ??= (async () => {
      await this.flush();
      await this.#stop();
      this.awareness.destroy();
      this.doc.destroy();
    })();
    return this.#closing;
  }

  async #open(): Promise<void> {
    const { store, documentId } = this.#options;
    let unacknowledged: (NumberedUpdate & { key: number })[] = [];
    let rowCount = 0;
    try {
      const stored = await store.load(documentId);
      if (this.#isOver) return;
      if (stored !== null) {
        this.#head = stored.head;
        rowCount = stored.updates.length;
        unacknowledged = takeInCopy(stored, this.doc, this.#ledger, store);
        if (unacknowledged.length > 0)
          this.#absence.left(this.position, unacknowledged[0]?.madeAt ?? Date.now());
      }
    } catch (error) {
      if (this.#isOver) return;
      if (!(error instanceof DamagedCopyError)) {
        this.#isCopyUnread = true;
        this.#onStoreFailure(error);
      } else if (!(await this.#leaveDamaged(error))) return;
    }
    this.#changes = new LocalChanges(
      {
        doc: this.doc,
        document: documentId,
        store,
        ledger: this.#ledger,
        provider: this.#provider,
        head: () => this.#head,
        onChange: () => this.#emit(),
        onStoreFailure: (error) => this.#onStoreFailure(error),
      },
      { unacknowledged, rowCount },
    );
    if (this.#head.complete) this.#becomeLoaded();
    this.#provider.connect();
    this.#emit();
  }

  /** @returns false when this device's store does not let go of the damaged copy: nothing is opened over it. */
  async #leaveDamaged(error: DamagedCopyError): Promise<boolean> {
    const { store, documentId, onRecovered } = this.#options;
    try {
      const copy = await leaveDamagedCopy(store, documentId, this.kind, error);
      if (copy !== null) onRecovered?.(copy);
      return !this.#isOver;
    } catch (failure) {
      this.#onStoreFailure(failure);
      this.#setProblem('local_copy_damaged');
      return false;
    }
  }

  #becomeLoaded(): void {
    if (this.#isLoaded) return;
    this.guard.start();
    this.#isLoaded = true;
    this.#markLoaded();
    this.#emit();
  }

  #resumePoint(): ResumePoint | null {
    const { epoch, seq, complete } = this.#head;
    if (epoch === null || !complete) return null;
    return { epoch, seq, unacknowledged: this.#changes?.firstClocks() ?? new Map<number, number>() };
  }

  /** Everything up to row `seq` is in the document, or was said to be gone from the relay. */
  #moveTo(seq: number): void {
    const wentBack = seq < this.#head.seq;
    this.#head = { ...this.#head, seq };
    if (wentBack) this.#changes?.rewind();
    else this.#changes?.storeSoon();
  }

  #onSynced(epoch: Epoch, seq: number): void {
    if (!this.#acceptEpoch(epoch)) return;
    if (this.#problem === 'document_damaged') this.#setProblem(null);
    this.#proofs.endsAt(epoch, seq);
    this.#moveTo(seq);
    this.#head = { ...this.#head, complete: true };
    this.#becomeLoaded();
    this.#absence.cameBack(Date.now());
    this.#relayHasUnknown = this.guard.found.length > 0;
    void this.#changes?.flush();
  }

  /** A document that already has content never meets another epoch (threat model, 3.9). */
  #acceptEpoch(epoch: Epoch): boolean {
    if (this.#head.epoch !== null && this.#head.epoch !== epoch) {
      void this.#fork('epoch_changed');
      return false;
    }
    if (this.#head.epoch === null) this.#head = { ...this.#head, epoch };
    return true;
  }

  /**
   * Where nothing was unsent, what was refused is what the relay once had, lost and asked for: there is nothing to keep apart, and this device's copy, more than
   * the relay has, stays as it is.
   */
  #onRefused(problem: ProblemCode): void {
    if (this.#ledger.hasPending) {
      void this.#fork(problem);
      return;
    }
    if (problem !== 'document_damaged') return;
    this.#setLink({ kind: 'offline', reason: 'damaged' });
    this.#setProblem(problem);
  }

  async #end(problem: ProblemCode): Promise<void> {
    if (this.#isOver) return;
    const needsFreshDoc = problem === 'epoch_changed' || problem === 'client_id_taken';
    const isAboutContent =
      problem === 'too_large' || problem === 'invalid_content' || problem === 'malformed';
    if (needsFreshDoc || (isAboutContent && this.#ledger.hasPending)) {
      await this.#fork(problem);
      return;
    }
    this.#setProblem(problem);
    if (problem !== 'not_allowed') return;
    // What this person may no longer read leaves the device; their own unsent words stay theirs.
    try {
      await this.#keepApart(problem, 'all');
    } catch (error) {
      this.#onStoreFailure(error);
    }
  }

  /** Leaves the present Y.Doc: what the home does not have is kept apart, and another session takes its place (threat model, 3.5). */
  async #fork(problem: ProblemCode): Promise<void> {
    if (this.#isOver) return;
    this.#ledger.refuse();
    try {
      const copy = await this.#keepApart(problem, problem === 'epoch_changed' ? 'all' : 'unacknowledged');
      this.#options.onReplaced?.(copy);
    } catch (error) {
      // Nothing is dropped: the words stay in this window, which no longer sends.
      this.#onStoreFailure(error);
      this.#setProblem(problem);
    }
  }

  async #keepApart(problem: ProblemCode, rows: 'all' | 'unacknowledged'): Promise<RecoveredCopy | null> {
    await this.#stop();
    // What could not be read may hold unsent words: it stays for whoever opens the document next.
    const isWhole = rows === 'all' && !this.#isCopyUnread;
    const keys = this.#changes?.unacknowledgedKeys ?? [];
    return keepApart(this.#options.store, this, this.#ledger, isWhole ? 'all' : keys, problem);
  }

  /** Ends the connection, then waits for what is on its way to this device's copy. */
  async #stop(): Promise<void> {
    this.#isOver = true;
    this.#provider.close();
    await this.#changes?.flush();
    this.#changes?.stop();
    this.guard.close();
    this.awareness.off('change', this.#onPresence);
  }

  #onStoreFailure(error: unknown): void {
    this.#keepsLocally = false;
    // Another window already follows the document's new life: this one's words cannot join it.
    if (error instanceof EpochConflictError) void this.#fork('epoch_changed');
    this.#emit();
  }

  #setLink(link: Link): void {
    if (link.kind === 'offline') this.#absence.left(this.position, Date.now());
    this.#link = link;
    this.#ledger.setLink(link);
    this.#emit();
  }

  #setProblem(problem: ProblemCode | null): void {
    this.#problem = problem;
    this.#emit();
  }

  readonly #onPresence = (): void => {
    const people = peopleOf(this.awareness, this.#options.person?.id ?? null);
    if (JSON.stringify(people) === JSON.stringify(this.#people)) return;
    this.#people = people;
    this.#emit();
  };

  #takeSnapshot(): SessionSnapshot {
    return {
      loaded: this.#isLoaded,
      mayBind: this.guard.found.length === 0,
      status: this.#link.kind,
      saveState: this.#ledger.state,
      people: this.#people,
      role: this.#role,
      problem: this.problem,
      keepsLocally: this.#keepsLocally,
      doubt: this.#head.doubt ?? null,
      absence: this.#absence.last,
    };
  }

  #emit(): void {
    const next = this.#takeSnapshot();
    // Most keystrokes change nothing that is shown: no re-render for them.
    if (JSON.stringify(next) === JSON.stringify(this.#snapshot)) return;
    this.#snapshot = next;
    for (const listener of this.#listeners) listener();
  }
}
