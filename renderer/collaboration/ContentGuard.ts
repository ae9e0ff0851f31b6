import type * as Y from 'yjs';
import { scanFragment, scanTransaction, type UnknownContent } from '#shared/document/unknownContent.ts';

/**
 * Keeps an editor whose schema lacks something from destroying it for everyone (threat model, A12): the body is scanned before
 * an editor is bound, and each change is scanned before the binding sees it. On a finding every editor is destroyed there and then;
 * making it read-only is not enough, since the binding then writes its stale view back.
 */
export class ContentGuard {
  readonly #doc: Y.Doc;
  readonly #body: Y.XmlFragment;
  readonly #onUnknown: (found: readonly UnknownContent[]) => void;
  readonly #editors = new Set<() => void>();
  #found: readonly UnknownContent[] = [];
  #isWatching = false;

  /** @param onUnknown - called once, after the editors were destroyed. */
  constructor(doc: Y.Doc, body: Y.XmlFragment, onUnknown: (found: readonly UnknownContent[]) => void) {
    this.#doc = doc;
    this.#body = body;
    this.#onUnknown = onUnknown;
  }

  /** What this schema cannot hold, if anything was found. */
  get found(): readonly UnknownContent[] {
    return this.#found;
  }

  /** Scans the whole body, then watches each change. @returns false when no editor may be bound. */
  start(): boolean {
    if (!this.#isWatching) {
      this.#isWatching = true;
      this.#doc.on('beforeObserverCalls', this.#check);
      this.#report(scanFragment(this.#body));
    }
    return this.#found.length === 0;
  }

  /**
   * Asks leave to bind an editor. Call it before the editor exists, and bind none when it answers false.
   * @param destroyEditor - called at once, inside the transaction, when unknown content arrives; must destroy the editor synchronously.
   * @returns the way to say that the editor is gone, or null when no editor may be bound.
   */
  attach(destroyEditor: () => void): (() => void) | null {
    if (!this.start()) return null;
    this.#editors.add(destroyEditor);
    return () => this.#editors.delete(destroyEditor);
  }

  /** Stops watching. */
  close(): void {
    this.#doc.off('beforeObserverCalls', this.#check);
    this.#editors.clear();
  }

  readonly #check = (transaction: Y.Transaction): void => {
    if (this.#found.length === 0) this.#report(scanTransaction(this.#body, transaction));
  };

  #report(found: readonly UnknownContent[]): void {
    if (found.length === 0) return;
    this.#found = found;
    const editors = [...this.#editors];
    this.#editors.clear();
    for (const destroy of editors) destroy();
    this.#onUnknown(found);
  }
}
