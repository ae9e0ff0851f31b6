import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { MemberId } from '#shared/domain/ids.ts';

/** A list of which only a part is drawn takes some frames to draw another part, and a menu as many to close. */
const maxFrames = 30;
/** So many frames in a row the line has to hold the focus. */
const heldFrames = 4;

/**
 * Gives the focus to a line that moved once it is drawn at its new place, and brings it into view.
 * @param root - what the lines are in.
 * @param content - what they are drawn from: another after each move.
 * @returns says, before a move, which line it will be.
 */
export function useFocusMoved(
  root: RefObject<HTMLElement | null>,
  content: unknown,
): (memberId: MemberId) => void {
  const next = useRef<MemberId | null>(null);
  useEffect(() => {
    const memberId = next.current;
    if (memberId === null) return undefined;
    next.current = null;
    let [frame, asked, held] = [0, 0, 0];
    const look = (): void => {
      const handle = root.current?.querySelector<HTMLElement>(`[data-handle="${memberId}"]`);
      const has = handle != null && handle === document.activeElement;
      handle?.focus();
      // What has the focus already is not brought into view by getting it.
      if (!has) held = 0;
      handle?.closest('li')?.scrollIntoView({ block: 'nearest' });
      held += 1;
      asked += 1;
      if (held <= heldFrames && asked < maxFrames) frame = requestAnimationFrame(look);
    };
    look();
    // Whoever goes elsewhere meanwhile is not called back.
    const stop = (): void => cancelAnimationFrame(frame);
    window.addEventListener('pointerdown', stop, { once: true });
    window.addEventListener('wheel', stop, { once: true });
    window.addEventListener('keydown', stop, { once: true });
    return () => {
      stop();
      for (const event of ['pointerdown', 'wheel', 'keydown']) window.removeEventListener(event, stop);
    };
  }, [root, content]);
  return useCallback((memberId: MemberId) => {
    next.current = memberId;
  }, []);
}
