import { useRouter } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { NoteId } from '#shared/domain/ids.ts';
import { api } from '../../api/index.ts';
import type { EditorServices } from '../../editor/reading.ts';
import { platform } from '../../platform/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';

const readOnly = (): never => {
  throw new Error('the past is not written in');
};

/** What the reading page of an earlier moment may ask of the application: nothing that writes. */
export function useReaderServices(): EditorServices {
  const router = useRouter();
  const { t } = useTranslation();
  return useMemo<EditorServices>(
    () => ({
      attachments: { maxBytes: 0, upload: readOnly },
      attachmentUrl: api.attachmentUrl,
      searchNotes: readOnly,
      createNote: readOnly,
      async noteTitles(ids) {
        const { titles } = await api.noteTitles(ids as readonly NoteId[]);
        return new Map(Object.entries(titles).map(([id, title]) => [id, title || t('app.untitled')]));
      },
      openNote: (id) => void router.navigate({ to: '/notes/$noteId', params: { noteId: id } }),
      noteUrl: (id) => `/notes/${id}`,
      openAddress: (address) => void platform.openExternal(address),
      notify: (sentence, kind) => (kind === 'problem' ? notifyProblem(sentence) : notify(sentence)),
    }),
    [router, t],
  );
}
