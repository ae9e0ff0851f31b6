import type { AnyExtension } from '@tiptap/core';
import { ListKeymap } from '@tiptap/extension-list';
import { Dropcursor, Gapcursor, Selection } from '@tiptap/extensions';
import { ySyncPluginKey } from '@tiptap/y-tiptap';
import { bodyOf, languageOf } from '#shared/document/fields.ts';
import { noteExtensionsWith } from '#shared/document/schema.ts';
import { NoteCollaboration } from '../collaboration/NoteCollaboration.ts';
import { RemoteCarets } from '../collaboration/RemoteCarets.ts';
import { SteadyViewport } from '../collaboration/SteadyViewport.ts';
import { UndoGrouping } from '../collaboration/UndoGrouping.ts';
import { undoManagerOf } from '../collaboration/NoteUndoManager.ts';
import type { EditorServices } from '../EditorServices.ts';
import type { EditorSession } from '../EditorSession.ts';
import { FindInNote } from '../find/FindInNote.ts';
import { BlockHandle } from '../menus/BlockHandle.ts';
import { NoteLinkMenu } from '../menus/NoteLinkMenu.ts';
import { SlashMenu } from '../menus/SlashMenu.ts';
import type { SuggestionStore } from '../menus/SuggestionStore.ts';
import { noteTitlesOf } from '../NoteTitles.ts';
import { CleanPaste } from '../paste/CleanPaste.ts';
import { Uploads } from '../upload/Uploads.ts';
import { calloutView } from '../views/calloutView.ts';
import { codeBlockView } from '../views/codeBlockView.ts';
import { detailsContentView, detailsView } from '../views/detailsView.ts';
import { footnoteView } from '../views/footnoteView.ts';
import { mathView } from '../views/mathView.ts';
import { mediaView } from '../views/mediaView.ts';
import { mentionView, noteLinkView } from '../views/noteLinkView.ts';
import type { ViewContext } from '../views/ViewContext.ts';
import { BlockPlaceholder } from './BlockPlaceholder.ts';
import { CodeHighlight } from './CodeHighlight.ts';
import { FootnoteFocus } from './FootnoteFocus.ts';
import { FreshSelection } from './FreshSelection.ts';
import { NoteInput } from './NoteInput.ts';
import { type ShortcutTargets, Shortcuts } from './Shortcuts.ts';
import { TypingHelp } from './TypingHelp.ts';

/** The shortcuts that TipTap gives with Ctrl+Alt, which types characters on many keyboards, are not kept. */
function withoutAltShortcuts(extension: AnyExtension): AnyExtension {
  return extension.extend({
    addKeyboardShortcuts() {
      const shortcuts = this.parent?.() ?? {};
      return Object.fromEntries(
        Object.entries(shortcuts).filter(([keys]) => !/^(Mod-Alt|Alt-Mod)-/.test(keys)),
      );
    },
  });
}

function notedViews(context: ViewContext): Record<string, (extension: AnyExtension) => AnyExtension> {
  const media = (kind: 'image' | 'file' | 'audio' | 'video') => (extension: AnyExtension) =>
    extension.extend({ addNodeView: () => mediaView(kind, context) });
  return {
    paragraph: withoutAltShortcuts,
    heading: withoutAltShortcuts,
    codeBlock: (extension) => withoutAltShortcuts(extension).extend({ addNodeView: () => codeBlockView() }),
    callout: (extension) => extension.extend({ addNodeView: () => calloutView() }),
    details: (extension) => extension.extend({ addNodeView: () => detailsView() }),
    detailsContent: (extension) => extension.extend({ addNodeView: () => detailsContentView() }),
    image: media('image'),
    file: media('file'),
    audio: media('audio'),
    video: media('video'),
    footnote: (extension) => extension.extend({ addNodeView: () => footnoteView() }),
    mathInline: (extension) => extension.extend({ addNodeView: () => mathView(false) }),
    mathBlock: (extension) => extension.extend({ addNodeView: () => mathView(true) }),
    noteLink: (extension) => extension.extend({ addNodeView: () => noteLinkView(context) }),
    mention: (extension) => extension.extend({ addNodeView: () => mentionView() }),
  };
}

export interface NoteEditorExtensionOptions {
  readonly session: EditorSession;
  readonly services: EditorServices;
  readonly suggestions: SuggestionStore;
  readonly targets: ShortcutTargets;
}

/**
 * The one schema with its views, bound to a note's document, and everything that an author works with. No plugin here
 * writes on opening or in answer to a remote change (threat model, A13).
 */
export function noteEditorExtensions(options: NoteEditorExtensionOptions): AnyExtension[] {
  const { session, services, suggestions, targets } = options;
  const { doc, body = bodyOf(doc), awareness } = session;
  const manager = undoManagerOf(doc, body);
  manager.addTrackedOrigin(ySyncPluginKey);
  return [
    ...noteExtensionsWith(notedViews({ services, titles: noteTitlesOf(services) })),
    NoteCollaboration.configure({ fragment: body, yUndoOptions: { undoManager: manager } }),
    UndoGrouping.configure({ manager }),
    RemoteCarets.configure({ awareness }),
    FreshSelection,
    SteadyViewport,
    // Classes only: the colours are in the style sheet.
    Dropcursor.configure({ color: false, width: 2, class: 'drop-cursor' }),
    Gapcursor,
    Selection,
    BlockPlaceholder,
    ListKeymap,
    CodeHighlight,
    FootnoteFocus,
    NoteInput,
    TypingHelp.configure({ language: () => languageOf(doc) }),
    CleanPaste.configure({ services }),
    Uploads.configure({ services }),
    FindInNote,
    BlockHandle,
    SlashMenu.configure({ store: suggestions }),
    NoteLinkMenu.configure({ store: suggestions, services }),
    Shortcuts.configure({ targets }),
  ];
}
