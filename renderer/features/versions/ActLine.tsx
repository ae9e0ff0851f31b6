import { IconWorld } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NoteAct } from '#shared/api/versions.ts';
import { usePerson } from '../../api/index.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { NamedSentence, PersonMark } from '../../ui/index.ts';
import styles from './VersionsBlock.module.css';

/** One thing that was done to a note: what, by whom, when. */
export function ActLine({ act }: { readonly act: NoteAct }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [first] = act.people;
  const isLinked = usePerson() !== null;
  return (
    <>
      {first === undefined ? (
        <IconWorld size={22} stroke={1.4} aria-hidden="true" />
      ) : (
        <PersonMark person={first} size={22} />
      )}
      <span className={styles.words}>
        <span className={styles.sentence}>
          <NamedSentence
            people={act.people}
            language={language}
            isLinked={isLinked}
            say={(names) =>
              t(`versions.acts.${first === undefined ? 'alone' : 'by'}.${act.kind}`, {
                names,
                name: act.name ?? '',
              })
            }
          />
        </span>
        <time className={styles.when} dateTime={new Date(act.at).toISOString()}>
          {formatDateTime(act.at, language)}
        </time>
      </span>
    </>
  );
}
