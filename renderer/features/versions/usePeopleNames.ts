import { useTranslation } from 'react-i18next';
import { formatList, useLanguage } from '../../i18n/index.ts';

const named = 3;

/** Names people in a sentence: « Awa, Luc et Zoé », « Awa, Luc et 4 autres personnes ». */
export function usePeopleNames(): (people: readonly { readonly name: string }[]) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  return (people) => {
    const names = people.map(({ name }) => name);
    if (names.length > named) {
      const others = names.splice(named - 1);
      names.push(t('versions.others', { count: others.length }));
    }
    return formatList(names, language);
  };
}
