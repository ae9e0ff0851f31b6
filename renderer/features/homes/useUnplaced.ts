import { useTranslation } from 'react-i18next';
import type { DocumentId } from '#shared/domain/ids.ts';
import { isUnplaced } from './isUnplaced.ts';
import { useDocumentHome } from './useDocumentHome.ts';

/** The name of the Calepin where a document is to be placed at the next contact; null where it is to be placed nowhere, or is there. */
export function useUnplaced(document: DocumentId): string | null {
  const { t } = useTranslation();
  const known = useDocumentHome(document);
  if (known === null || known.state === null || !isUnplaced(known.state)) return null;
  return known.name ?? t('homes.unknown');
}
