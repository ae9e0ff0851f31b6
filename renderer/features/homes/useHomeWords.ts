import { useTranslation } from 'react-i18next';
import type { Home } from '#shared/api/homes.ts';
import { useSince } from './useSince.ts';

/** How things stand with a followed Calepin: `equal` only where it answers, nothing waits, and nothing of it is damaged here. */
export type HomeMood = 'equal' | 'waiting' | 'mending' | 'away' | 'signedOut';

export function moodOf({ problem, isReachable, waiting, mending }: Home): HomeMood {
  if (problem === 'not_signed_in') return 'signedOut';
  if (!isReachable) return 'away';
  if (mending > 0) return 'mending';
  return waiting > 0 ? 'waiting' : 'equal';
}

/** The same in words: what is so, and what comes of it. */
export function useHomeWords(): (home: Home) => { mood: HomeMood; short: string; more: string[] } {
  const { t } = useTranslation();
  const moment = useSince();
  return (home) => {
    const mood = moodOf(home);
    const { name, waiting: count, waitingSince, mending } = home;
    const waiting =
      waitingSince === null
        ? t('homes.states.waiting', { count, name })
        : t('homes.states.waitingSince', { count, name, since: moment(waitingSince) });
    const isOut = mood === 'away' || mood === 'signedOut';
    const short = mood === 'waiting' ? waiting : t(`homes.states.${mood}`, { name, count: mending });
    const more = [
      ...(isOut && mending > 0 ? [t('homes.mendingLater', { count: mending })] : []),
      ...((isOut || mood === 'mending') && count > 0 ? [`${waiting}.`] : []),
      ...(mood === 'away' && count > 0 ? [t('homes.kept')] : []),
      ...(mood === 'signedOut' ? [t('homes.signInHint')] : []),
      ...(mood === 'away' && home.lastContact !== null
        ? [t('homes.lastContact', { when: moment(home.lastContact) })]
        : []),
    ];
    return { mood, short, more };
  };
}
