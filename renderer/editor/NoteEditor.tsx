import { Editor } from '@tiptap/core';
import { CellSelection } from '@tiptap/pm/tables';
import { NodeSelection, TextSelection } from '@tiptap/pm/state';
import type { EditorProps } from '@tiptap/pm/view';
import { useEditorState } from '@tiptap/react';
import { useCallback, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import { usePageCommand } from '../platform/index.ts';
import { useEditorServices } from './EditorServices.ts';
import type { EditorSession } from './EditorSession.ts';
import { ShortcutRelay } from './extensions/Shortcuts.ts';
import { noteEditorExtensions } from './extensions/noteEditorExtensions.ts';
import { FindBar } from './find/FindBar.tsx';
import { BlockHandleMenu } from './menus/BlockHandleMenu.tsx';
import { BubbleMenu } from './menus/BubbleMenu.tsx';
import { SuggestionMenu } from './menus/SuggestionMenu.tsx';
import { SuggestionStore } from './menus/SuggestionStore.ts';
import { Toolbar } from './menus/Toolbar.tsx';
import { LinkPanel } from './panels/LinkPanel.tsx';
import { MathPanel } from './panels/MathPanel.tsx';
import { MediaPanel } from './panels/MediaPanel.tsx';
import { TablePanel } from './panels/TablePanel.tsx';
import { useEditorText } from './texts.ts';
import { useStableServices } from './useStableServices.ts';
import './styles/index.css';

export interface NoteEditorProps {
  /** The note's session, loaded: mount the editor only when its content is known. */
  readonly session: EditorSession;
  readonly noteId: string;
  /** Language tag of the note. */
  readonly language: string;
  /** The person leaves editing (Escape). */
  readonly onExit?: () => void;
  /** The editor is there, or no longer there; for a word count or a test. */
  readonly onEditor?: (editor: Editor | null) => void;
  /** Speaks of the selected words; without it, that is not offered. */
  readonly onComment?: () => void;
  /** Tells who wrote the chosen words; absent for who may not know. */
  readonly onWho?: () => void;
  /** Puts the caret in the text at once. */
  readonly autoFocus?: boolean;
}

/** The body of a note, to be written: text, toolbar, menus. */
export function NoteEditor(props: NoteEditorProps) {
  // A session replaced by another has another Y.Doc: nothing of the old editor may stay.
  return <BoundEditor key={props.session.doc.guid} {...props} />;
}

function BoundEditor({
  session,
  noteId,
  language,
  onExit,
  onEditor,
  onComment,
  onWho,
  autoFocus = false,
}: NoteEditorProps) {
  const text = useEditorText();
  const services = useStableServices(useEditorServices());
  const [suggestions] = useState(() => new SuggestionStore());
  const [targets] = useState(() => new ShortcutRelay());
  const [find, setFind] = useState<{ readonly withReplacement: boolean } | null>(null);
  const [isEditingLink, setEditingLink] = useState(false);
  const [isDestroyed, setDestroyed] = useState(false);
  const toolbar = useRef<HTMLDivElement>(null);
  useEffect(() => {
    targets.pointAt({
      openFind: (withReplacement) => setFind({ withReplacement }),
      focusToolbar: () => toolbar.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus(),
      editLink: () => setEditingLink(true),
      leave: () => onExit?.(),
    });
    return () => targets.pointAt(null);
  }, [targets, onExit]);
  usePageCommand('find', () => setFind({ withReplacement: false }));
  const [editor, setEditor] = useState<Editor | null>(null);
  const host = useRef<HTMLDivElement>(null);
  const propsNow = useEffectEvent(() => editorProps(language, text('body')));
  const isFocusedFirst = useEffectEvent(() => autoFocus);
  // Made in the commit, never while rendering: an editor is bound to the shared document from its first moment, and a render
  // may be thrown away. Leave is asked before, so that no change of others reaches the binding unscanned.
  useLayoutEffect(() => {
    let made: Editor | null = null;
    const detach = session.attachEditor(() => {
      made?.destroy();
      setDestroyed(true);
    });
    if (detach === null) {
      setDestroyed(true);
      return undefined;
    }
    made = new Editor({
      element: host.current,
      extensions: noteEditorExtensions({ session, services, suggestions, targets }),
      // Content comes from the shared document alone; styles from the style sheets alone. The empty document is given as JSON:
      // TipTap would parse its empty default as HTML, which the page's Trusted Types refuse.
      content: { type: 'doc', content: [] },
      injectCSS: false,
      autofocus: isFocusedFirst() ? 'end' : false,
      editorProps: propsNow(),
    });
    setEditor(made);
    return () => {
      detach();
      made.destroy();
      setEditor(null);
    };
  }, [session, services, suggestions, targets]);
  const bodyLabel = text('body');
  useEffect(() => {
    if (editor && !editor.isDestroyed) editor.setOptions({ editorProps: editorProps(language, bodyLabel) });
  }, [editor, language, bodyLabel]);
  // Told once an editor, whatever function a render brings: whoever hears of it may place the caret.
  const tell = useEffectEvent((told: Editor | null) => onEditor?.(told));
  useEffect(() => {
    tell(editor);
    return () => tell(null);
  }, [editor]);

  if (isDestroyed) {
    return (
      <p className="editor-destroyed" role="alert">
        {text('destroyed')}
      </p>
    );
  }
  return (
    <div className="note-editor">
      {editor ? (
        <EditorChrome
          editor={editor}
          noteId={noteId}
          language={language}
          onComment={onComment}
          onWho={onWho}
          suggestions={suggestions}
          find={find}
          setFind={setFind}
          isEditingLink={isEditingLink}
          setEditingLink={setEditingLink}
          toolbar={toolbar}
        />
      ) : (
        <div className="editor-head" />
      )}
      <div ref={host} className="note-body" />
    </div>
  );
}

function editorProps(language: string, label: string): EditorProps {
  return {
    attributes: {
      class: 'note-text',
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-label': label,
      lang: language,
      spellcheck: 'true',
    },
    // The toolbar covers the top of the page.
    scrollMargin: { top: 96, bottom: 64, left: 0, right: 0 },
    scrollThreshold: { top: 96, bottom: 64, left: 0, right: 0 },
  };
}

/** What the selection calls for, as one comparable value. */
type Place =
  | { readonly kind: 'none' }
  | { readonly kind: 'text' }
  | { readonly kind: 'link'; readonly href: string }
  | { readonly kind: 'math'; readonly at: number; readonly latex: string; readonly isDisplay: boolean }
  | { readonly kind: 'media'; readonly at: number; readonly node: 'image' | 'file' | 'audio' | 'video' }
  | { readonly kind: 'table' };

function placeOf(editor: Editor): Place {
  const { selection } = editor.state;
  if (selection instanceof NodeSelection) {
    const { name } = selection.node.type;
    if (name === 'mathInline' || name === 'mathBlock') {
      return {
        kind: 'math',
        at: selection.from,
        latex: selection.node.attrs['latex'] as string,
        isDisplay: name === 'mathBlock',
      };
    }
    if (name === 'image' || name === 'file' || name === 'audio' || name === 'video')
      return { kind: 'media', at: selection.from, node: name };
    return { kind: 'none' };
  }
  if (selection instanceof CellSelection) return { kind: 'table' };
  if (
    selection instanceof TextSelection &&
    !selection.empty &&
    selection.$from.parent.type.name !== 'codeBlock'
  )
    return { kind: 'text' };
  if (editor.isActive('link'))
    return { kind: 'link', href: String(editor.getAttributes('link')['href'] ?? '') };
  return editor.isActive('table') ? { kind: 'table' } : { kind: 'none' };
}

interface EditorChromeProps {
  readonly onComment: (() => void) | undefined;
  readonly onWho: (() => void) | undefined;
  readonly editor: Editor;
  readonly noteId: string;
  readonly language: string;
  readonly suggestions: SuggestionStore;
  readonly find: { readonly withReplacement: boolean } | null;
  readonly setFind: (find: { readonly withReplacement: boolean } | null) => void;
  readonly isEditingLink: boolean;
  readonly setEditingLink: (isEditing: boolean) => void;
  readonly toolbar: React.RefObject<HTMLDivElement | null>;
}

/** Everything around the text; drawn again when what it shows may have changed, and not the text with it. */
function EditorChrome({
  onComment,
  onWho,
  editor,
  noteId,
  language,
  suggestions,
  find,
  setFind,
  isEditingLink,
  setEditingLink,
  toolbar,
}: EditorChromeProps) {
  // One number a transaction: what stands beside the selection follows it. The parts that are always there look for themselves.
  useEditorState({ editor, selector: ({ transactionNumber }) => transactionNumber });
  const isFocused = useFocusInside(editor);
  const onLink = useCallback(() => setEditingLink(true), [setEditingLink]);
  const onFind = useCallback(() => setFind({ withReplacement: false }), [setFind]);
  // An editor that was destroyed has a state, but no view to ask.
  const isGone = editor.isDestroyed;
  const place: Place = isGone ? { kind: 'none' } : placeOf(editor);
  const isShown = isFocused && !isGone && !editor.view.composing;
  useEffect(() => {
    if (place.kind !== 'link' && place.kind !== 'text') setEditingLink(false);
  }, [place.kind, setEditingLink]);
  if (isGone) return null;
  return (
    <>
      <div className="editor-head">
        <Toolbar ref={toolbar} editor={editor} onLink={onLink} onFind={onFind} />
        {find ? (
          <FindBar editor={editor} withReplacement={find.withReplacement} onClose={() => setFind(null)} />
        ) : null}
      </div>
      <SuggestionMenu store={suggestions} editorElement={editor.view.dom} />
      <BlockHandleMenu editor={editor} noteId={noteId} />
      {isEditingLink || (isShown && place.kind === 'link') ? (
        <LinkPanel
          key={place.kind === 'link' ? place.href : 'new'}
          editor={editor}
          href={place.kind === 'link' ? place.href : null}
          isEditing={isEditingLink}
          onEdit={onLink}
          onDone={() => setEditingLink(false)}
        />
      ) : null}
      {isShown && place.kind === 'text' && !isEditingLink && !find ? (
        <BubbleMenu
          editor={editor}
          onLink={onLink}
          onComment={onComment}
          onWho={onWho}
          otherLanguage={/^fr/i.test(language) ? 'en' : 'fr'}
        />
      ) : null}
      {place.kind === 'math' && isShown ? (
        <MathPanel
          key={place.at}
          editor={editor}
          at={place.at}
          latex={place.latex}
          isDisplay={place.isDisplay}
        />
      ) : null}
      {place.kind === 'media' && isShown ? (
        <MediaPanel key={place.at} editor={editor} at={place.at} kind={place.node} />
      ) : null}
      {place.kind === 'table' && isShown ? <TablePanel editor={editor} /> : null}
    </>
  );
}

/** True while the focus is in the text or in a panel of the editor. */
function useFocusInside(editor: Editor): boolean {
  const [isInside, setInside] = useState(() => editor.isFocused);
  useEffect(() => {
    const check = () => {
      const active = document.activeElement;
      setInside(
        !editor.isDestroyed &&
          (editor.view.dom.contains(active) || active?.closest('[data-editor-part]') != null),
      );
    };
    const later = () => queueMicrotask(check);
    document.addEventListener('focusin', check);
    document.addEventListener('focusout', later);
    check();
    return () => {
      document.removeEventListener('focusin', check);
      document.removeEventListener('focusout', later);
    };
  }, [editor]);
  return isInside;
}
