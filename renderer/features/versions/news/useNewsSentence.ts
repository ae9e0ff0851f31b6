import { useTranslation } from 'react-i18next';
import { formatDateTime, useLanguage } from '../../../i18n/index.ts';
import { usePeopleNames } from '../usePeopleNames.ts';
import type { News } from './useNews.ts';

/** Says news in one sentence: since when, who, and in how many passages. */
export function useNewsSentence(): (news: News) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  const namesOf = usePeopleNames();
  return ({ kind, since, people, passages, own }) => {
    const count = t('versions.news.passages', { count: passages });
    const what =
      people.length === 0
        ? t('versions.news.somebody', { passages: count })
        : t(`versions.news.${people.length === 1 ? 'changedByOne' : 'changedBySeveral'}`, {
            who: namesOf(people),
            passages: count,
          });
    const date = formatDateTime(since, language);
    if (kind === 'visit') return t('versions.news.visit', { date, what });
    if (own === 0) return t('versions.news.absence', { date, what });
    return t('versions.news.absenceBoth', {
      date,
      what,
      own: t('versions.news.passages', { count: own }),
    });
  };
}
