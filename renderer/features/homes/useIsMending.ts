import type { DocumentId } from '#shared/domain/ids.ts';
import { useDocumentHome } from './useDocumentHome.ts';

/** Whether a document was damaged on this computer and is being fetched again from where it lives: what else is said of that damage says less. */
export const useIsMending = (document: DocumentId): boolean =>
  useDocumentHome(document)?.state?.isMending ?? false;
