import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { putBackSchema } from '#shared/api/history.ts';
import type { SheetField } from '#shared/document/sheet.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { request, useFailure } from '../../../api/index.ts';
import { notifyProblem } from '../../../ui/index.ts';
import { useForwardEdit } from '../useForwardEdit.ts';

const icon = <IconArrowBackUp size={15} stroke={1.8} />;

/** A passage, by the position before it then; the title, or a field of the sheet. */
export type PutBackPlace = number | 'title' | SheetField;

/**
 * Lets the note say one passage, its title or a field of its sheet again as it was.
 * @param seq - the row after which it was so; null: nothing can be put back.
 * @param onDone - it was done: what had the focus is no more.
 * @returns what is drawn beside each; null where nothing is.
 */
export function usePutBack(
  noteId: NoteId,
  seq: number | null,
  onDone: () => void = () => {},
): ((place: PutBackPlace) => ReactNode) | null {
  const { t } = useTranslation();
  const failure = useFailure();
  const { wrote } = useForwardEdit(noteId);
  const { mutate, isPending, variables } = useMutation({
    mutationFn: ({ seq: then, place }: { seq: number; place: PutBackPlace }) =>
      request(`/api/notes/${noteId}/history/put-back`, putBackSchema, {
        method: 'POST',
        body: { seq: then, ...(typeof place === 'number' ? { at: place } : { field: place }) },
      }),
    onSuccess: ({ seq: row }, { place }) => {
      onDone();
      const what = typeof place === 'number' ? 'passage' : 'field';
      wrote(row, {
        done: t(`versions.putBack.done.${what}`),
        nothing: t(`versions.putBack.nothing.${what}`),
      });
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  return useMemo(
    () =>
      seq === null
        ? null
        : (place) => (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={icon}
              loading={isPending && variables.place === place}
              disabled={isPending}
              onClick={() => mutate({ seq, place })}
            >
              {typeof place === 'number'
                ? t('versions.putBack.act')
                : t('versions.putBack.actField', {
                    name: place === 'title' ? t('versions.putBack.title') : t(`notes.sheet.${place}`),
                  })}
            </Button>
          ),
    [seq, isPending, variables, mutate, t],
  );
}
