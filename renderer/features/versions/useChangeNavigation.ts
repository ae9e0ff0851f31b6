import { type RefObject, useCallback, useEffect, useState } from 'react';

interface Navigation {
  /** The number of the change that was gone to; null before any was. */
  readonly current: number | null;
  readonly go: (step: 1 | -1) => void;
  /** Goes to the change of a number. */
  readonly jump: (number: number) => void;
}

const selectorOf = (number: number): string => `[data-change-number="${number}"]`;
const currentClass = 'is-current-change';

/** In a text, a menu, or a dialogue that the comparison is not part of. The letters mean nothing to a choice of two. */
function isElsewhere(target: EventTarget | null, host: HTMLElement | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target.closest('input:not([type="radio"]), textarea, select, [role="textbox"], [role="menu"]') !== null)
    return true;
  const dialog = target.closest('[role="dialog"]');
  return dialog !== null && !dialog.contains(host);
}

const announcedLength = 300;

/** Brings a change into view and gives it the focus. @returns what it says, null when it is not drawn. */
function goTo(host: RefObject<HTMLElement | null>, number: number): string | null {
  const parts = [...(host.current?.querySelectorAll<HTMLElement>(selectorOf(number)) ?? [])];
  const [first] = parts;
  if (!first) return null;
  // A closed passage is opened: its change could not be seen.
  for (let box = first.closest('details'); box; box = box.parentElement?.closest('details') ?? null)
    box.open = true;
  first.tabIndex = -1;
  first.focus({ preventScroll: true });
  const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
  first.scrollIntoView({ block: 'center', behavior: isStill ? 'auto' : 'smooth' });
  const words = parts.map((part) => `${part.title} ${part.textContent}`).join(' ');
  return words.slice(0, announcedLength);
}

/**
 * Goes from one change to the next in a drawn comparison: by buttons, `n` and `p`, F7 and Shift+F7.
 * @param host - the element that holds the comparison; the parts of a change bear its number.
 * @param onGone - told which change was gone to, and its text, for screen readers.
 */
export function useChangeNavigation(
  host: RefObject<HTMLElement | null>,
  count: number,
  onGone: (number: number, what: string) => void,
): Navigation {
  const [gone, setCurrent] = useState<number | null>(null);
  // Of a comparison made anew there may be fewer.
  const current = gone !== null && gone <= count ? gone : null;
  const jump = useCallback(
    (number: number): void => {
      setCurrent(number);
      const what = goTo(host, number);
      if (what !== null) onGone(number, what);
    },
    [host, onGone],
  );
  const go = useCallback(
    (step: 1 | -1): void => {
      if (count === 0) return;
      jump(current === null ? (step === 1 ? 1 : count) : ((current - 1 + step + count) % count) + 1);
    },
    [count, current, jump],
  );

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target, host.current)) return;
      const forward = event.key === 'n' || (event.key === 'F7' && !event.shiftKey);
      const back = event.key === 'p' || (event.key === 'F7' && event.shiftKey);
      if (!forward && !back) return;
      event.preventDefault();
      go(forward ? 1 : -1);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [go, host]);

  useEffect(() => {
    const drawn = host.current;
    if (drawn === null || current === null) return undefined;
    const parts = [...drawn.querySelectorAll(selectorOf(current))];
    for (const part of parts) part.classList.add(currentClass);
    return () => {
      for (const part of parts) part.classList.remove(currentClass);
    };
  }, [current, host]);

  return { current, go, jump };
}
