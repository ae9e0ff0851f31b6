import { useCallback, useEffect, useState } from 'react';
import type { NoteId } from '#shared/domain/ids.ts';
import { type NoteMode, rememberedMode, rememberMode } from './noteMode.ts';

/** True where a letter is written and not a shortcut. */
function writes(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest('input, textarea, select, [role="dialog"], [role="menu"]') !== null)
  );
}

/** Reading or editing, remembered for each note on this device; `E` begins, Escape ends. Who may not edit reads. */
export function useNoteMode(
  noteId: NoteId,
  canEdit: boolean,
): { readonly mode: NoteMode; readonly setMode: (mode: NoteMode) => void } {
  const [wanted, setWanted] = useState<NoteMode>(() => rememberedMode(noteId));
  const setMode = useCallback(
    (mode: NoteMode) => {
      setWanted(mode);
      rememberMode(noteId, mode);
    },
    [noteId],
  );
  const mode = canEdit ? wanted : 'reading';
  useEffect(() => {
    if (!canEdit) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
        return;
      if (mode === 'reading' && event.key.toLowerCase() === 'e' && !event.shiftKey && !writes(event.target)) {
        event.preventDefault();
        setMode('editing');
      } else if (mode === 'editing' && event.key === 'Escape') {
        const isElsewhere =
          event.target instanceof HTMLElement &&
          event.target.closest('[role="dialog"], [role="menu"], nav, aside') !== null;
        if (isElsewhere) return;
        event.preventDefault();
        setMode('reading');
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [canEdit, mode, setMode]);
  return { mode, setMode };
}
