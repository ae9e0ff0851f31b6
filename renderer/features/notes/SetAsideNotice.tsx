import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import { api, keys, useFailure } from '../../api/index.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { notifyProblem } from '../../ui/index.ts';
import styles from './NotePage.module.css';

/** Says that a note is set aside for its content, and offers its authors the way back. The text is read meanwhile. */
export function SetAsideNotice({ page }: { readonly page: NotePage }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const client = useQueryClient();
  const failure = useFailure();
  const back = useMutation({
    mutationFn: () => api.restoreGoodState(page.note.id),
    onSuccess: (next) => client.setQueryData(keys.note(page.note.id), next),
    onError: (error) => notifyProblem(failure(error)),
  });
  return (
    <div className={styles.notice} role="alert">
      <IconAlertTriangle size={20} stroke={1.7} aria-hidden="true" />
      <span>
        {t('notes.problem.invalid_content')}
        {page.goodStateAt !== null &&
          ` ${t('notes.goodState.hint', { date: formatDateTime(page.goodStateAt, language) })}`}
      </span>
      {page.goodStateAt !== null && (
        <Button size="compact-md" variant="default" loading={back.isPending} onClick={() => back.mutate()}>
          {t('notes.goodState.act')}
        </Button>
      )}
    </div>
  );
}
