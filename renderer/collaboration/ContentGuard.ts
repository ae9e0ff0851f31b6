import type * as Y from 'yjs';
import { scanFragment, scanTransaction, type UnknownContent } from '#shared/document/unknownContent.ts';

/**
 * Keeps an editor whose schema lacks something from destroying it for everyone (threat model, A12): the body is scanned before
 * an editor is bound, and each change is scanned before the binding sees it. On a finding every editor is destroyed there and then;
 * making it read-only is not enough, since the binding then writes its stale view back. Once nothing of it is left, editors may be
 * bound again.
 */
export class ContentGuard {
  readonly #doc: Y.Doc;
  readonly #body: Y.XmlFragment;
  readonly #onChange: (found: readonly UnknownContent[]) => void;
  readonly #editors = new Set<() => void>();
  #found: readonly UnknownContent[] = [];
  #isWatching = false;

  /** @param onChange - called after the editors were destroyed, and with nothing found once editors may be bound again. */
  constructor(doc: Y.Doc, body: Y.XmlFragment, onChange: (found: readonly UnknownContent[]) => void) {
    this.#doc = doc;
    this.#body = body;
    this.#onChange = onChange;
  }

  /** What this schema cannot hold, as it was found; empty while there is nothing of it. */
  get found(): readonly UnknownContent[] {
    return this.#found;
  }

  /** Scans the whole body, then watches each change. @returns false when no editor may be bound. */
  start(): boolean {
    if (!this.#isWatching) {
      this.#isWatching = true;
      this.#doc.on('beforeObserverCalls', this.#check);
      this.#doc.on('afterTransaction', this.#lift);
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
    this.#doc.off('afterTransaction', this.#lift);
    this.#editors.clear();
  }

  readonly #check = (transaction: Y.Transaction): void => {
    if (this.#found.length === 0) this.#report(scanTransaction(this.#body, transaction));
  };

  /** When every observer has seen the change: an editor that is bound at once is bound outside the transaction. */
  readonly #lift = (): void => {
    if (this.#found.length === 0 || scanFragment(this.#body).length > 0) return;
    this.#found = [];
    this.#onChange(this.#found);
  };

  #report(found: readonly UnknownContent[]): void {
    if (found.length === 0) return;
    this.#found = found;
    const editors = [...this.#editors];
    this.#editors.clear();
    for (const destroy of editors) destroy();
    this.#onChange(found);
  }
}
