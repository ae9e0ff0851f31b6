import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';

/** The part of a note's session that an editor stands on; `NoteSession` fits it. */
export interface EditorSession {
  readonly doc: Y.Doc;
  /** What is written in; default: the body of a note. */
  readonly body?: Y.XmlFragment;
  readonly awareness: Awareness;
  /**
   * Asks leave to bind an editor.
   * @param destroyEditor - called at once, inside the transaction, when content arrives that the schema cannot hold.
   * @returns the way to say that the editor is gone, or null when no editor may be bound.
   */
  attachEditor(destroyEditor: () => void): (() => void) | null;
}
