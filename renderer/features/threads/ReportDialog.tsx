import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MessageId, NoteId, ThreadId } from '#shared/domain/ids.ts';
import { useFailure } from '../../api/index.ts';
import { MessageDialog, notify, notifyProblem } from '../../ui/index.ts';
import { threadsApi } from '../outbox/index.ts';

interface Props {
  readonly noteId: NoteId;
  readonly threadId: ThreadId;
  readonly messageId: MessageId;
  readonly onClose: () => void;
}

/** Tells the people who look after this relay what is wrong with what somebody said. */
export function ReportDialog({ noteId, threadId, messageId, onClose }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const report = useMutation({
    mutationFn: (reason: string) => threadsApi.report(noteId, threadId, messageId, reason),
    onSuccess: () => {
      onClose();
      notify(t('threads.report.sent'));
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  return (
    <MessageDialog
      opened
      onClose={onClose}
      title={t('threads.report.act')}
      label={t('threads.report.reason')}
      hint={t('threads.report.hint')}
      send={t('threads.report.send')}
      isSending={report.isPending}
      onSend={(reason) => report.mutate(reason)}
    />
  );
}
