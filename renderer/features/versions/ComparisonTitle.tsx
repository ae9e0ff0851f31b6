import { useTranslation } from 'react-i18next';
import type { Comparison } from '#shared/api/versions.ts';
import type { ChangePerson } from '../../editor/reading.ts';

interface Props {
  readonly title: Comparison['title'];
  readonly person: (id: string) => ChangePerson | null;
}

/** Each part with the number of its change: the changes of the title come before those of the body. */
function numbered(title: Comparison['title']) {
  let number = 0;
  return title.map((part, at) => {
    if (part.change !== 'same' && (title[at - 1]?.change ?? 'same') === 'same') number += 1;
    return { ...part, number };
  });
}

/** The title of a note at two moments, in one line. */
export function ComparisonTitle({ title, person }: Props) {
  const { t } = useTranslation();
  if (title.every((part) => part.text === '')) return <>{t('app.untitled')}</>;
  return numbered(title).map((part, at) => {
    if (part.change === 'same') return <span key={at}>{part.text}</span>;
    const who = part.person === null ? null : person(part.person);
    const Tag = part.change === 'added' ? 'ins' : 'del';
    return (
      <Tag
        key={at}
        className={`change change-${part.change}`}
        data-colour={who?.colour}
        data-cue={who?.cue}
        data-change-number={part.number}
        title={who?.name}
      >
        {part.text}
      </Tag>
    );
  });
}
