import {
  type PointerEvent as ReactPointerEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { MemberId } from '#shared/domain/ids.ts';

/** Where the dragged entry would fall: the key of a section and an index among its other entries. */
export interface DropPlace {
  readonly section: string;
  readonly index: number;
}

interface Drag {
  readonly memberId: MemberId;
  readonly place: DropPlace | null;
}

const edgePixels = 60;
const scrollPixels = 14;

/** The place under the pointer, read from the sections and entries drawn (`data-section`, `data-entry`). */
function placeAt(root: HTMLElement, y: number, dragged: MemberId): DropPlace | null {
  const sections = [...root.querySelectorAll<HTMLElement>('[data-section]')];
  const under =
    sections.find((section) => {
      const box = section.getBoundingClientRect();
      return y >= box.top && y <= box.bottom;
    }) ?? (y < (sections[0]?.getBoundingClientRect().top ?? 0) ? sections[0] : sections.at(-1));
  const key = under?.dataset['section'];
  if (under === undefined || key === undefined) return null;
  // Of a long list only some lines are drawn: each tells its index in the whole of it.
  const lines = [...under.querySelectorAll<HTMLElement>('[data-entry]')].map((line) => ({
    index: Number(line.dataset['index']),
    isDragged: line.dataset['entry'] === dragged,
    box: line.getBoundingClientRect(),
  }));
  const out = lines.find((line) => line.isDragged)?.index ?? Infinity;
  const others = lines.filter((line) => !line.isDragged).sort((a, b) => a.index - b.index);
  const among = (index: number): number => (index > out ? index - 1 : index);
  const next = others.find(({ box }) => y < box.top + box.height / 2);
  const last = others.at(-1);
  if (next !== undefined) return { section: key, index: among(next.index) };
  return { section: key, index: last === undefined ? 0 : among(last.index) + 1 };
}

/**
 * Dragging an entry by its handle, with mouse, pen or finger. Escape gives up; near the edges the page scrolls.
 * @param root - holds every section.
 * @param scroller - what scrolls.
 */
export function useEntryDrag(
  root: RefObject<HTMLElement | null>,
  scroller: HTMLElement | null,
  onDrop: (memberId: MemberId, place: DropPlace) => void,
) {
  const [drag, setDrag] = useState<Drag | null>(null);
  const latest = useRef<Drag | null>(null);
  const drop = useRef(onDrop);
  useEffect(() => {
    drop.current = onDrop;
  });
  const isDragging = drag !== null;

  useEffect(() => {
    if (!isDragging) return undefined;
    let pointerY: number | null = null;
    let frame = 0;
    const show = (next: Drag | null): void => {
      latest.current = next;
      setDrag(next);
    };
    const look = (): void => {
      const now = latest.current;
      if (now === null || pointerY === null || root.current === null) return;
      const place = placeAt(root.current, pointerY, now.memberId);
      if (place?.section !== now.place?.section || place?.index !== now.place?.index) show({ ...now, place });
    };
    const scroll = (): void => {
      frame = requestAnimationFrame(scroll);
      if (scroller === null || pointerY === null) return;
      const box = scroller.getBoundingClientRect();
      if (pointerY < box.top + edgePixels) scroller.scrollTop -= scrollPixels;
      else if (pointerY > box.bottom - edgePixels) scroller.scrollTop += scrollPixels;
      else return;
      look();
    };
    const onMove = (event: PointerEvent): void => {
      pointerY = event.clientY;
      look();
    };
    const onUp = (): void => {
      const now = latest.current;
      show(null);
      if (now?.place != null) drop.current(now.memberId, now.place);
    };
    const onCancel = (): void => show(null);
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      show(null);
    };
    frame = requestAnimationFrame(scroll);
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', onCancel);
    window.addEventListener('keydown', onKey, true);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerup', onUp);
      window.removeEventListener('pointercancel', onCancel);
      window.removeEventListener('keydown', onKey, true);
    };
  }, [isDragging, root, scroller]);

  const start = useCallback((event: ReactPointerEvent, memberId: MemberId) => {
    if (event.button !== 0) return;
    latest.current = { memberId, place: null };
    setDrag(latest.current);
  }, []);
  return { drag, start };
}
