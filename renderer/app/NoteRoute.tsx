import { useParams } from '@tanstack/react-router';
import type { NoteId } from '#shared/domain/ids.ts';
import { NotePage } from '../features/notes/NotePage.tsx';
import { idParam } from './idParam.ts';

/** `/notes/$noteId`: each note is a page of its own, with its own session. */
export function NoteRoute() {
  const { noteId } = useParams({ from: '/shell/notes/$noteId' });
  return <NotePage key={noteId} noteId={idParam<NoteId>(noteId)} />;
}
