import { useTranslation } from 'react-i18next';
import type { Comparison } from '#shared/api/versions.ts';
import type { ChangePerson } from '../../editor/reading.ts';
import { useLanguage } from '../../i18n/index.ts';
import { NamedSentence, PersonMark } from '../../ui/index.ts';
import styles from './Comparison.module.css';

/** One sentence for each person: how many words they added and removed. */
export function ChangeSummary({
  comparison,
  person: drawn,
}: {
  readonly comparison: Comparison;
  /** How each person's words are drawn. */
  readonly person: (id: string) => ChangePerson | null;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
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
            {/* The line under their words, as a legend of it. */}
            <span className={`note-text ${styles.line}`} aria-hidden="true">
              <span
                className="change change-added"
                data-colour={person?.colour}
                data-cue={id === null ? undefined : drawn(id)?.cue}
              >
                {'\u2003\u2003'}
              </span>
            </span>
            <span>
              {person === undefined ? (
                t(`versions.summary.${kind}`, words)
              ) : (
                <NamedSentence
                  people={[person]}
                  language={language}
                  say={(shown) => t(`versions.summary.${kind}`, { ...words, name: shown })}
                />
              )}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
