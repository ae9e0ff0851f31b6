import { Extension } from '@tiptap/core';
import { DragHandlePlugin, normalizeNestedOptions } from '@tiptap/extension-drag-handle';
import type { Node } from '@tiptap/pm/model';

/** The block that the handle stands beside. */
export interface HandledBlock {
  readonly node: Node;
  readonly at: number;
}

export interface BlockHandleStorage {
  /** Where the handle's buttons are drawn. */
  element: HTMLElement;
  current: HandledBlock | null;
}

declare module '@tiptap/core' {
  interface Storage {
    blockHandle: BlockHandleStorage;
  }
}

/**
 * The handle beside the block under the pointer: drag to move, click for its menu. The plugin is there from the beginning:
 * one that is registered later takes every plugin's view down and up again, the shared document's included.
 */
export const BlockHandle = Extension.create<object, BlockHandleStorage>({
  name: 'blockHandle',
  addStorage() {
    const element = document.createElement('div');
    element.className = 'block-handle';
    element.dataset['editorPart'] = '';
    element.style.visibility = 'hidden';
    return { element, current: null };
  },
  addProseMirrorPlugins() {
    const { editor, storage } = this;
    return [
      DragHandlePlugin({
        pluginKey: 'blockHandle',
        editor,
        element: storage.element,
        computePositionConfig: { placement: 'left-start', strategy: 'absolute' },
        // Items of lists and blocks of callouts too; near their left edge, the whole that holds them.
        nestedOptions: normalizeNestedOptions(true),
        onNodeChange: ({ node, pos }) => {
          storage.current = node ? { node, at: pos } : null;
        },
      }).plugin,
    ];
  },
});
