import { createContext, useContext } from 'react';

/** What the parts of a page need of the three columns. */
export interface ShellControls {
  readonly sidebarOpen: boolean;
  readonly detailsOpen: boolean;
  /** Whether this page has a details column at all. */
  readonly hasDetails: boolean;
  toggleSidebar(): void;
  toggleDetails(): void;
  /** The element that the page scrolls in. */
  readonly scroller: HTMLElement | null;
  /** The element that the navigation scrolls in. */
  readonly sidebarScroller: HTMLElement | null;
  /** Where the details of the page shown are drawn. */
  readonly detailsHost: HTMLElement | null;
  /** Closes the columns that lie over the page, after a choice was made in one. */
  closeDrawers(): void;
}

const nothing = (): void => undefined;

export const ShellContext = createContext<ShellControls>({
  sidebarOpen: false,
  detailsOpen: false,
  hasDetails: false,
  toggleSidebar: nothing,
  toggleDetails: nothing,
  scroller: null,
  sidebarScroller: null,
  detailsHost: null,
  closeDrawers: nothing,
});

/** The columns around this page. */
export function useShell(): ShellControls {
  return useContext(ShellContext);
}
