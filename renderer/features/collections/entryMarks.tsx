/**
 * The marks of a line's buttons, drawn by one stroke each and made once: a carnet of hundreds of notes draws some at each step of a scroll, where an icon of six circles costs as much
 * as the note's title.
 */
const mark = (size: number, path: string) => (
  <svg
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth={3.6}
    strokeLinecap="round"
    aria-hidden="true"
  >
    <path d={path} />
  </svg>
);

/** By which a line is dragged. */
export const gripMark = mark(16, 'M9 5h.01M9 12h.01M9 19h.01M15 5h.01M15 12h.01M15 19h.01');
/** Behind which there is more. */
export const dotsMark = mark(18, 'M5 12h.01M12 12h.01M19 12h.01');
