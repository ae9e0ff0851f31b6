import { useParams } from '@tanstack/react-router';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import { HeldNotePage } from '../features/collections/HeldNotePage.tsx';
import { idParam } from './idParam.ts';

/** `/carnets/$carnetId/notes/$noteId`. */
export function HeldNoteRoute() {
  const { carnetId, noteId } = useParams({ from: '/shell/carnets/$carnetId/notes/$noteId' });
  return (
    <HeldNotePage
      key={`${carnetId} ${noteId}`}
      carnet={idParam<CarnetId>(carnetId)}
      note={idParam<NoteId>(noteId)}
    />
  );
}
