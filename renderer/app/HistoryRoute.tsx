import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import type { NoteId } from '#shared/domain/ids.ts';
import { HistoryPage } from '../features/versions/HistoryPage.tsx';
import { idParam } from './idParam.ts';

/** `/notes/$noteId/history`. */
export function HistoryRoute() {
  const { noteId } = useParams({ from: '/shell/notes/$noteId/history' });
  const find = useSearch({ from: '/shell/notes/$noteId/history' });
  const navigate = useNavigate({ from: '/notes/$noteId/history' });
  return (
    <HistoryPage
      key={noteId}
      noteId={idParam<NoteId>(noteId)}
      find={find}
      onFind={(next) => void navigate({ search: next, replace: true })}
    />
  );
}
