import {
  IconBold,
  IconCode,
  IconHighlight,
  IconItalic,
  IconStrikethrough,
  IconSubscript,
  IconSuperscript,
  IconUnderline,
  type Icon,
} from '@tabler/icons-react';
import type { Editor } from '@tiptap/core';
import type { EditorTextKey } from '../texts.ts';

/** A mark that a button puts on and takes off. */
export interface MarkTool {
  readonly mark: string;
  readonly label: EditorTextKey;
  readonly icon: Icon;
  readonly shortcut: string;
  readonly toggle: (editor: Editor) => void;
}

/** The marks of the toolbar and of the menu on a selection. */
export const markTools: readonly MarkTool[] = [
  {
    mark: 'bold',
    label: 'marks.bold',
    icon: IconBold,
    shortcut: 'Ctrl+B',
    toggle: (e) => e.chain().focus().toggleBold().run(),
  },
  {
    mark: 'italic',
    label: 'marks.italic',
    icon: IconItalic,
    shortcut: 'Ctrl+I',
    toggle: (e) => e.chain().focus().toggleItalic().run(),
  },
  {
    mark: 'underline',
    label: 'marks.underline',
    icon: IconUnderline,
    shortcut: 'Ctrl+U',
    toggle: (e) => e.chain().focus().toggleUnderline().run(),
  },
  {
    mark: 'strike',
    label: 'marks.strike',
    icon: IconStrikethrough,
    shortcut: 'Ctrl+Shift+S',
    toggle: (e) => e.chain().focus().toggleStrike().run(),
  },
  {
    mark: 'highlight',
    label: 'marks.highlight',
    icon: IconHighlight,
    shortcut: 'Ctrl+Shift+H',
    toggle: (e) => e.chain().focus().toggleHighlight({ color: 'yellow' }).run(),
  },
  {
    mark: 'code',
    label: 'marks.code',
    icon: IconCode,
    shortcut: 'Ctrl+E',
    toggle: (e) => e.chain().focus().toggleCode().run(),
  },
  {
    mark: 'subscript',
    label: 'marks.subscript',
    icon: IconSubscript,
    shortcut: 'Ctrl+,',
    toggle: (e) => e.chain().focus().toggleSubscript().run(),
  },
  {
    mark: 'superscript',
    label: 'marks.superscript',
    icon: IconSuperscript,
    shortcut: 'Ctrl+.',
    toggle: (e) => e.chain().focus().toggleSuperscript().run(),
  },
];
