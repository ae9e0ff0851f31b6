import { ActionIcon, Menu, Tooltip, UnstyledButton } from '@mantine/core';
import {
  IconAlignCenter,
  IconAlignJustified,
  IconAlignLeft,
  IconAlignRight,
  IconArrowBackUp,
  IconArrowForwardUp,
  IconChevronDown,
  IconClearFormatting,
  IconDots,
  IconLink,
  IconPlus,
  IconSearch,
  type Icon,
} from '@tabler/icons-react';
import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import { type KeyboardEvent, memo, type ReactNode, type Ref, useLayoutEffect, useRef, useState } from 'react';
import type { TextAlignment } from '#shared/document/vocabulary.ts';
import { insertables, type Insertable } from '../blocks/insertables.ts';
import { type EditorText, type EditorTextKey, shownKeys, useEditorText } from '../texts.ts';
import { markTools } from './markTools.ts';

export interface ToolbarProps {
  readonly editor: Editor;
  readonly onLink: () => void;
  readonly onFind: () => void;
  readonly ref?: Ref<HTMLDivElement>;
}

interface Tool {
  readonly id: string;
  readonly label: EditorTextKey;
  readonly icon: Icon;
  readonly shortcut?: string;
  readonly isOn?: boolean;
  readonly isOff?: boolean;
  readonly run: () => void;
}

const alignments: readonly (readonly [TextAlignment, Icon])[] = [
  ['left', IconAlignLeft],
  ['center', IconAlignCenter],
  ['right', IconAlignRight],
  ['justify', IconAlignJustified],
];

function align(editor: Editor, value: TextAlignment): void {
  const to = value === 'left' ? null : value;
  editor
    .chain()
    .focus()
    .updateAttributes('paragraph', { textAlign: to })
    .updateAttributes('heading', { textAlign: to })
    .run();
}

function alignmentOf(editor: Editor): TextAlignment {
  const value: unknown =
    editor.getAttributes('heading')['textAlign'] ?? editor.getAttributes('paragraph')['textAlign'];
  return value === 'center' || value === 'right' || value === 'justify' ? value : 'left';
}

/** Lists and quotes, which have a tool of their own. */
const blockTools = insertables.filter(({ id }) =>
  ['bulletList', 'orderedList', 'taskList', 'blockquote'].includes(id),
);
const styles = insertables.filter((one) => one.transforms === true);
const others = insertables.filter((one) => one.group !== 'text' && one.group !== 'lists');

/** All that the bar shows of the editor: it is drawn again when this is another, and not at each letter. */
function shownOf(editor: Editor) {
  const can = editor.can();
  return {
    canUndo: can.undo(),
    canRedo: can.redo(),
    marks: [...markTools.map(({ mark }) => mark), 'link'].filter((mark) => editor.isActive(mark)),
    blocks: blockTools.filter((one) => one.isActive?.(editor) === true).map(({ id }) => id),
    style: styles.find((one) => one.isActive?.(editor) === true)?.label ?? 'blocks.paragraph',
    alignment: alignmentOf(editor),
  };
}

function toolsOf(
  editor: Editor,
  shown: ReturnType<typeof shownOf>,
  { onLink, onFind }: Pick<ToolbarProps, 'onLink' | 'onFind'>,
): Tool[] {
  return [
    {
      id: 'undo',
      label: 'toolbar.undo',
      icon: IconArrowBackUp,
      shortcut: 'Ctrl+Z',
      isOff: !shown.canUndo,
      run: () => editor.chain().focus().undo().run(),
    },
    {
      id: 'redo',
      label: 'toolbar.redo',
      icon: IconArrowForwardUp,
      shortcut: 'Ctrl+Y',
      isOff: !shown.canRedo,
      run: () => editor.chain().focus().redo().run(),
    },
    ...markTools.map(({ mark, label, icon, shortcut, toggle }) => ({
      id: mark,
      label,
      icon,
      shortcut,
      isOn: shown.marks.includes(mark),
      run: () => toggle(editor),
    })),
    {
      id: 'clear',
      label: 'marks.clear',
      icon: IconClearFormatting,
      run: () => editor.chain().focus().unsetAllMarks().run(),
    },
    {
      id: 'link',
      label: 'marks.link',
      icon: IconLink,
      shortcut: 'Ctrl+K',
      isOn: shown.marks.includes('link'),
      run: onLink,
    },
    ...blockTools.map((one) => ({
      id: one.id,
      label: one.label,
      icon: one.icon,
      ...(one.shortcut === undefined ? {} : { shortcut: one.shortcut }),
      isOn: shown.blocks.includes(one.id),
      run: () => one.insert(editor),
    })),
    { id: 'find', label: 'toolbar.find', icon: IconSearch, shortcut: 'Ctrl+F', run: onFind },
  ];
}

/** Width of one tool and of the three menus with their separators, in CSS pixels. */
const toolWidth = 34;
const menusWidth = 330;

/** How many tools fit in the bar; the others go in the « … » menu. */
function useRoom(count: number): {
  readonly ref: (element: HTMLDivElement | null) => void;
  readonly shown: number;
} {
  const [width, setWidth] = useState(Number.POSITIVE_INFINITY);
  const observer = useRef<ResizeObserver | null>(null);
  const [element, setElement] = useState<HTMLDivElement | null>(null);
  useLayoutEffect(() => {
    if (!element || typeof ResizeObserver === 'undefined') return undefined;
    setWidth(element.clientWidth);
    observer.current = new ResizeObserver(() => setWidth(element.clientWidth));
    observer.current.observe(element);
    return () => observer.current?.disconnect();
  }, [element]);
  const room = Math.floor((width - menusWidth) / toolWidth);
  return { ref: setElement, shown: room >= count ? count : Math.max(0, room - 1) };
}

function moveFocus(event: KeyboardEvent<HTMLDivElement>, leave: () => void): void {
  // React brings here the keys of the menus too, which close themselves and stand elsewhere in the page.
  if (!event.currentTarget.contains(event.target as Node)) return;
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  const to =
    event.key === 'ArrowRight'
      ? (at + 1) % buttons.length
      : event.key === 'ArrowLeft'
        ? (at - 1 + buttons.length) % buttons.length
        : event.key === 'Home'
          ? 0
          : event.key === 'End'
            ? buttons.length - 1
            : null;
  if (event.key === 'Escape') {
    event.preventDefault();
    event.stopPropagation();
    leave();
    return;
  }
  if (to === null || at === -1) return;
  event.preventDefault();
  for (const button of buttons) button.tabIndex = -1;
  const next = buttons[to];
  if (next) {
    next.tabIndex = 0;
    next.focus();
  }
}

/** Formatting, above the text. One stop of the Tab key; arrows move inside. Alt+F10 comes here, Escape goes back. */
export const Toolbar = memo(function Toolbar({ editor, onLink, onFind, ref }: ToolbarProps) {
  const text = useEditorText();
  const state = useEditorState({ editor, selector: ({ editor: now }) => shownOf(now) });
  const { alignment, style } = state;
  const tools = toolsOf(editor, state, { onLink, onFind });
  const room = useRoom(tools.length);
  const shown = tools.slice(0, room.shown);
  const hidden = tools.slice(room.shown);
  const AlignmentIcon = alignments.find(([value]) => value === alignment)?.[1] ?? IconAlignLeft;

  return (
    <div
      ref={(element) => {
        room.ref(element);
        if (typeof ref === 'function') ref(element);
        else if (ref) ref.current = element;
      }}
      className="editor-toolbar"
      role="toolbar"
      aria-label={text('toolbar.label')}
      data-editor-part=""
      // Before the tooltips, which keep Escape to themselves.
      onKeyDownCapture={(event) => moveFocus(event, () => editor.view.focus())}
    >
      <BlockMenu editor={editor} label={text('toolbar.style')} items={styles}>
        <UnstyledButton
          className="toolbar-style"
          aria-label={`${text('toolbar.style')} – ${text(style)}`}
          tabIndex={0}
        >
          <span>{text(style)}</span>
          <IconChevronDown size={14} aria-hidden />
        </UnstyledButton>
      </BlockMenu>
      <span className="toolbar-line" aria-hidden />
      {shown.map((tool) => (
        <ToolButton key={tool.id} tool={tool} text={text} />
      ))}
      <Menu position="bottom-start">
        <Menu.Target>
          <Tooltip label={text('align.label')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={32}
              aria-label={text('align.label')}
              tabIndex={-1}
            >
              <AlignmentIcon size={18} stroke={1.75} />
            </ActionIcon>
          </Tooltip>
        </Menu.Target>
        <Menu.Dropdown data-editor-part="">
          {alignments.map(([value, AlignIcon]) => (
            <Menu.Item
              key={value}
              leftSection={<AlignIcon size={16} />}
              aria-current={value === alignment}
              onClick={() => align(editor, value)}
            >
              {text(`align.${value}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {hidden.length > 0 ? (
        <Menu position="bottom-end">
          <Menu.Target>
            <Tooltip label={text('toolbar.more')}>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={32}
                aria-label={text('toolbar.more')}
                tabIndex={-1}
              >
                <IconDots size={18} />
              </ActionIcon>
            </Tooltip>
          </Menu.Target>
          <Menu.Dropdown data-editor-part="" mah={420} className="menu-scroll">
            {hidden.map(({ id, label, icon: ToolIcon, shortcut, isOff, run }) => (
              <Menu.Item
                key={id}
                leftSection={<ToolIcon size={16} />}
                rightSection={shortcut === undefined ? null : <kbd>{shownKeys(shortcut)}</kbd>}
                disabled={isOff === true}
                onClick={run}
              >
                {text(label)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ) : null}
      <span className="toolbar-line" aria-hidden />
      <BlockMenu editor={editor} label={text('toolbar.insert')} items={others}>
        <UnstyledButton className="toolbar-insert" tabIndex={-1}>
          <IconPlus size={16} aria-hidden />
          <span>{text('toolbar.insert')}</span>
        </UnstyledButton>
      </BlockMenu>
    </div>
  );
});

function ToolButton({ tool, text }: { tool: Tool; text: EditorText }) {
  const { label, icon: ToolIcon, shortcut, isOn, isOff, run } = tool;
  return (
    <Tooltip label={shortcut === undefined ? text(label) : `${text(label)} (${shownKeys(shortcut)})`}>
      <ActionIcon
        variant={isOn === true ? 'light' : 'subtle'}
        color={isOn === true ? undefined : 'gray'}
        size={32}
        tabIndex={-1}
        aria-label={text(label)}
        {...(isOn === undefined ? {} : { 'aria-pressed': isOn })}
        disabled={isOff === true}
        onMouseDown={(event) => event.preventDefault()}
        onClick={run}
      >
        <ToolIcon size={18} stroke={1.75} />
      </ActionIcon>
    </Tooltip>
  );
}

interface BlockMenuProps {
  readonly editor: Editor;
  readonly label: string;
  readonly items: readonly Insertable[];
  readonly children: ReactNode;
}

/** A menu of blocks, each with its icon, name and shortcut. */
function BlockMenu({ editor, label, items, children }: BlockMenuProps) {
  return (
    <Menu position="bottom-start" returnFocus={false}>
      <Menu.Target>{children}</Menu.Target>
      <Menu.Dropdown data-editor-part="" aria-label={label} mah={460} className="menu-scroll">
        <BlockItems editor={editor} items={items} />
      </Menu.Dropdown>
    </Menu>
  );
}

/** Drawn when the menu opens: which of them the caret is in is asked then. */
function BlockItems({ editor, items }: Pick<BlockMenuProps, 'editor' | 'items'>) {
  const text = useEditorText();
  return items.map((one, at) => {
    const ItemIcon = one.icon;
    return (
      <div key={one.id} role="presentation">
        {one.group === items[at - 1]?.group ? null : <Menu.Label>{text(`groups.${one.group}`)}</Menu.Label>}
        <Menu.Item
          leftSection={<ItemIcon size={16} stroke={1.75} />}
          rightSection={one.shortcut === undefined ? null : <kbd>{shownKeys(one.shortcut)}</kbd>}
          aria-current={one.isActive?.(editor) === true}
          onClick={() => one.insert(editor)}
        >
          {text(one.label)}
        </Menu.Item>
      </div>
    );
  });
}
