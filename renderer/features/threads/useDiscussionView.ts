import { useCallback, useMemo, useState } from 'react';
import type { ThreadId } from '#shared/domain/ids.ts';
import type { ThreadAnchor } from '#shared/domain/Thread.ts';
import { useShell } from '../../ui/index.ts';

/** What the page shows of a note's discussion: shared by the text and the panel. */
export interface DiscussionView {
  readonly isOpen: boolean;
  /** The thread that was asked for, if one was. */
  readonly active: ThreadId | null;
  /** The passage that a new thread will be about. */
  readonly anchor: ThreadAnchor | null;
  /** The thread whose passage the text is to show; another object each time. */
  readonly shown: { readonly id: ThreadId } | null;
  /** The threads whose passage is in the text; null while the text is not known. */
  readonly placed: ReadonlySet<ThreadId> | null;
  open(): void;
  close(): void;
  openThread(id: ThreadId): void;
  /** Begins a thread about a passage; null gives the passage up. */
  comment(anchor: ThreadAnchor | null): void;
  show(id: ThreadId): void;
  onPlaced(placed: ReadonlySet<ThreadId>): void;
}

/** The state of the discussion of the note on this page. */
export function useDiscussionView(): DiscussionView {
  const { detailsOpen, toggleDetails } = useShell();
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState<ThreadId | null>(null);
  const [anchor, setAnchor] = useState<ThreadAnchor | null>(null);
  const [shown, setShown] = useState<{ readonly id: ThreadId } | null>(null);
  const [placed, setPlaced] = useState<ReadonlySet<ThreadId> | null>(null);
  const open = useCallback(() => {
    setOpen(true);
    if (!detailsOpen) toggleDetails();
  }, [detailsOpen, toggleDetails]);
  return useMemo(
    () => ({
      isOpen,
      active,
      anchor,
      shown,
      placed,
      open,
      close() {
        setOpen(false);
        setActive(null);
        setAnchor(null);
      },
      openThread(id) {
        setActive(id);
        open();
      },
      comment(next) {
        setAnchor(next);
        if (next !== null) open();
      },
      show(id) {
        setActive(id);
        setShown({ id });
      },
      onPlaced: setPlaced,
    }),
    [isOpen, active, anchor, shown, placed, open],
  );
}
