import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { TemplateKey } from '#shared/document/templates/BuiltInTemplate.ts';
import type { CarnetId, CategoryId } from '#shared/domain/ids.ts';
import type { NoteKind } from '#shared/domain/Note.ts';
import { api, keys, useFailure } from '../../api/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { notifyProblem } from '../../ui/index.ts';
import { rememberMode } from './noteMode.ts';

/** What the new note is, and where it is placed from the start. */
export interface NewNotePlace {
  /** Default: a general note. */
  readonly kind?: NoteKind;
  readonly carnetId?: CarnetId;
  readonly categoryId?: CategoryId | null;
  /** The followed Calepin where it is to live. */
  readonly homeId?: string;
  /** What it begins with; `carnet`: the template that its carnet names, for who may read it. */
  readonly template?: TemplateKey | 'carnet';
}

/** Makes a note, in a carnet where one is given, and goes to it, ready to be written in. */
export function useCreateNote() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const language = useLanguage();
  const failure = useFailure();
  return useMutation({
    mutationFn: (place: NewNotePlace) => api.createNote({ ...place, language }),
    onSuccess: (page) => {
      client.setQueryData(keys.note(page.note.id), page);
      rememberMode(page.note.id, 'editing');
      void client.invalidateQueries({ queryKey: keys.notes });
      void client.invalidateQueries({ queryKey: keys.homes });
      void navigate({ to: '/notes/$noteId', params: { noteId: page.note.id } });
    },
    onError: (error) => notifyProblem(failure(error)),
  });
}
