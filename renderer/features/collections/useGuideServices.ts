import { useRouter } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { AppError } from '#shared/api/errorCodes.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { api } from '../../api/index.ts';
import type { EditorServices } from '../../editor/reading.ts';
import { useLanguage } from '../../i18n/index.ts';
import { platform } from '../../platform/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';

const offeredNotes = 8;

/** What a guide may ask of the application: all that a note may, but for files, which a note holds. */
export function useGuideServices(): EditorServices {
  const router = useRouter();
  const { t } = useTranslation();
  const language = useLanguage();
  return useMemo<EditorServices>(
    () => ({
      attachments: {
        maxBytes: 0,
        upload: () => Promise.reject(new AppError('type_not_supported', 'a guide holds no file')),
      },
      attachmentUrl: api.attachmentUrl,
      async searchNotes(query, signal) {
        if (query.trim() === '') return [];
        const found = await api.search(query, offeredNotes, signal);
        return found.notes.map(({ id, title }) => ({ id, title: title || t('app.untitled') }));
      },
      createNote: async (title) => (await api.createNote({ title, language })).note.id,
      async noteTitles(ids) {
        const { titles } = await api.noteTitles(ids as readonly NoteId[]);
        return new Map(Object.entries(titles).map(([id, title]) => [id, title || t('app.untitled')]));
      },
      openNote: (id) => void router.navigate({ to: '/notes/$noteId', params: { noteId: id } }),
      noteUrl: (id) => `/notes/${id}`,
      openAddress: (address) => void platform.openExternal(address),
      notify: (sentence, kind) => (kind === 'problem' ? notifyProblem(sentence) : notify(sentence)),
    }),
    [router, t, language],
  );
}
