import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SetAside } from '#shared/api/common.ts';
import { formatDateTime, useLanguage } from '../i18n/index.ts';
import type { DocumentKind } from './DocumentKind.ts';
import { DocumentAlert } from './DocumentNotices.tsx';

const problems = ['damaged', 'storage', 'invalid_content'] as const;

export interface SetAsideNoticeProps {
  readonly kind: DocumentKind;
  readonly setAside: SetAside;
  /** What is read of a damaged note is this device's copy, which has more of it than its home. */
  readonly hasMore?: boolean;
  /** Takes the document back to its last good state; tells by itself what went wrong. */
  readonly onBack: () => Promise<unknown>;
}

/** Says that the home of a document set it aside, and offers those who may the way back. It is read meanwhile. */
export function SetAsideNotice({ kind, setAside, hasMore = false, onBack }: SetAsideNoticeProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [isGoing, setGoing] = useState(false);
  const problem = problems.find((one) => one === setAside.problem);
  if (problem === undefined) return null;
  const { goodStateAt } = setAside;
  const goBack = async (): Promise<void> => {
    setGoing(true);
    await onBack();
    setGoing(false);
  };
  if (kind === 'note' && problem === 'damaged' && hasMore)
    return <DocumentAlert>{t('collaboration.setAside.note.damagedElsewhere')}</DocumentAlert>;
  const what = t(`collaboration.setAside.${kind}.${problem}`);
  if (goodStateAt === null) return <DocumentAlert>{what}</DocumentAlert>;
  const where = setAside.goodStateIsShown
    ? t('collaboration.setAside.goodStateIsShown')
    : t(`collaboration.setAside.${kind}.goodState`, { date: formatDateTime(goodStateAt, language) });
  return (
    <DocumentAlert
      act={
        <Button size="compact-md" variant="default" loading={isGoing} onClick={() => void goBack()}>
          {t('collaboration.setAside.back')}
        </Button>
      }
    >
      {`${what} ${where}`}
    </DocumentAlert>
  );
}
