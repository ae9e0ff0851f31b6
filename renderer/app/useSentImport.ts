import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { type ImportId, isId } from '#shared/domain/ids.ts';

/** The import that the address names: an archive that somebody opened in the desktop, and that the relay reads. The address is then as if it had named none. */
export function useSentImport(): [ImportId | null, (sent: null) => void] {
  const named = useLocation({ select: ({ hash }) => /^import=(.+)$/.exec(hash)?.[1] ?? null });
  const navigate = useNavigate();
  const [sent, setSent] = useState<ImportId | null>(null);
  useEffect(() => {
    if (named === null) return;
    if (isId(named)) setSent(named as ImportId);
    void navigate({ to: '.', search: true, hash: '', replace: true });
  }, [named, navigate]);
  return [sent, setSent];
}
