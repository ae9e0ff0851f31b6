import {
  IconAlertTriangle,
  IconBlockquote,
  IconBulb,
  IconCode,
  IconFile,
  IconH1,
  IconH2,
  IconH3,
  IconH4,
  IconInfoCircle,
  IconLink,
  IconList,
  IconListCheck,
  IconListNumbers,
  IconMath,
  IconMathFunction,
  IconMinus,
  IconMovie,
  IconMusic,
  IconPageBreak,
  IconPhoto,
  IconPilcrow,
  IconQuote,
  IconSuperscript,
  IconTable,
  IconLayoutNavbarCollapse,
  type Icon,
} from '@tabler/icons-react';
import type { Editor } from '@tiptap/core';
import { Selection, TextSelection } from '@tiptap/pm/state';
import { foldText } from '#shared/domain/foldText.ts';
import type { CalloutKind } from '#shared/document/vocabulary.ts';
import type { EditorTextKey } from '../texts.ts';
import { chooseFiles } from '../upload/chooseFiles.ts';

/** A block or inline thing that can be put in a note. */
export interface Insertable {
  readonly id: string;
  readonly group: 'text' | 'lists' | 'highlight' | 'media' | 'structure' | 'links';
  readonly label: EditorTextKey;
  readonly keywords: EditorTextKey;
  readonly icon: Icon;
  readonly shortcut?: string;
  /** Puts it in at the caret. */
  readonly insert: (editor: Editor) => void;
  /** The present block can become it: it is offered under « Transformer en » too. */
  readonly transforms?: boolean;
  /** The caret is in one. */
  readonly isActive?: (editor: Editor) => boolean;
}

function heading(level: 1 | 2 | 3 | 4, icon: Icon): Insertable {
  return {
    id: `heading${level}`,
    group: 'text',
    label: `blocks.heading${level}`,
    keywords: `keywords.heading${level}`,
    icon,
    shortcut: `Ctrl+Shift+${level}`,
    insert: (editor) => editor.chain().focus().setHeading({ level }).run(),
    transforms: true,
    isActive: (editor) => editor.isActive('heading', { level }),
  };
}

/** Wraps the block of the caret in a callout, changes the kind of the one it is in, or takes it off. */
export function toggleCallout(editor: Editor, kind: CalloutKind): void {
  const chain = editor.chain().focus();
  if (editor.isActive('callout', { kind })) chain.lift('callout').run();
  else if (editor.isActive('callout')) chain.updateAttributes('callout', { kind }).run();
  else chain.wrapIn('callout', { kind }).run();
}

function callout(kind: CalloutKind, name: 'Info' | 'Warning' | 'Tip' | 'Citation', icon: Icon): Insertable {
  return {
    id: `callout${name}`,
    group: 'highlight',
    label: `blocks.callout${name}`,
    keywords: `keywords.callout${name}`,
    icon,
    insert: (editor) => toggleCallout(editor, kind),
    transforms: true,
    isActive: (editor) => editor.isActive('callout', { kind }),
  };
}

function insertAtom(type: string): (editor: Editor) => void {
  return (editor) => {
    editor
      .chain()
      .focus()
      .insertContent({ type })
      .command(({ tr, dispatch }) => {
        // The panel of the thing just put in opens on its selection.
        if (dispatch) {
          const { $from } = tr.selection;
          const before = $from.nodeBefore;
          const at =
            before?.type.name === type ? $from.pos - before.nodeSize : findJustBefore(tr.selection, type);
          if (at !== null) tr.setSelection(Selection.near(tr.doc.resolve(at), 1));
        }
        return true;
      })
      .run();
  };
}

function findJustBefore(selection: Selection, type: string): number | null {
  let found: number | null = null;
  selection.$from.doc.nodesBetween(Math.max(0, selection.from - 4), selection.from, (node, at) => {
    if (node.type.name === type) found = at;
  });
  return found;
}

function insertMathBlock(editor: Editor): void {
  editor.chain().focus().insertContent({ type: 'mathBlock' }).run();
  let at: number | null = null;
  editor.state.doc.nodesBetween(
    Math.max(0, editor.state.selection.from - 4),
    Math.min(editor.state.doc.content.size, editor.state.selection.to + 1),
    (node, position) => {
      if (node.type.name === 'mathBlock') at = position;
    },
  );
  if (at !== null) editor.commands.setNodeSelection(at);
}

/** Puts a footnote at the caret and the caret in it. Not inside another footnote. */
export function insertFootnote(editor: Editor): void {
  if (editor.isActive('footnote')) return;
  editor
    .chain()
    .focus()
    .command(({ tr, state, dispatch }) => {
      const footnote = state.schema.nodes['footnote'];
      if (!footnote) return false;
      if (dispatch) {
        const at = tr.selection.to;
        tr.insert(at, footnote.create());
        tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView();
      }
      return true;
    })
    .run();
}

function insertDetails(editor: Editor): void {
  editor
    .chain()
    .focus()
    .command(({ tr, state, dispatch }) => {
      const { details, detailsSummary, detailsContent, paragraph } = state.schema.nodes;
      if (!details || !detailsSummary || !detailsContent || !paragraph) return false;
      if (dispatch) {
        const { $from } = tr.selection;
        const text = $from.parent.isTextblock ? $from.parent.content : undefined;
        const block = details.create(null, [
          detailsSummary.create(null, text),
          detailsContent.create(null, paragraph.create()),
        ]);
        if ($from.depth === 0) tr.insert($from.pos, block);
        else tr.replaceWith($from.before(), $from.after(), block);
        const start = $from.depth === 0 ? $from.pos : $from.before();
        tr.setSelection(TextSelection.near(tr.doc.resolve(start + 2))).scrollIntoView();
      }
      return true;
    })
    .run();
}

function chooseMedia(kind: 'image' | 'file' | 'audio' | 'video'): (editor: Editor) => void {
  return (editor) => {
    void chooseFiles(kind).then((files) => {
      if (files.length > 0 && !editor.isDestroyed) editor.commands.uploadFiles(files);
    });
  };
}

function list(id: 'bulletList' | 'orderedList' | 'taskList', icon: Icon, shortcut: string): Insertable {
  const toggle = {
    bulletList: (editor: Editor) => editor.chain().focus().toggleBulletList().run(),
    orderedList: (editor: Editor) => editor.chain().focus().toggleOrderedList().run(),
    taskList: (editor: Editor) => editor.chain().focus().toggleTaskList().run(),
  }[id];
  return {
    id,
    group: 'lists',
    label: `blocks.${id}`,
    keywords: `keywords.${id}`,
    icon,
    shortcut,
    insert: toggle,
    transforms: true,
    isActive: (editor) => editor.isActive(id),
  };
}

/** Everything that the slash menu, « Insérer » and « Transformer en » offer, in their order. */
export const insertables: readonly Insertable[] = [
  {
    id: 'paragraph',
    group: 'text',
    label: 'blocks.paragraph',
    keywords: 'keywords.paragraph',
    icon: IconPilcrow,
    shortcut: 'Ctrl+Shift+0',
    insert: (editor) => editor.chain().focus().clearNodes().run(),
    transforms: true,
    isActive: (editor) =>
      editor.isActive('paragraph') &&
      !['bulletList', 'orderedList', 'taskList', 'blockquote', 'callout'].some((name) =>
        editor.isActive(name),
      ),
  },
  heading(1, IconH1),
  heading(2, IconH2),
  heading(3, IconH3),
  heading(4, IconH4),
  list('bulletList', IconList, 'Ctrl+Shift+8'),
  list('orderedList', IconListNumbers, 'Ctrl+Shift+7'),
  list('taskList', IconListCheck, 'Ctrl+Shift+9'),
  {
    id: 'blockquote',
    group: 'highlight',
    label: 'blocks.blockquote',
    keywords: 'keywords.blockquote',
    icon: IconBlockquote,
    shortcut: 'Ctrl+Shift+B',
    insert: (editor) => editor.chain().focus().toggleBlockquote().run(),
    transforms: true,
    isActive: (editor) => editor.isActive('blockquote'),
  },
  callout('info', 'Info', IconInfoCircle),
  callout('warning', 'Warning', IconAlertTriangle),
  callout('tip', 'Tip', IconBulb),
  callout('citation', 'Citation', IconQuote),
  {
    id: 'image',
    group: 'media',
    label: 'blocks.image',
    keywords: 'keywords.image',
    icon: IconPhoto,
    insert: chooseMedia('image'),
  },
  {
    id: 'file',
    group: 'media',
    label: 'blocks.file',
    keywords: 'keywords.file',
    icon: IconFile,
    insert: chooseMedia('file'),
  },
  {
    id: 'audio',
    group: 'media',
    label: 'blocks.audio',
    keywords: 'keywords.audio',
    icon: IconMusic,
    insert: chooseMedia('audio'),
  },
  {
    id: 'video',
    group: 'media',
    label: 'blocks.video',
    keywords: 'keywords.video',
    icon: IconMovie,
    insert: chooseMedia('video'),
  },
  {
    id: 'table',
    group: 'structure',
    label: 'blocks.table',
    keywords: 'keywords.table',
    icon: IconTable,
    insert: (editor) => editor.chain().focus().insertTable({ rows: 3, cols: 3, withHeaderRow: true }).run(),
  },
  {
    id: 'details',
    group: 'structure',
    label: 'blocks.details',
    keywords: 'keywords.details',
    icon: IconLayoutNavbarCollapse,
    insert: insertDetails,
  },
  {
    id: 'codeBlock',
    group: 'structure',
    label: 'blocks.codeBlock',
    keywords: 'keywords.codeBlock',
    icon: IconCode,
    insert: (editor) => editor.chain().focus().toggleCodeBlock().run(),
    transforms: true,
    isActive: (editor) => editor.isActive('codeBlock'),
  },
  {
    id: 'mathBlock',
    group: 'structure',
    label: 'blocks.mathBlock',
    keywords: 'keywords.mathBlock',
    icon: IconMathFunction,
    insert: insertMathBlock,
  },
  {
    id: 'horizontalRule',
    group: 'structure',
    label: 'blocks.horizontalRule',
    keywords: 'keywords.horizontalRule',
    icon: IconMinus,
    insert: (editor) => editor.chain().focus().setHorizontalRule().run(),
  },
  {
    id: 'pageBreak',
    group: 'structure',
    label: 'blocks.pageBreak',
    keywords: 'keywords.pageBreak',
    icon: IconPageBreak,
    insert: (editor) =>
      editor
        .chain()
        .focus()
        .insertContent([{ type: 'pageBreak' }, { type: 'paragraph' }])
        .run(),
  },
  {
    id: 'noteLink',
    group: 'links',
    label: 'blocks.noteLink',
    keywords: 'keywords.noteLink',
    icon: IconLink,
    shortcut: '[[',
    insert: (editor) => editor.chain().focus().insertContent({ type: 'text', text: '[[' }).run(),
  },
  {
    id: 'footnote',
    group: 'links',
    label: 'blocks.footnote',
    keywords: 'keywords.footnote',
    icon: IconSuperscript,
    insert: insertFootnote,
  },
  {
    id: 'mathInline',
    group: 'links',
    label: 'blocks.mathInline',
    keywords: 'keywords.mathInline',
    icon: IconMath,
    insert: insertAtom('mathInline'),
  },
];

/** Lower case, without accents or ligatures, for finding a word as people type it. */
export function plainForm(text: string): string {
  return foldText(text).replaceAll('’', "'");
}

/**
 * The insertables that a query finds: by name, then by other words; accents and case ignored.
 * @param words - gives the text of a key in the interface's language.
 */
export function findInsertables(query: string, words: (key: EditorTextKey) => string): Insertable[] {
  const wanted = plainForm(query.trim());
  if (wanted === '') return [...insertables];
  const rank = (one: Insertable): number => {
    const label = plainForm(words(one.label));
    if (label.startsWith(wanted)) return 0;
    if (label.split(/[\s:’'-]+/).some((word) => word.startsWith(wanted)) || label.includes(wanted)) return 1;
    return plainForm(words(one.keywords))
      .split(/\s+/)
      .some((word) => word.startsWith(wanted))
      ? 2
      : 3;
  };
  return insertables
    .map((one, at) => ({ one, at, rank: rank(one) }))
    .filter((entry) => entry.rank < 3)
    .sort((a, b) => a.rank - b.rank || a.at - b.at)
    .map((entry) => entry.one);
}
