import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { Fragment, type ReactNode, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useShell } from './shell/ShellContext.ts';

/** From so many lines on, only those near the window are drawn. */
const virtualFrom = 100;

/** What a line has to give to its `li`. */
export interface LinePlace {
  readonly ref?: (element: HTMLLIElement | null) => void;
  readonly style?: React.CSSProperties;
  readonly 'aria-setsize'?: number;
  readonly 'aria-posinset'?: number;
  readonly 'data-index': number;
}

/** The key of what has an id. */
export const idOf = ({ id }: { readonly id: string }): string => id;

interface Props<Item> {
  readonly items: readonly Item[];
  /** The same function at each drawing: with another one, every line of the list is measured anew. */
  readonly keyOf: (item: Item, index: number) => string;
  /** About how high a line is, in pixels; what is drawn is measured. */
  readonly lineHeight: number;
  readonly label?: string;
  /** How many lines the page holds, where this list is one of several. */
  readonly total?: number;
  /** A line that stays drawn wherever the window is: the one that has, or gets, the focus. */
  readonly kept?: string | null;
  /** What the lines scroll in; the page unless said. */
  readonly scroller?: HTMLElement | null;
  /** Called with the first and the last index near the window, where not all are drawn. */
  readonly onDrawn?: (first: number, last: number) => void;
  /** Draws the `li` of an item, with what its place gives to it. */
  readonly line: (item: Item, place: LinePlace) => ReactNode;
}

/** Lines that scroll with the page, or a column of it; of a long list only those near the window are drawn. */
export function LineList<Item>(props: Props<Item>) {
  const { items, keyOf, label, line, total = items.length } = props;
  if (total > virtualFrom) return <VirtualLines {...props} />;
  return (
    <ul role="list" aria-label={label}>
      {items.map((item, index) => (
        <Fragment key={keyOf(item, index)}>{line(item, { 'data-index': index })}</Fragment>
      ))}
    </ul>
  );
}

function VirtualLines<Item>({
  items,
  keyOf,
  lineHeight,
  label,
  kept = null,
  scroller: given,
  onDrawn,
  line,
}: Props<Item>) {
  const shell = useShell();
  const scroller = given === undefined ? shell.scroller : given;
  const list = useRef<HTMLUListElement>(null);
  const [offset, setOffset] = useState(0);
  // What stands above may change its height: lists that are measured as they are drawn, a field that opens.
  useLayoutEffect(() => {
    if (scroller === null) return undefined;
    const look = (): void => {
      const top = list.current?.getBoundingClientRect().top ?? 0;
      setOffset(Math.round(top - scroller.getBoundingClientRect().top + scroller.scrollTop));
    };
    look();
    const observer = new ResizeObserver(look);
    for (const child of scroller.children) observer.observe(child);
    return () => observer.disconnect();
  }, [scroller]);
  const keptIndex = kept === null ? -1 : items.findIndex((item, index) => keyOf(item, index) === kept);
  const getItemKey = useCallback(
    (index: number): string | number => {
      const item = items[index];
      return item === undefined ? index : keyOf(item, index);
    },
    [items, keyOf],
  );
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller,
    estimateSize: () => lineHeight,
    getItemKey,
    rangeExtractor: (range) => {
      const drawn = defaultRangeExtractor(range);
      if (keptIndex === -1 || drawn.includes(keptIndex)) return drawn;
      return [...drawn, keptIndex].sort((a, b) => a - b);
    },
    overscan: 8,
    scrollMargin: offset,
  });
  const { startIndex = 0, endIndex = 0 } = virtual.range ?? {};
  useEffect(() => onDrawn?.(startIndex, endIndex), [onDrawn, startIndex, endIndex]);
  return (
    <ul
      role="list"
      aria-label={label}
      ref={list}
      // A line that comes or goes lays out nothing but itself.
      style={{ height: virtual.getTotalSize(), position: 'relative', contain: 'layout style' }}
    >
      {virtual.getVirtualItems().map((drawn) => {
        const item = items[drawn.index];
        return item === undefined ? null : (
          <Fragment key={drawn.key}>
            {line(item, {
              ref: virtual.measureElement,
              'aria-setsize': items.length,
              'aria-posinset': drawn.index + 1,
              'data-index': drawn.index,
              style: {
                position: 'absolute',
                insetInline: 0,
                contain: 'layout style',
                transform: `translateY(${drawn.start - offset}px)`,
              },
            })}
          </Fragment>
        );
      })}
    </ul>
  );
}
