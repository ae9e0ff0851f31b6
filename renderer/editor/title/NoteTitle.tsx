import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react';
import { titleOf } from '#shared/document/fields.ts';
import { fieldOrigin, undoManagerOf } from '../collaboration/NoteUndoManager.ts';
import type { EditorSession } from '../EditorSession.ts';
import { useEditorText } from '../texts.ts';
import { carryPlace, oneLine, titleEdit, type TitleEdit } from './titleEdit.ts';
import { useTitle } from './useTitle.ts';
import '../styles/title.css';

export interface NoteTitleProps {
  readonly session: Pick<EditorSession, 'doc'>;
  readonly editable: boolean;
  /** Language tag of the note. */
  readonly language: string;
  readonly autoFocus?: boolean;
  /** Enter or the arrow down: to the beginning of the text. */
  readonly onLeave?: () => void;
}

/** Longest title, as the relay's seed allows it. */
const maxLength = 500;

/** The title of a note: a heading to readers, a field that grows to authors, shared letter by letter. */
export function NoteTitle({ session, editable, language, autoFocus = false, onLeave }: NoteTitleProps) {
  const text = useEditorText();
  const title = useTitle(session.doc);
  if (!editable) {
    return (
      <h1 className={title === '' ? 'note-title is-untitled' : 'note-title'} lang={language}>
        {title === '' ? text('titlePlaceholder') : title}
      </h1>
    );
  }
  return (
    <TitleField
      session={session}
      language={language}
      autoFocus={autoFocus}
      {...(onLeave ? { onLeave } : {})}
    />
  );
}

function TitleField({ session, language, autoFocus, onLeave }: Omit<NoteTitleProps, 'editable'>) {
  const text = useEditorText();
  const field = useRef<HTMLTextAreaElement>(null);
  const isComposing = useRef(false);
  const { doc } = session;

  useLayoutEffect(() => {
    const element = field.current;
    if (!element) return undefined;
    const shared = titleOf(doc);
    element.value = shared.toJSON();
    grow(element);
    const follow = (_event: unknown, transaction: { origin: unknown }) => {
      // Not while the system composes a character: it is brought in when the composition ends.
      if (transaction.origin !== fieldOrigin && !isComposing.current) show(element, shared.toJSON());
    };
    shared.observe(follow);
    return () => shared.unobserve(follow);
  }, [doc]);

  useEffect(() => {
    if (autoFocus) field.current?.focus();
  }, [autoFocus]);

  /** Writes to the shared title what differs in the field. */
  const write = () => {
    const element = field.current;
    if (!element) return;
    const shared = titleOf(doc);
    const next = oneLine(element.value);
    if (next !== element.value) show(element, next);
    const edit = titleEdit(shared.toJSON(), next, element.selectionStart);
    if (edit) {
      doc.transact(() => {
        if (edit.removed > 0) shared.delete(edit.at, edit.removed);
        if (edit.inserted !== '') shared.insert(edit.at, edit.inserted);
      }, fieldOrigin);
    }
    grow(element);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey;
    const key = event.key.toLowerCase();
    const manager = undoManagerOf(doc);
    if (isCommand && key === 'z') {
      event.preventDefault();
      if (event.shiftKey) manager.redo();
      else manager.undo();
    } else if (isCommand && key === 'y') {
      event.preventDefault();
      manager.redo();
    } else if (event.key === 'Enter' || (event.key === 'ArrowDown' && isAtEnd(event.currentTarget))) {
      event.preventDefault();
      onLeave?.();
    }
  };

  return (
    <textarea
      ref={field}
      className="note-title"
      rows={1}
      lang={language}
      spellCheck
      maxLength={maxLength}
      aria-label={text('title')}
      placeholder={text('titlePlaceholder')}
      onInput={() => {
        if (!isComposing.current) write();
      }}
      onCompositionStart={() => {
        isComposing.current = true;
        composingFrom.set(doc, titleOf(doc).toJSON());
      }}
      onCompositionEnd={() => {
        isComposing.current = false;
        mergeComposition(doc, field.current);
        write();
      }}
      onFocus={() => undoManagerOf(doc).beginStep()}
      onBlur={() => undoManagerOf(doc).beginStep()}
      onKeyDown={onKeyDown}
    />
  );
}

/** What the shared title said when a composition began. */
const composingFrom = new WeakMap<object, string>();

/** What others wrote during a composition joins the field, so that the writing that follows does not take it away. */
function mergeComposition(doc: EditorSession['doc'], element: HTMLTextAreaElement | null): void {
  const before = composingFrom.get(doc);
  const now = titleOf(doc).toJSON();
  if (!element || before === undefined || before === now) return;
  const theirs = titleEdit(before, now, now.length);
  const own = titleEdit(before, element.value, element.selectionStart);
  if (!theirs) return;
  const at = own ? carryPlace(theirs.at, own) : theirs.at;
  apply(element, { ...theirs, at });
}

function isAtEnd(element: HTMLTextAreaElement): boolean {
  return element.selectionStart === element.value.length && element.selectionEnd === element.value.length;
}

/** Shows another text in the field with the caret where it was among the letters. */
function show(element: HTMLTextAreaElement, next: string): void {
  const edit = titleEdit(element.value, next, next.length);
  if (edit) apply(element, edit);
}

function apply(element: HTMLTextAreaElement, edit: TitleEdit): void {
  const { selectionStart, selectionEnd, selectionDirection, value } = element;
  element.value = value.slice(0, edit.at) + edit.inserted + value.slice(edit.at + edit.removed);
  if (document.activeElement === element) {
    element.setSelectionRange(
      carryPlace(selectionStart, edit),
      carryPlace(selectionEnd, edit),
      selectionDirection,
    );
  }
  grow(element);
}

/** As high as its text: browsers that know `field-sizing` do it alone. */
function grow(element: HTMLTextAreaElement): void {
  if (CSS.supports('field-sizing', 'content')) return;
  element.style.height = 'auto';
  element.style.height = `${element.scrollHeight}px`;
}
