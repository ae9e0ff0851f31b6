import { Extension } from '@tiptap/core';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { ySyncPluginKey } from '@tiptap/y-tiptap';

/**
 * What others type scrolls nothing here: the binding asks to scroll to one's caret after each remote change, which drags the
 * page away from what is being read. The browser's scroll anchoring keeps the lines in place. One's own undo still scrolls.
 */
export const SteadyViewport = Extension.create({
  name: 'steadyViewport',
  addProseMirrorPlugins() {
    return [
      new Plugin({
        key: new PluginKey('steadyViewport'),
        props: {
          handleScrollToSelection(view) {
            const sync = ySyncPluginKey.getState(view.state) as
              | { isChangeOrigin?: boolean; isUndoRedoOperation?: boolean }
              | undefined;
            return sync?.isChangeOrigin === true && sync.isUndoRedoOperation !== true;
          },
        },
      }),
    ];
  },
});
