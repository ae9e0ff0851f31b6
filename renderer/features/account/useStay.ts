import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, keys, useFailure } from '../../api/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';

/** Takes back that one leaves. */
export function useStay() {
  const { t } = useTranslation();
  const failure = useFailure();
  const client = useQueryClient();
  return useMutation({
    mutationFn: api.stay,
    onSuccess: () => {
      notify(t('account.leaving.stayed'));
      return client.invalidateQueries({ queryKey: keys.leaving });
    },
    onError: (error) => notifyProblem(failure(error)),
  });
}
