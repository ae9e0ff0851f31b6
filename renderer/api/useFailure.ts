import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { failureCode } from './ApiError.ts';

/** Gives the sentence that explains a failed call: what happened, what is safe, what to do next. */
export function useFailure(): (error: unknown) => string {
  const { t } = useTranslation();
  return useCallback((error: unknown) => t(`app.codes.${failureCode(error)}`), [t]);
}
