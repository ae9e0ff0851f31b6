import { useEffect } from 'react';
import type { Language } from '#shared/domain/Person.ts';
import { api } from '../../api/index.ts';
import { useLanguage } from '../../i18n/index.ts';

/** Tells the relay which language the person reads, for the letters that it writes to them. @param known - what it was told; undefined before it answered. */
export function useTellLanguage(known: Language | null | undefined): void {
  const language = useLanguage();
  useEffect(() => {
    if (known === undefined || known === language) return;
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    // Nobody waits for it: it is told again the next time.
    void api.tellLanguage({ language, timeZone }).catch(() => undefined);
  }, [known, language]);
}
