import type { DocumentId } from '#shared/domain/ids.ts';
import type { DocumentKind } from './DocumentKind.ts';
import { DocumentSession } from './DocumentSession.ts';
import type { DocumentSessionOptions } from './DocumentSessionOptions.ts';
import type { OfflineStore, RecoveredCopy } from './OfflineStore.ts';

/** How long a document stays open after the last component let go of it, in milliseconds: going back and forth costs no new connection. */
const lingerMs = 1_500;

interface Entry {
  readonly kind: DocumentKind;
  session: DocumentSession;
  holders: number;
  timer: ReturnType<typeof setTimeout> | null;
  readonly listeners: Set<() => void>;
}

export type RegistryOptions = Omit<
  DocumentSessionOptions,
  'documentId' | 'kind' | 'onReplaced' | 'onRecovered'
>;

/** The open documents of this window: one session each, shared by every component that shows it. */
export class SessionRegistry {
  readonly store: OfflineStore;
  #options: RegistryOptions;
  readonly #entries = new Map<DocumentId, Entry>();
  /** Sessions that are no longer open, until their last words are on this device. */
  readonly #closing = new Map<DocumentSession, Promise<void>>();
  readonly #recoveredListeners = new Set<() => void>();

  constructor(options: RegistryOptions) {
    this.#options = options;
    this.store = options.store;
  }

  /** The session of a document, opened when it is not. Held by nobody, it closes by itself after a moment. */
  get(documentId: DocumentId, kind: DocumentKind): DocumentSession {
    let entry = this.#entries.get(documentId);
    if (entry === undefined) {
      entry = { kind, session: this.#start(documentId, kind), holders: 0, timer: null, listeners: new Set() };
      this.#entries.set(documentId, entry);
      this.#scheduleClose(documentId, entry);
    }
    return entry.session;
  }

  /**
   * Holds a document open, and tells when its session is replaced by another (`get` then gives the new one).
   * @returns the way to let go.
   */
  hold(documentId: DocumentId, kind: DocumentKind, onReplaced: () => void): () => void {
    const before = this.#entries.get(documentId);
    this.get(documentId, kind);
    const entry = this.#entries.get(documentId);
    if (entry === undefined) throw new Error('unreachable: the entry was just made');
    entry.holders += 1;
    if (entry.timer !== null) clearTimeout(entry.timer);
    entry.timer = null;
    entry.listeners.add(onReplaced);
    // It had closed between being shown and being held.
    if (before === undefined) onReplaced();
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      entry.listeners.delete(onReplaced);
      entry.holders -= 1;
      if (entry.holders === 0) this.#scheduleClose(documentId, entry);
    };
  }

  /** Calls `listener` when a recovered copy is made or removed. @returns the way to stop. */
  onRecoveredChanged(listener: () => void): () => void {
    this.#recoveredListeners.add(listener);
    return () => this.#recoveredListeners.delete(listener);
  }

  /** Throws a recovered copy away, at the person's wish. */
  async removeRecovered(id: string): Promise<void> {
    await this.store.removeRecovered(id);
    this.#tellRecovered();
  }

  /** Commits every open document to this device, without closing. */
  async flush(): Promise<void> {
    await Promise.all(this.#sessions().map((session) => session.flush()));
  }

  /** The window may be gone in a moment: what this device lacks of every open document is handed to it before this returns. */
  async leave(): Promise<void> {
    await Promise.all(this.#sessions().map((session) => session.leave()));
  }

  /** The name or the hue of the person who works here changed. */
  renameSelf(person: NonNullable<RegistryOptions['person']>): void {
    this.#options = { ...this.#options, person };
    for (const entry of this.#entries.values()) entry.session.renameSelf(person);
  }

  /** Tries every connection now. */
  retryNow(): void {
    for (const entry of this.#entries.values()) entry.session.retryNow();
  }

  /** The device lost its network. */
  noteNoNetwork(): void {
    for (const entry of this.#entries.values()) entry.session.noteNoNetwork();
  }

  /** True when a local change is in memory alone. */
  get hasUnstoredChanges(): boolean {
    return this.#sessions().some((session) => {
      const state = session.saveState;
      return state.kind === 'editing' || (state.kind === 'offline' && state.pending === 'memory');
    });
  }

  /** Closes every document and the store; waits for the local commits. */
  async close(): Promise<void> {
    for (const [id, entry] of this.#entries) this.#closeEntry(id, entry);
    await Promise.all(this.#closing.values());
    await this.store.close();
  }

  #start(documentId: DocumentId, kind: DocumentKind): DocumentSession {
    const session: DocumentSession = new DocumentSession({
      ...this.#options,
      documentId,
      kind,
      onReplaced: (copy) => this.#replace(documentId, session, copy),
      onRecovered: () => this.#tellRecovered(),
    });
    return session;
  }

  #replace(documentId: DocumentId, old: DocumentSession, copy: RecoveredCopy | null): void {
    const entry = this.#entries.get(documentId);
    if (copy !== null) this.#tellRecovered();
    if (entry === undefined || entry.session !== old) return;
    entry.session = this.#start(documentId, entry.kind);
    for (const listener of entry.listeners) listener();
    // The editor of the old document lets go first.
    setTimeout(() => this.#close(old), lingerMs);
  }

  #scheduleClose(documentId: DocumentId, entry: Entry): void {
    entry.timer = setTimeout(() => this.#closeEntry(documentId, entry), lingerMs);
  }

  #closeEntry(documentId: DocumentId, entry: Entry): void {
    if (entry.timer !== null) clearTimeout(entry.timer);
    entry.timer = null;
    this.#entries.delete(documentId);
    this.#close(entry.session);
  }

  #close(session: DocumentSession): void {
    const closing = session.close();
    this.#closing.set(session, closing);
    void closing.finally(() => this.#closing.delete(session));
  }

  #sessions(): DocumentSession[] {
    return [...[...this.#entries.values()].map((entry) => entry.session), ...this.#closing.keys()];
  }

  #tellRecovered(): void {
    for (const listener of this.#recoveredListeners) listener();
  }
}
