import { ActionIcon, Tooltip } from '@mantine/core';
import {
  IconArrowMerge,
  IconArrowsSplit2,
  IconColumnInsertLeft,
  IconColumnInsertRight,
  IconColumnRemove,
  IconRowInsertBottom,
  IconRowInsertTop,
  IconRowRemove,
  IconTableColumn,
  IconTableRow,
  IconTrash,
  type Icon,
} from '@tabler/icons-react';
import type { Editor } from '@tiptap/core';
import { type EditorTextKey, useEditorText } from '../texts.ts';
import { FloatingPanel } from './FloatingPanel.tsx';

interface Act {
  readonly label: EditorTextKey;
  readonly icon: Icon;
  readonly run: (editor: Editor) => void;
  readonly can: (editor: Editor) => boolean;
}

const acts: readonly (readonly Act[])[] = [
  [
    {
      label: 'table.rowBefore',
      icon: IconRowInsertTop,
      run: (e) => e.chain().focus().addRowBefore().run(),
      can: (e) => e.can().addRowBefore(),
    },
    {
      label: 'table.rowAfter',
      icon: IconRowInsertBottom,
      run: (e) => e.chain().focus().addRowAfter().run(),
      can: (e) => e.can().addRowAfter(),
    },
    {
      label: 'table.deleteRow',
      icon: IconRowRemove,
      run: (e) => e.chain().focus().deleteRow().run(),
      can: (e) => e.can().deleteRow(),
    },
  ],
  [
    {
      label: 'table.columnBefore',
      icon: IconColumnInsertLeft,
      run: (e) => e.chain().focus().addColumnBefore().run(),
      can: (e) => e.can().addColumnBefore(),
    },
    {
      label: 'table.columnAfter',
      icon: IconColumnInsertRight,
      run: (e) => e.chain().focus().addColumnAfter().run(),
      can: (e) => e.can().addColumnAfter(),
    },
    {
      label: 'table.deleteColumn',
      icon: IconColumnRemove,
      run: (e) => e.chain().focus().deleteColumn().run(),
      can: (e) => e.can().deleteColumn(),
    },
  ],
  [
    {
      label: 'table.merge',
      icon: IconArrowMerge,
      run: (e) => e.chain().focus().mergeCells().run(),
      can: (e) => e.can().mergeCells(),
    },
    {
      label: 'table.split',
      icon: IconArrowsSplit2,
      run: (e) => e.chain().focus().splitCell().run(),
      can: (e) => e.can().splitCell(),
    },
    {
      label: 'table.headerRow',
      icon: IconTableRow,
      run: (e) => e.chain().focus().toggleHeaderRow().run(),
      can: (e) => e.can().toggleHeaderRow(),
    },
    {
      label: 'table.headerColumn',
      icon: IconTableColumn,
      run: (e) => e.chain().focus().toggleHeaderColumn().run(),
      can: (e) => e.can().toggleHeaderColumn(),
    },
  ],
  [
    {
      label: 'table.remove',
      icon: IconTrash,
      run: (e) => e.chain().focus().deleteTable().run(),
      can: (e) => e.can().deleteTable(),
    },
  ],
];

function tableRect(editor: Editor): DOMRect | null {
  if (editor.isDestroyed) return null;
  const { $from } = editor.state.selection;
  for (let depth = $from.depth; depth > 0; depth -= 1) {
    if ($from.node(depth).type.name !== 'table') continue;
    const dom = editor.view.nodeDOM($from.before(depth));
    return dom instanceof Element ? dom.getBoundingClientRect() : null;
  }
  return null;
}

/** Rows, columns and cells of the table that the caret is in. */
export function TablePanel({ editor }: { editor: Editor }) {
  const text = useEditorText();
  return (
    <FloatingPanel
      anchor={() => tableRect(editor)}
      placement="above"
      label={text('table.label')}
      role="toolbar"
      className="tool-panel"
      onMouseDown={(event) => event.preventDefault()}
    >
      {acts.map((group, at) => (
        <span className="tool-group" key={group[0]?.label ?? at}>
          {group.map(({ label, icon: ActIcon, run, can }) => (
            <Tooltip key={label} label={text(label)}>
              <ActionIcon
                variant="subtle"
                color={label === 'table.remove' ? 'red' : 'gray'}
                size={30}
                aria-label={text(label)}
                disabled={!can(editor)}
                onClick={() => run(editor)}
              >
                <ActIcon size={18} stroke={1.75} />
              </ActionIcon>
            </Tooltip>
          ))}
        </span>
      ))}
    </FloatingPanel>
  );
}
