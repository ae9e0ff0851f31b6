import { useMediaQuery } from '@mantine/hooks';
import { type FocusEvent, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ShellContext, type ShellControls } from './ShellContext.ts';
import { cycleColumns } from './cycleColumns.ts';
import styles from './Shell.module.css';

interface Props {
  readonly words: {
    readonly skip: string;
    readonly sidebar: string;
    readonly details: string;
    readonly page: string;
    readonly close: string;
  };
  readonly sidebar: ReactNode;
  readonly children: ReactNode;
  readonly hasDetails: boolean;
  /** What the person chose for wide windows; narrow ones start with both closed. */
  readonly sidebarWanted: boolean;
  readonly detailsWanted: boolean;
  readonly onWant: (change: { sidebar?: boolean; details?: boolean }) => void;
  /** Changes when another page is shown: drawers close, the page scrolls to its top. */
  readonly pageKey: string;
}

const now = { getInitialValueInEffect: false } as const;

/** A column that got the focus by a click into its text shows no outline, also once a key is pressed: only who goes there by the keyboard has to see where they are. */
function noteHow({ target, currentTarget }: FocusEvent<HTMLElement>): void {
  if (target !== currentTarget) return;
  currentTarget.toggleAttribute('data-clicked', !currentTarget.matches(':focus-visible'));
}

/**
 * The three columns. Under 1100 px the details lie over the page, under 760 px the navigation does too. `F6` goes from one
 * to the next, `Ctrl+\` opens and closes the navigation, `Ctrl+.` the details.
 */
export function Shell({
  words,
  sidebar,
  children,
  hasDetails,
  sidebarWanted,
  detailsWanted,
  onWant,
  pageKey,
}: Props) {
  const sidebarFloats = useMediaQuery('(max-width: 759px)', undefined, now);
  const detailsFloat = useMediaQuery('(max-width: 1099px)', undefined, now);
  const [drawer, setDrawer] = useState<'sidebar' | 'details' | null>(null);
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const [sidebarScroller, setSidebarScroller] = useState<HTMLElement | null>(null);
  const [detailsHost, setDetailsHost] = useState<HTMLElement | null>(null);
  const returnTo = useRef<HTMLElement | null>(null);
  const root = useRef<HTMLDivElement>(null);

  const sidebarOpen = sidebarFloats ? drawer === 'sidebar' : sidebarWanted;
  const detailsOpen = hasDetails && (detailsFloat ? drawer === 'details' : detailsWanted);

  const openDrawer = useCallback((which: 'sidebar' | 'details') => {
    setDrawer((before) => {
      if (before === which) return null;
      returnTo.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
      return which;
    });
  }, []);
  const closeDrawers = useCallback(() => setDrawer(null), []);
  const toggleSidebar = useCallback(() => {
    if (sidebarFloats) openDrawer('sidebar');
    else onWant({ sidebar: !sidebarWanted });
  }, [sidebarFloats, openDrawer, onWant, sidebarWanted]);
  const toggleDetails = useCallback(() => {
    if (detailsFloat) openDrawer('details');
    else onWant({ details: !detailsWanted });
  }, [detailsFloat, openDrawer, onWant, detailsWanted]);

  useEffect(() => {
    setDrawer(null);
    scroller?.scrollTo({ top: 0 });
  }, [pageKey, scroller]);

  // A drawer takes the focus, and gives it back.
  useEffect(() => {
    if (drawer === null) {
      returnTo.current?.focus({ preventScroll: true });
      returnTo.current = null;
      return;
    }
    root.current?.querySelector<HTMLElement>(`[data-column="${drawer}"]`)?.focus({ preventScroll: true });
  }, [drawer]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return;
      const mod = (event.ctrlKey || event.metaKey) && !event.altKey;
      if (event.key === 'F6' && root.current !== null) {
        event.preventDefault();
        cycleColumns(root.current, event.shiftKey);
      } else if (mod && (event.key === '\\' || event.code === 'Backslash')) {
        event.preventDefault();
        toggleSidebar();
      } else if (mod && event.key === '.') {
        event.preventDefault();
        toggleDetails();
      } else if (event.key === 'Escape' && drawer !== null) {
        event.preventDefault();
        closeDrawers();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [toggleSidebar, toggleDetails, closeDrawers, drawer]);

  const controls = useMemo<ShellControls>(
    () => ({
      sidebarOpen,
      detailsOpen,
      hasDetails,
      toggleSidebar,
      toggleDetails,
      scroller,
      sidebarScroller,
      detailsHost,
      closeDrawers,
    }),
    [
      sidebarOpen,
      detailsOpen,
      hasDetails,
      toggleSidebar,
      toggleDetails,
      scroller,
      sidebarScroller,
      detailsHost,
      closeDrawers,
    ],
  );
  const stateOf = (open: boolean): 'open' | 'closed' => (open ? 'open' : 'closed');

  return (
    <ShellContext value={controls}>
      <div
        ref={root}
        className={styles.shell}
        data-sidebar={stateOf(sidebarOpen && !sidebarFloats)}
        data-details={stateOf(detailsOpen && !detailsFloat)}
      >
        <a className={styles.skip} href="#page">
          {words.skip}
        </a>
        <nav
          className={`${styles.column} ${styles.sidebar}`}
          aria-label={words.sidebar}
          data-column="sidebar"
          tabIndex={-1}
          onFocus={noteHow}
          inert={!sidebarOpen}
          data-drawer={sidebarFloats ? stateOf(sidebarOpen) : undefined}
        >
          <div className={styles.inner} ref={setSidebarScroller}>
            {sidebar}
          </div>
        </nav>
        <main
          ref={setScroller}
          className={styles.page}
          id="page"
          data-column="page"
          tabIndex={-1}
          onFocus={noteHow}
          aria-label={words.page}
        >
          {children}
        </main>
        <aside
          className={`${styles.column} ${styles.details}`}
          aria-label={words.details}
          data-column="details"
          tabIndex={-1}
          onFocus={noteHow}
          inert={!detailsOpen}
          data-drawer={detailsFloat ? stateOf(detailsOpen) : undefined}
        >
          <div className={styles.inner} ref={setDetailsHost} />
        </aside>
        {drawer !== null && (drawer === 'details' ? detailsFloat : sidebarFloats) && (
          <button
            type="button"
            tabIndex={-1}
            className={styles.backdrop}
            aria-label={words.close}
            onClick={closeDrawers}
          />
        )}
      </div>
    </ShellContext>
  );
}
