import type { KeyboardEvent } from 'react';

/** Up and down arrows, Home and End go from one to another of what a list holds. @param selector - of what gets the focus. */
export function stepFocus(event: KeyboardEvent, list: HTMLElement | null, selector: string): void {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const stops = [...(list?.querySelectorAll<HTMLElement>(selector) ?? [])];
  const at = stops.findIndex((stop) => stop === document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: stops.length - 1 }[event.key];
  if (at === -1 || next === undefined || stops[next] === undefined) return;
  event.preventDefault();
  stops[next].focus();
}
