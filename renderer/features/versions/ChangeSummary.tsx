import { useTranslation } from 'react-i18next';
import type { Comparison } from '#shared/api/versions.ts';
import { PersonMark } from '../../ui/index.ts';
import styles from './Comparison.module.css';

/** One sentence for each person: how many words they added and removed. */
export function ChangeSummary({ comparison }: { readonly comparison: Comparison }) {
  const { t } = useTranslation();
  const people = new Map<string, Comparison['people'][number]>(
    comparison.people.map((person) => [person.id, person]),
  );
  return (
    <ul role="list" className={styles.summary} aria-label={t('versions.summary.label')}>
      {comparison.summary.map(({ person: id, added, removed }) => {
        const person = id === null ? undefined : people.get(id);
        const name = person?.name ?? t('versions.summary.someone');
        const words = {
          name,
          added: t('notes.words', { count: added }),
          removed: t('notes.words', { count: removed }),
        };
        const kind =
          added > 0 && removed > 0 ? 'both' : added > 0 ? 'added' : removed > 0 ? 'removed' : 'form';
        return (
          <li key={id ?? ''} className={styles.sentence}>
            {person !== undefined && <PersonMark person={person} size={22} />}
            <span>{t(`versions.summary.${kind}`, words)}</span>
          </li>
        );
      })}
    </ul>
  );
}
