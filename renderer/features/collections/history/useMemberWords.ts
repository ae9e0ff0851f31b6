import { useTranslation } from 'react-i18next';
import { formatList, useLanguage } from '../../../i18n/index.ts';
import { useCollectionKind } from '../kindContext.ts';

/** So many titles stand in a sentence; of more, how many there are. */
const namedTitles = 4;

/** @returns members by their titles, or how many there are: « Semis » et « Compost », 12 notes. */
export function useMemberWords(): (of: {
  readonly members: readonly { readonly title: string }[];
  readonly closed: number;
}) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  const kind = useCollectionKind();
  return ({ members, closed }) => {
    if (members.length + closed > namedTitles)
      return t(`${kind}s.memberCount`, { count: members.length + closed });
    return formatList(
      [
        ...members.map(({ title }) => t('carnets.history.quoted', { words: title || t('app.untitled') })),
        ...(closed > 0 ? [t(`${kind}s.history.closed`, { count: closed })] : []),
      ],
      language,
    );
  };
}
