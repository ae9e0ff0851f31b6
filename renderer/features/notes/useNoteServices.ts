import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoteId } from '#shared/domain/ids.ts';
import { api, keys, queries, uploadAttachment, useSession } from '../../api/index.ts';
import type { EditorServices } from '../../editor/reading.ts';
import { useLanguage } from '../../i18n/index.ts';
import { platform } from '../../platform/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';

/** As many notes as `[[` offers. */
const offeredNotes = 8;

/** What the editor and the reading page of a note may ask of the application. */
export function useNoteServices(noteId: NoteId): EditorServices {
  const client = useQueryClient();
  const router = useRouter();
  const { t } = useTranslation();
  const language = useLanguage();
  const { maxAttachmentBytes } = useSession().relay;
  return useMemo<EditorServices>(
    () => ({
      attachments: {
        maxBytes: maxAttachmentBytes,
        upload: (file, onProgress, signal) => uploadAttachment(noteId, file, onProgress, signal),
      },
      attachmentUrl: api.attachmentUrl,
      async searchNotes(query, signal) {
        if (query.trim() === '') {
          const recent = await client.fetchQuery(queries.recentNotes());
          return recent.notes
            .filter((note) => note.id !== noteId)
            .map(({ id, title }) => ({ id, title: title || t('app.untitled') }));
        }
        const found = await api.search(query, offeredNotes, signal);
        return found.notes
          .filter((note) => note.id !== noteId)
          .map(({ id, title }) => ({ id, title: title || t('app.untitled') }));
      },
      async createNote(title) {
        const page = await api.createNote({ title, language });
        void client.invalidateQueries({ queryKey: keys.notes });
        return page.note.id;
      },
      async noteTitles(ids) {
        const { titles } = await api.noteTitles(ids as readonly NoteId[]);
        return new Map(Object.entries(titles).map(([id, title]) => [id, title || t('app.untitled')]));
      },
      openNote: (id) => void router.navigate({ to: '/notes/$noteId', params: { noteId: id } }),
      noteUrl: (id) => `/notes/${id}`,
      openAddress: (address) => void platform.openExternal(address),
      notify: (sentence, kind) => (kind === 'problem' ? notifyProblem(sentence) : notify(sentence)),
    }),
    [client, router, t, language, maxAttachmentBytes, noteId],
  );
}
