const focusable =
  'a[href], button:not([disabled]), input:not([disabled]), textarea, [contenteditable="true"], [tabindex="0"]';

/** Moves the focus to the next open column (navigation, page, details), to where it last was there or to its first act. */
export function cycleColumns(root: HTMLElement, backwards: boolean): void {
  const columns = [...root.querySelectorAll<HTMLElement>('[data-column]')].filter((column) => !column.inert);
  const here = columns.findIndex((column) => column.contains(document.activeElement));
  const next = columns[(here + (backwards ? -1 : 1) + columns.length) % columns.length];
  if (next === undefined) return;
  const first = next.dataset['column'] === 'page' ? null : next.querySelector<HTMLElement>(focusable);
  (first ?? next).focus();
}
