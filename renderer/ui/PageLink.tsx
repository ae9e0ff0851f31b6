import { useRouter } from '@tanstack/react-router';
import type { MouseEvent, ReactNode } from 'react';

interface Props {
  /** Where it leads within the application: a path. */
  readonly to: string;
  readonly className?: string | undefined;
  readonly onClick?: (() => void) | undefined;
  readonly children: ReactNode;
}

/**
 * Leads to a page of the application from a line of a long list. The router's own `Link` watches where the person is, to say which link is active: dear where lines are drawn anew at each
 * step of a scroll, and lines are never the page that they are on.
 */
export function PageLink({ to, className, onClick, children }: Props) {
  const router = useRouter();
  const go = (event: MouseEvent): void => {
    onClick?.();
    // Another tab, another window, a file: the browser's.
    const isPlain = !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (event.defaultPrevented || event.button !== 0 || !isPlain) return;
    event.preventDefault();
    void router.navigate({ href: to });
  };
  return (
    <a href={router.history.createHref(to)} className={className} onClick={go}>
      {children}
    </a>
  );
}
