import { Button } from '@mantine/core';
import { IconAlertTriangle, IconSignature } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentId } from '#shared/domain/ids.ts';
import { type Doubt, doubtAsText } from './proof.ts';
import { RecoveredCopyNotice } from './RecoveredCopyNotice.tsx';
import type { DocumentSessionView } from './useDocumentSession.ts';
import classes from './collaboration.module.css';

/** What people must know of an open document beside its state of saving: why it ended, what was kept apart, what the relay contradicts. */
export function DocumentNotices({
  documentId,
  view,
}: {
  readonly documentId: DocumentId;
  readonly view: DocumentSessionView;
}) {
  const { t } = useTranslation();
  return (
    <>
      {view.problem !== null && <DocumentAlert>{t(`collaboration.problem.${view.problem}`)}</DocumentAlert>}
      <RecoveredCopyNotice documentId={documentId} />
      {view.doubt !== null && (
        <DoubtNotice
          documentId={documentId}
          doubt={view.doubt}
          onSeen={() => void view.session.settleDoubt()}
        />
      )}
    </>
  );
}

/** Says above a document what is wrong with it. @param act - what can be done about it. */
export function DocumentAlert({
  children,
  act = null,
}: {
  readonly children: string;
  readonly act?: ReactNode;
}) {
  return (
    <div className={classes['notice']} role="alert">
      <IconAlertTriangle size={20} stroke={1.7} aria-hidden="true" />
      <p>{children}</p>
      {act}
    </div>
  );
}

/** Quiet: nothing of the work changes. The proof can be copied for the person who runs the relay. */
function DoubtNotice({
  documentId,
  doubt,
  onSeen,
}: {
  readonly documentId: DocumentId;
  readonly doubt: Doubt;
  readonly onSeen: () => void;
}) {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<'copy' | 'copied' | 'copyFailed'>('copy');
  const onCopy = async () => {
    try {
      await navigator.clipboard.writeText(doubtAsText(documentId, doubt));
      setOutcome('copied');
    } catch {
      setOutcome('copyFailed');
    }
  };
  return (
    <div className={classes['notice']} role="status" data-testid="doubt-notice">
      <IconSignature size={20} stroke={1.7} aria-hidden="true" />
      <p>{t(`collaboration.doubt.${doubt.kind}`)}</p>
      <Button variant="default" size="compact-sm" onClick={() => void onCopy()}>
        {t(`collaboration.doubt.${outcome}`)}
      </Button>
      <Button variant="default" size="compact-sm" onClick={onSeen}>
        {t('collaboration.doubt.seen')}
      </Button>
    </div>
  );
}
