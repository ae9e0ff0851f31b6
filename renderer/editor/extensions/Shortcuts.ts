import { Extension } from '@tiptap/core';
import { TextSelection } from '@tiptap/pm/state';
import { insertFootnote } from '../blocks/insertables.ts';
import { moveBlockBy } from '../blocks/blockActions.ts';

/** What the shortcuts ask of the interface around the text. */
export interface ShortcutTargets {
  readonly openFind: (withReplacement: boolean) => void;
  readonly focusToolbar: () => void;
  readonly editLink: () => void;
  readonly leave: () => void;
}

/** Shortcut targets that may change while the editor stays: the editor is made once, the interface is drawn many times. */
export class ShortcutRelay implements ShortcutTargets {
  #targets: ShortcutTargets | null = null;

  /** Sends what follows to other targets; null sends it nowhere. */
  pointAt(targets: ShortcutTargets | null): void {
    this.#targets = targets;
  }

  readonly openFind = (withReplacement: boolean): void => this.#targets?.openFind(withReplacement);
  readonly focusToolbar = (): void => this.#targets?.focusToolbar();
  readonly editLink = (): void => this.#targets?.editLink();
  readonly leave = (): void => this.#targets?.leave();
}

/**
 * Keys of the editor. None with Ctrl and Alt together: on Windows that is AltGr, which types characters on the Canadian
 * French keyboard. `Escape` leaves what is open (a footnote, a selected node) before it leaves editing.
 */
export const Shortcuts = Extension.create<{ targets: ShortcutTargets | null }>({
  name: 'noteShortcuts',
  priority: 50,
  addOptions() {
    return { targets: null };
  },
  addKeyboardShortcuts() {
    const { targets } = this.options;
    const ask = (act: (targets: ShortcutTargets) => void) => () => {
      if (!targets) return false;
      act(targets);
      return true;
    };
    const heading = (level: 1 | 2 | 3 | 4) => () => this.editor.commands.toggleHeading({ level });
    return {
      'Mod-Shift-0': () => this.editor.commands.setParagraph(),
      'Mod-Shift-1': heading(1),
      'Mod-Shift-2': heading(2),
      'Mod-Shift-3': heading(3),
      'Mod-Shift-4': heading(4),
      'Alt-Shift-ArrowUp': () => {
        moveBlockBy(this.editor, -1);
        return true;
      },
      'Alt-Shift-ArrowDown': () => {
        moveBlockBy(this.editor, 1);
        return true;
      },
      'Mod-Shift-f': () => {
        insertFootnote(this.editor);
        return true;
      },
      'Mod-f': ask((to) => to.openFind(false)),
      'Mod-h': ask((to) => to.openFind(true)),
      'Alt-F10': ask((to) => to.focusToolbar()),
      'Mod-k': () => {
        // Without a selection Ctrl+K belongs to the palette of the application.
        if (this.editor.state.selection.empty && !this.editor.isActive('link')) return false;
        targets?.editLink();
        return true;
      },
      Escape: () => {
        const { selection } = this.editor.state;
        if (!(selection instanceof TextSelection)) return this.editor.commands.setTextSelection(selection.to);
        if (!selection.empty) return this.editor.commands.setTextSelection(selection.head);
        if (!targets) return false;
        targets.leave();
        return true;
      },
    };
  },
});
