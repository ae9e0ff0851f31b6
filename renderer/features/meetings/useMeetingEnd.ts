import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePerson } from '../../api/index.ts';
import { notify } from '../../ui/index.ts';
import { joinedMeetingsQuery } from './joinedMeetingsApi.ts';

/** Says once, wherever the person of this computer is, that a meeting that they were in is over. */
export function useMeetingEnd(): void {
  const { t } = useTranslation();
  const isLocal = usePerson()?.kind === 'local';
  const { data } = useQuery({ ...joinedMeetingsQuery(), enabled: isLocal });
  const lasting = useRef(new Set<string>());
  useEffect(() => {
    for (const { id, host, problem } of data?.meetings ?? []) {
      if (problem !== 'not_signed_in') lasting.current.add(id);
      else if (lasting.current.delete(id)) notify(t('meetings.over', { name: host }));
    }
  }, [data, t]);
}
