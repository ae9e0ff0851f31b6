import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { AuthorMode } from '#shared/domain/Note.ts';
import type { Person } from '#shared/domain/Person.ts';
import { ApiError, api, keys, useFailure, usePerson } from '../../api/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';

/** What may be done about the people of a note, each with the sentence that says it was done. */
export function useNotePeople({ note }: Pick<NotePage, 'note'>) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  const self = usePerson();
  const { id } = note;
  const refresh = (): void => {
    void client.invalidateQueries({ queryKey: keys.note(id) });
    void client.invalidateQueries({ queryKey: keys.notes });
    void client.invalidateQueries({ queryKey: keys.authorCandidates(id) });
  };
  const show = (page: NotePage): void => {
    client.setQueryData(keys.note(id), page);
    void client.invalidateQueries({ queryKey: keys.notes });
    void client.invalidateQueries({ queryKey: keys.authorCandidates(id) });
  };
  const onError = (error: unknown): void => notifyProblem(failure(error));
  return {
    contact: useMutation({
      mutationFn: (text: string) => api.contactAuthors(id, text),
      onSuccess: () => notify(t('notes.people.contactSent')),
      onError,
    }),
    ask: useMutation({
      mutationFn: (text: string) => api.askToEdit(id, text),
      onSuccess: (page) => {
        show(page);
        notify(t('notes.people.askSent'));
      },
      onError,
    }),
    answer: useMutation({
      mutationFn: ({ person, approved }: { person: { id: string; name: string }; approved: boolean }) =>
        api.answerEditRequest(id, person.id as PersonId, approved),
      onSuccess: (page, { person: { name }, approved }) => {
        show(page);
        notify(t(approved ? 'notes.people.approved' : 'notes.people.refused', { name }));
      },
      // Somebody else may have answered meanwhile: the page says what is so now.
      onError: (error) => {
        refresh();
        onError(error);
      },
    }),
    add: useMutation({
      mutationFn: (person: Person) => api.addAuthor(id, person.id),
      onSuccess: (page, { name }) => {
        show(page);
        notify(t('notes.people.added', { name }));
      },
      onError,
    }),
    removeAuthor: useMutation({
      mutationFn: (person: Person) => api.removeAuthor(id, person.id),
      onSuccess: (_nothing, { id: removed, name }) => {
        refresh();
        notify(removed === self?.id ? t('notes.people.left') : t('notes.people.removed', { name }));
      },
      onError: (error) => {
        if (error instanceof ApiError && error.code === 'conflict') notifyProblem(t('notes.people.last'));
        else onError(error);
      },
    }),
    removeReader: useMutation({
      mutationFn: (person: Person) => api.removeReader(id, person.id),
      onSuccess: (_nothing, { name }) => {
        refresh();
        notify(t('notes.people.readerRemoved', { name }));
      },
      onError,
    }),
    setMode: useMutation({
      mutationFn: (authorMode: AuthorMode) => api.changeNote(id, { authorMode }),
      onSuccess: (page, mode) => {
        show(page);
        notify(t(mode === 'community' ? 'notes.people.followed' : 'notes.people.unfollowed'));
      },
      onError,
    }),
  };
}
export type NotePeople = ReturnType<typeof useNotePeople>;
