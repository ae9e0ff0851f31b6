import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import { keys } from '../../api/index.ts';
import { notify } from '../../ui/index.ts';
import { rememberMode } from './noteMode.ts';

/** Opens a copy that was just made, to be written in, and says that it is one. */
export function useOpenCopy(): (copy: NotePage) => void {
  const { t } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  return (copy) => {
    client.setQueryData(keys.note(copy.note.id), copy);
    rememberMode(copy.note.id, 'editing');
    void client.invalidateQueries({ queryKey: keys.notes });
    void navigate({ to: '/notes/$noteId', params: { noteId: copy.note.id } });
    notify(t('notes.duplicated'));
  };
}
