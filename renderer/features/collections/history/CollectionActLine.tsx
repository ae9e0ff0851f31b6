import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ShownCollectionAct } from '#shared/api/collectionHistory.ts';
import { formatDateTime, formatList, useLanguage } from '../../../i18n/index.ts';
import { columnStyles, PageLink, PersonMark } from '../../../ui/index.ts';
import { useCollectionKind } from '../kindContext.ts';
import { useMemberWords } from './useMemberWords.ts';
import styles from './CollectionHistory.module.css';

interface Props {
  readonly act: ShownCollectionAct;
  readonly isShown: boolean;
  /** Shows the collection as it was after it. */
  readonly onShow: (seq: number) => void;
}

/** One thing that was done to a carnet, a base or a note of the carnet; it leads to what was there then. */
export function CollectionActLine({ act, isShown, onShow }: Props) {
  const { seq, members } = act;
  const words = <ActWords act={act} />;
  if (seq !== null)
    return (
      <button
        type="button"
        className={`${columnStyles.line} ${styles.line}`}
        aria-current={isShown || undefined}
        onClick={() => onShow(seq)}
      >
        {words}
      </button>
    );
  return (
    <PageLink to={`/notes/${members[0]?.id ?? ''}/history`} className={`${columnStyles.line} ${styles.line}`}>
      {words}
    </PageLink>
  );
}

function ActWords({ act }: { readonly act: ShownCollectionAct }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const kind = useCollectionKind();
  const wordsOf = useMemberWords();
  const { people, at, words } = act;
  const [first] = people;
  const names = formatList(
    people.map(({ name }) => name),
    language,
  );
  const quoted = words.map((one) => t('carnets.history.quoted', { words: one || t('app.untitled') }));
  const members = act.members.length + act.closed > 0 ? [wordsOf(act)] : [];
  const what =
    act.kind === 'noteNamed'
      ? t('carnets.history.versionOf', { version: quoted.join(), note: members.join() })
      : [...members, ...quoted].join(', ');
  return (
    <>
      {first === undefined ? (
        <IconHistory size={20} stroke={1.5} aria-hidden="true" />
      ) : (
        <PersonMark person={first} size={20} />
      )}
      <span className={styles.words}>
        <span className={styles.did}>
          {first === undefined
            ? t(`${kind}s.history.alone.${act.kind}`)
            : t(`${kind}s.history.by.${act.kind}`, { names })}
        </span>
        {what !== '' && <span className={styles.what}>{what}</span>}
        <time className={styles.when} dateTime={new Date(at).toISOString()}>
          {formatDateTime(at, language)}
        </time>
      </span>
    </>
  );
}
