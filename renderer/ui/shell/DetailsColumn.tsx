import type { ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useShell } from './ShellContext.ts';

/** Draws its children in the details column of the page. */
export function DetailsColumn({ children }: { readonly children: ReactNode }) {
  const { detailsHost } = useShell();
  return detailsHost === null ? null : createPortal(children, detailsHost);
}
