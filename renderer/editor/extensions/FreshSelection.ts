import { Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import { readSelection } from '../readSelection.ts';

/** The key that an input method gives for all that it handles itself. */
const inputMethodKey = 229;

/** Each key is for where the caret is by then, however fast they come. */
export const FreshSelection = Extension.create({
  name: 'freshSelection',
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        handleDOMEvents: {
          keydown(view, { keyCode }) {
            if (keyCode !== inputMethodKey) readSelection(view);
            return false;
          },
        },
      },
    }),
  ],
});
