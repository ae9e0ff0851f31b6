import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { NoticeLine } from '#shared/api/notices.ts';
import { api } from '../../api/index.ts';

/**
 * Reads what is shown: everything up to the newest of it, also what is further down.
 * @param notices - the same array as long as nothing of them changed.
 * @returns whether a notice was new when, or came since, the page was opened: it stays marked while it is looked at.
 */
export function useReadNotices(notices: readonly NoticeLine[] | undefined): (notice: NoticeLine) => boolean {
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  // What comes from further down was read by the same act: the relay says when.
  const [readSince, setReadSince] = useState(Infinity);
  const { mutate: read } = useMutation({
    mutationFn: (until: number) => api.readNotices(until),
    onSuccess: ({ readAt }) => setReadSince((before) => Math.min(before, readAt)),
  });
  useEffect(() => {
    const unread = (notices ?? []).filter(({ readAt }) => readAt === null);
    if (unread.length === 0) return;
    setFresh((before) => new Set([...before, ...unread.map(({ id }) => id)]));
    read(Math.max(...unread.map(({ at }) => at)));
  }, [notices, read]);
  return ({ id, readAt }) => fresh.has(id) || (readAt !== null && readAt >= readSince);
}
