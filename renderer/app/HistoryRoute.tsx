import { useParams } from '@tanstack/react-router';
import type { NoteId } from '#shared/domain/ids.ts';
import { HistoryPage } from '../features/versions/HistoryPage.tsx';
import { idParam } from './idParam.ts';

/** `/notes/$noteId/history`. */
export function HistoryRoute() {
  const { noteId } = useParams({ from: '/shell/notes/$noteId/history' });
  return <HistoryPage key={noteId} noteId={idParam<NoteId>(noteId)} />;
}
