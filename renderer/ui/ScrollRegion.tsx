import { type HTMLAttributes, useEffect, useRef, useState } from 'react';

interface Props extends HTMLAttributes<HTMLDivElement> {
  /** What it holds, for who does not see it. */
  readonly label: string;
}

/** A part of a page that scrolls by itself: by keyboard too, as soon as it holds more than it shows. */
export function ScrollRegion({ label, children, ...more }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const inside = useRef<HTMLDivElement>(null);
  const [isScrolled, setScrolled] = useState(false);
  useEffect(() => {
    const element = box.current;
    if (element === null || typeof ResizeObserver === 'undefined') return undefined;
    const look = (): void =>
      setScrolled(
        element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1,
      );
    const observer = new ResizeObserver(look);
    observer.observe(element);
    // What it holds grows without it.
    if (inside.current !== null) observer.observe(inside.current);
    look();
    return () => observer.disconnect();
  }, [children]);
  const reach = isScrolled ? { role: 'region', 'aria-label': label, tabIndex: 0 } : {};
  return (
    <div ref={box} {...more} {...reach}>
      <div ref={inside}>{children}</div>
    </div>
  );
}
