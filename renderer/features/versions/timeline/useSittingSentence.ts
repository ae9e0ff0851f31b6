import { useTranslation } from 'react-i18next';
import type { Sitting, Sittings } from '#shared/api/history.ts';
import { usePeopleNames } from '../usePeopleNames.ts';

type People = Sittings['people'];

/** Those who wrote in a sitting, who wrote most first. */
export function peopleOf(sitting: Sitting, people: People): People {
  const known = new Map<string, People[number]>(people.map((person) => [person.id, person]));
  return sitting.people.flatMap(({ person }) => {
    const found = person === null ? undefined : known.get(person);
    return found === undefined ? [] : [found];
  });
}

/** Says in one sentence who did what in a sitting. */
export function useSittingSentence(): (sitting: Sitting, people: People) => string {
  const { t } = useTranslation();
  const namesOf = usePeopleNames();
  return (sitting, people) => {
    const writers = peopleOf(sitting, people);
    const who = writers.length === 0 ? t('versions.timeline.somebody') : namesOf(writers);
    if (sitting.kind !== 'writing') return t(`versions.timeline.did.${sitting.kind}`, { who });
    const sum = (of: 'written' | 'removed'): number => sitting.people.reduce((all, one) => all + one[of], 0);
    const [written, removed] = [sum('written'), sum('removed')];
    const what =
      written > 0 && removed > 0 ? 'both' : written > 0 ? 'written' : removed > 0 ? 'removed' : 'moved';
    return t(`versions.timeline.did.${what}`, {
      who,
      written: t('versions.timeline.written', { count: written }),
      removed: t('versions.timeline.removed', { count: removed }),
      onlyRemoved: t('versions.timeline.onlyRemoved', { count: removed }),
    });
  };
}
