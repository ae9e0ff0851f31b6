import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { holdEntrySchema } from '#shared/api/collections.ts';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import { keys, useFailure } from '../../../api/index.ts';
import { notify, notifyProblem } from '../../../ui/index.ts';
import { holdEntry } from './heldApi.ts';

type Change = z.infer<typeof holdEntrySchema>;

/** What becomes of a note's place, what is said then, and what takes it back. */
export interface Holding {
  readonly note: NoteId;
  readonly change: Change;
  readonly said: string;
  /** Null: nothing is offered. */
  readonly back: Change | null;
}

/** Holds notes of a carnet at a version, or follows them again; what was done is undone by the notice of it. */
export function useHold(carnet: CarnetId): (holding: Holding) => void {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  const hold = useMutation({
    mutationFn: ({ note, change }: Holding) => holdEntry(carnet, note, change),
    onSuccess: (page, { note, said, back }) => {
      client.setQueryData(keys.collection({ kind: 'carnet', id: carnet }), page);
      if (back === null) notify(said);
      else
        notify(said, {
          label: t('app.undo'),
          act: () => hold.mutate({ note, change: back, said: t('carnets.held.undone'), back: null }),
        });
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  return hold.mutate;
}
