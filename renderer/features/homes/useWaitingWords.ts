import { useTranslation } from 'react-i18next';
import type { DocumentId } from '#shared/domain/ids.ts';
import { useDocumentHome } from './useDocumentHome.ts';
import { useSince } from './useSince.ts';

/**
 * What waits of a document for the Calepin where it lives, and since when, in words for `SaveState`; null where nothing more is known than that something may wait.
 */
export function useWaitingWords(document: DocumentId): string | null {
  const { t } = useTranslation();
  const since = useSince();
  const { state = null, name = null } = useDocumentHome(document) ?? {};
  if (state === null || name === null || state.waiting === 0) return null;
  const about = { count: state.waiting, name };
  return state.waitingSince === null
    ? t('homes.states.waiting', about)
    : t('homes.states.waitingSince', {
        ...about,
        since: since(state.waitingSince),
      });
}
