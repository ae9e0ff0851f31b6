import { type HTMLAttributes, type ReactNode, useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';

export interface FloatingPanelProps extends Pick<
  HTMLAttributes<HTMLDivElement>,
  'role' | 'onKeyDown' | 'onMouseDown' | 'id'
> {
  /** What the panel stands beside, in the window's coordinates; null hides it. */
  readonly anchor: () => DOMRect | null;
  readonly placement: 'above' | 'below';
  readonly label: string;
  readonly className?: string;
  readonly children: ReactNode;
}

const gap = 8;
const edge = 8;

/** Between which x a panel stands: in the column of the page that holds its anchor, so that it covers no other; in the window where it has no room there. */
function room(anchor: DOMRect, width: number): { readonly from: number; readonly to: number } {
  const column = document.querySelector('main')?.getBoundingClientRect();
  const middle = anchor.left + anchor.width / 2;
  const isIn = column !== undefined && column.left <= middle && middle <= column.right;
  const from = Math.max(0, isIn ? column.left : 0) + edge;
  const to = Math.min(window.innerWidth, isIn ? column.right : Infinity) - edge;
  return to - from >= width ? { from, to } : { from: edge, to: window.innerWidth - edge };
}

function place(panel: HTMLElement, anchor: DOMRect | null, placement: 'above' | 'below'): void {
  if (!anchor) {
    panel.style.opacity = '0';
    panel.style.pointerEvents = 'none';
    return;
  }
  const { offsetWidth: width, offsetHeight: height } = panel;
  const roomAbove = anchor.top - gap - height;
  const fitsBelow = anchor.bottom + gap + height <= window.innerHeight - edge;
  const isAbove = placement === 'above' ? roomAbove >= edge || !fitsBelow : !fitsBelow && roomAbove >= edge;
  const top = isAbove
    ? Math.max(edge, roomAbove)
    : Math.min(anchor.bottom + gap, window.innerHeight - edge - height);
  const wanted = placement === 'above' ? anchor.left + anchor.width / 2 - width / 2 : anchor.left;
  const { from, to } = room(anchor, width);
  panel.style.left = `${Math.round(Math.max(from, Math.min(wanted, to - width)))}px`;
  panel.style.top = `${Math.round(Math.max(edge, top))}px`;
  panel.style.opacity = '1';
  panel.style.pointerEvents = '';
}

/** A panel beside a place of the text, that follows it when the page scrolls. It takes no focus by itself. */
export function FloatingPanel({
  anchor,
  placement,
  label,
  className = '',
  children,
  ...rest
}: FloatingPanelProps) {
  const ref = useRef<HTMLDivElement>(null);
  const latest = useRef({ anchor, placement });
  useLayoutEffect(() => {
    latest.current = { anchor, placement };
    if (ref.current) place(ref.current, anchor(), placement);
  });
  useLayoutEffect(() => {
    let frame = 0;
    const follow = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        if (ref.current) place(ref.current, latest.current.anchor(), latest.current.placement);
      });
    };
    window.addEventListener('scroll', follow, { capture: true, passive: true });
    window.addEventListener('resize', follow);
    const observer = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(follow);
    if (ref.current) observer?.observe(ref.current);
    // Columns open and close beside it, over a moment.
    const column = document.querySelector('main');
    if (column) observer?.observe(column);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('scroll', follow, { capture: true });
      window.removeEventListener('resize', follow);
      observer?.disconnect();
    };
  }, []);
  return createPortal(
    <div ref={ref} className={`editor-panel ${className}`} data-editor-part="" aria-label={label} {...rest}>
      {children}
    </div>,
    document.body,
  );
}
