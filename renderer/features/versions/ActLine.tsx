import { IconWorld } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { NoteAct } from '#shared/api/versions.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { PersonMark } from '../../ui/index.ts';
import styles from './VersionsBlock.module.css';

/** One thing that was done to a note: what, by whom, when. */
export function ActLine({ act }: { readonly act: NoteAct }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [first] = act.people;
  const names = new Intl.ListFormat(language).format(act.people.map((person) => person.name));
  return (
    <>
      {first === undefined ? (
        <IconWorld size={22} stroke={1.4} aria-hidden="true" />
      ) : (
        <PersonMark person={first} size={22} />
      )}
      <span className={styles.words}>
        <span className={styles.sentence}>
          {t(`versions.acts.${first === undefined ? 'alone' : 'by'}.${act.kind}`, {
            names,
            name: act.name ?? '',
          })}
        </span>
        <time className={styles.when} dateTime={new Date(act.at).toISOString()}>
          {formatDateTime(act.at, language)}
        </time>
      </span>
    </>
  );
}
