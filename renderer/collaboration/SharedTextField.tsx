import {
  type KeyboardEvent,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useRef,
  useSyncExternalStore,
} from 'react';
import type * as Y from 'yjs';
import { writeText } from './textChange.ts';
import styles from './SharedTextField.module.css';

/** What takes back and brings back one's own changes, where there is such a thing. */
export interface FieldUndo {
  undo(): unknown;
  redo(): unknown;
  /** The next change begins a step. */
  beginStep(): void;
}

interface Props {
  readonly text: Y.Text;
  /** Origin of what is written here. */
  readonly origin: unknown;
  readonly undo?: FieldUndo;
  /** Names the field, unless a `label` element does by its `id`. */
  readonly label?: string;
  readonly id?: string;
  /** Language tag of what is written. */
  readonly language?: string;
  readonly placeholder: string;
  readonly className?: string | undefined;
  /** Enter leaves the field instead of breaking the line. */
  readonly oneLine?: boolean;
  readonly maxLength: number;
}

/**
 * A shared text in a field: several people may write in it at once, and the caret stays beside the words it was in while
 * others write before it.
 */
export function SharedTextField({
  text,
  origin,
  undo,
  label,
  id,
  language,
  placeholder,
  className,
  oneLine = false,
  maxLength,
}: Props) {
  const field = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<{ start: number; end: number } | null>(null);
  const subscribe = useCallback(
    (onChange: () => void) => {
      const observer = (event: Y.YTextEvent): void => {
        const element = field.current;
        if (element !== null && event.transaction.origin !== origin && document.activeElement === element) {
          caret.current = {
            start: movedBy(event, element.selectionStart),
            end: movedBy(event, element.selectionEnd),
          };
        }
        onChange();
      };
      text.observe(observer);
      return () => text.unobserve(observer);
    },
    [text, origin],
  );
  const value = useSyncExternalStore(subscribe, () => text.toJSON());
  useLayoutEffect(() => {
    const element = field.current;
    if (element === null) return;
    if (caret.current !== null) {
      element.setSelectionRange(caret.current.start, caret.current.end);
      caret.current = null;
    }
  }, [value]);
  useHeightOfText(field, value);
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    if (event.nativeEvent.isComposing) return;
    const key = event.key.toLowerCase();
    if (
      undo !== undefined &&
      (event.ctrlKey || event.metaKey) &&
      !event.altKey &&
      (key === 'z' || key === 'y')
    ) {
      event.preventDefault();
      if (key === 'y' || event.shiftKey) undo.redo();
      else undo.undo();
      return;
    }
    if (event.key === 'Escape' || (oneLine && event.key === 'Enter')) {
      event.preventDefault();
      event.currentTarget.blur();
    }
  };
  return (
    <textarea
      ref={field}
      className={`${styles.field} ${className ?? ''}`}
      id={id}
      lang={language}
      aria-label={label}
      onFocus={() => undo?.beginStep()}
      onBlur={() => undo?.beginStep()}
      placeholder={placeholder}
      rows={1}
      maxLength={maxLength}
      value={value}
      onChange={(event) =>
        writeText(
          text,
          oneLine ? event.currentTarget.value.replaceAll(/[\r\n]+/g, ' ') : event.currentTarget.value,
          origin,
        )
      }
      onKeyDown={onKeyDown}
    />
  );
}

/** What such a field shows until its document is there: the same words in the same place, which nobody can write in yet. */
export function WaitingTextField({
  value,
  label,
  placeholder,
}: {
  readonly value: string;
  readonly label: string;
  readonly placeholder: string;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  useHeightOfText(field, value);
  return (
    <textarea
      ref={field}
      className={styles.field}
      aria-label={label}
      placeholder={placeholder}
      rows={1}
      value={value}
      readOnly
    />
  );
}

/** Keeps a field as high as what stands in it. */
function useHeightOfText(field: RefObject<HTMLTextAreaElement | null>, value: string): void {
  useLayoutEffect(() => {
    if (field.current !== null) fitHeight(field.current);
  }, [field, value]);
}

function fitHeight(element: HTMLTextAreaElement): void {
  element.style.height = 'auto';
  element.style.height = `${element.scrollHeight}px`;
}

/** Where a caret is after others changed the text. */
function movedBy(event: Y.YTextEvent, caret: number): number {
  let at = 0;
  let moved = caret;
  for (const part of event.delta) {
    if (part.retain !== undefined) at += part.retain;
    else if (typeof part.insert === 'string') {
      if (at < moved) moved += part.insert.length;
      at += part.insert.length;
    } else if (part.delete !== undefined && at < moved) moved -= Math.min(part.delete, moved - at);
  }
  return moved;
}
