import { useState } from 'react';
import { formatSince, useLanguage } from '../../i18n/index.ts';

/** Gives a moment of the past in words: « 10:41 » of today, any other with its date. */
export function useSince(): (time: number) => string {
  const language = useLanguage();
  const [now] = useState(() => Date.now());
  return (time) => formatSince(time, now, language);
}
