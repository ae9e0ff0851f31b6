import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { putBackSchema } from '#shared/api/history.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { request, useFailure } from '../../../api/index.ts';
import { notifyProblem } from '../../../ui/index.ts';
import { useForwardEdit } from '../useForwardEdit.ts';

const icon = <IconArrowBackUp size={15} stroke={1.8} />;

/**
 * Lets the note say one passage again as it was.
 * @param seq - the row after which it was so; null: nothing can be put back.
 * @param onDone - it was done: what had the focus is no more.
 * @returns what is drawn beside a passage, by the position before it then; null where nothing is.
 */
export function usePutBack(
  noteId: NoteId,
  seq: number | null,
  onDone: () => void = () => {},
): ((at: number) => ReactNode) | null {
  const { t } = useTranslation();
  const failure = useFailure();
  const { wrote } = useForwardEdit(noteId);
  const { mutate, isPending, variables } = useMutation({
    mutationFn: (passage: { seq: number; at: number }) =>
      request(`/api/notes/${noteId}/history/put-back`, putBackSchema, { method: 'POST', body: passage }),
    onSuccess: ({ seq: row }) => {
      onDone();
      wrote(row, { done: t('versions.putBack.done'), nothing: t('versions.putBack.nothing') });
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  return useMemo(
    () =>
      seq === null
        ? null
        : (at) => (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={icon}
              loading={isPending && variables.at === at}
              disabled={isPending}
              onClick={() => mutate({ seq, at })}
            >
              {t('versions.putBack.act')}
            </Button>
          ),
    [seq, isPending, variables, mutate, t],
  );
}
