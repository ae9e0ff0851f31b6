import { Menu } from '@mantine/core';
import {
  IconArrowDown,
  IconArrowUp,
  IconCopy,
  IconGripVertical,
  IconLink,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react';
import type { Editor } from '@tiptap/core';
import { TextSelection } from '@tiptap/pm/state';
import { memo, useState } from 'react';
import { createPortal } from 'react-dom';
import {
  addBlockAfter,
  deleteBlock,
  duplicateBlock,
  ensureBlockId,
  moveBlockBy,
} from '../blocks/blockActions.ts';
import { insertables } from '../blocks/insertables.ts';
import { useEditorServices } from '../EditorServices.ts';
import { shownKeys, useEditorText } from '../texts.ts';
import type { BlockHandleStorage } from './BlockHandle.ts';

/** The buttons of the handle beside a block: add below, and a grip that is dragged or opens the block's menu. */
export const BlockHandleMenu = memo(function BlockHandleMenu({
  editor,
  noteId,
}: {
  editor: Editor;
  noteId: string;
}) {
  const text = useEditorText();
  const services = useEditorServices();
  const [at, setAt] = useState<number | null>(null);
  // Absent from an editor that was already given up.
  const storage = editor.storage.blockHandle as BlockHandleStorage | undefined;
  const current = () => storage?.current?.at ?? null;
  const open = (isOpen: boolean) => {
    setAt(isOpen ? current() : null);
    editor.commands.command(({ tr }) => {
      tr.setMeta('lockDragHandle', isOpen).setMeta('addToHistory', false);
      return true;
    });
  };
  const withBlock = (act: (place: number) => void) => () => {
    if (at !== null) act(at);
  };
  const copyLink = (place: number) => {
    const id = ensureBlockId(editor, place);
    if (id === null) return;
    const address = new URL(`${services.noteUrl(noteId)}#${id}`, window.location.href).href;
    void navigator.clipboard.writeText(address).then(() => services.notify(text('block.linkCopied'), 'info'));
  };
  if (!storage) return null;
  return createPortal(
    <>
      <button
        type="button"
        className="block-handle-button"
        tabIndex={-1}
        aria-label={text('block.add')}
        title={text('block.add')}
        onClick={() => {
          const place = current();
          if (place !== null) {
            addBlockAfter(editor, place);
            editor.commands.focus();
          }
        }}
      >
        <IconPlus size={16} />
      </button>
      <Menu position="bottom-start" opened={at !== null} onChange={open} returnFocus={false}>
        <Menu.Target>
          <button
            type="button"
            className="block-handle-button is-grip"
            tabIndex={-1}
            aria-label={text('block.handle')}
            title={text('block.handle')}
          >
            <IconGripVertical size={16} />
          </button>
        </Menu.Target>
        <Menu.Dropdown data-editor-part="" mah={480} className="menu-scroll">
          <Menu.Item
            leftSection={<IconArrowUp size={16} />}
            rightSection={<kbd>{shownKeys('Alt+Shift+↑')}</kbd>}
            onClick={withBlock((place) => moveBlockBy(editor, -1, place))}
          >
            {text('block.up')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconArrowDown size={16} />}
            rightSection={<kbd>{shownKeys('Alt+Shift+↓')}</kbd>}
            onClick={withBlock((place) => moveBlockBy(editor, 1, place))}
          >
            {text('block.down')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconCopy size={16} />}
            onClick={withBlock((place) => duplicateBlock(editor, place))}
          >
            {text('block.duplicate')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLink size={16} />} onClick={withBlock(copyLink)}>
            {text('block.copyLink')}
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} />}
            onClick={withBlock((place) => deleteBlock(editor, place))}
          >
            {text('block.remove')}
          </Menu.Item>
          <Menu.Label>{text('block.turnInto')}</Menu.Label>
          {insertables
            .filter((one) => one.transforms === true)
            .map((one) => {
              const ItemIcon = one.icon;
              return (
                <Menu.Item
                  key={one.id}
                  leftSection={<ItemIcon size={16} stroke={1.75} />}
                  onClick={withBlock((place) => {
                    editor.view.dispatch(
                      editor.state.tr.setSelection(TextSelection.near(editor.state.doc.resolve(place + 1))),
                    );
                    one.insert(editor);
                  })}
                >
                  {text(one.label)}
                </Menu.Item>
              );
            })}
        </Menu.Dropdown>
      </Menu>
    </>,
    storage.element,
  );
});
