import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, keys, useFailure } from '../../api/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { notifyProblem } from '../../ui/index.ts';

/** Makes a carnet with a title. */
export function useCreateCarnet() {
  const client = useQueryClient();
  const language = useLanguage();
  const failure = useFailure();
  return useMutation({
    mutationFn: (title: string) => api.createCarnet({ title, language }),
    onSuccess: (page) => {
      client.setQueryData(keys.carnet(page.carnet.id), page);
      void client.invalidateQueries({ queryKey: keys.carnets });
    },
    onError: (error) => notifyProblem(failure(error)),
  });
}
