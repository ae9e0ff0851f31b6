import { type RefObject, useLayoutEffect, useState } from 'react';

/** Whether an element is at least so many pixels wide; follows it. */
export function useIsWide(place: RefObject<HTMLElement | null>, least: number): boolean {
  const [isWide, setWide] = useState(false);
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    setWide(element.clientWidth >= least);
    const observer = new ResizeObserver(() => setWide(element.clientWidth >= least));
    observer.observe(element);
    return () => observer.disconnect();
  }, [place, least]);
  return isWide;
}
