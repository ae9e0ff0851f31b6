import { useTranslation } from 'react-i18next';

interface Counted {
  readonly documents: number;
  readonly attachments: number;
}

/** What a copy holds, in words. */
export function useCounts(): (of: Counted) => { documents: string; attachments: string } {
  const { t } = useTranslation();
  return ({ documents, attachments }) => ({
    documents: t('backups.documents', { count: documents }),
    attachments: t('backups.attachments', { count: attachments }),
  });
}
