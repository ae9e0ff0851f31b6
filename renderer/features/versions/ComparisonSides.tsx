import { type CSSProperties, type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Comparison } from '#shared/api/versions.ts';
import { type SideRow, sidesOf } from '#shared/document/compare/sidesOf.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { type ChangePerson, NoteReader } from '../../editor/reading.ts';
import { formatDateTime, useLanguage } from '../../i18n/index.ts';
import { ComparisonTitle } from './ComparisonTitle.tsx';
import styles from './ComparisonSides.module.css';

interface Props {
  readonly comparison: Comparison;
  readonly language: string;
  readonly person: (id: string) => ChangePerson | null;
  /** What can be done with a passage of the earlier moment. */
  readonly passageAct: ((at: number) => ReactNode) | null;
}

const sides = ['before', 'after'] as const;
/** Over the rows of the text: what the side is of, and the title. Under them: the notes. */
const headRows = 2;

/** The blocks of one side, each in a row of its own; where the other side has more there is an empty one. */
const bodyOf = (rows: readonly SideRow[], side: keyof SideRow): BodyNode => ({
  type: 'doc',
  content: rows.map((row): BodyNode => ({ type: 'sideRow', content: row[side] })),
});

/** Two moments of a note side by side, what belongs together at one height. */
export function ComparisonSides({ comparison, language: noteLanguage, person, passageAct }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { title, from, to, body } = comparison;
  const rows = useMemo(() => sidesOf(body as BodyNode), [body]);
  const bodies = useMemo(() => ({ before: bodyOf(rows, 'before'), after: bodyOf(rows, 'after') }), [rows]);
  const nameOf = (moment: Comparison['to']): string =>
    moment === null
      ? t('versions.sides.now')
      : moment.at === null
        ? t('versions.sides.begin')
        : formatDateTime(moment.at, language);
  return (
    <div className={styles.sides} style={{ '--rows': rows.length + headRows + 1 } as CSSProperties}>
      {sides.map((side) => {
        const name = nameOf(side === 'before' ? from : to);
        return (
          <section
            key={side}
            className={styles.side}
            aria-label={t(`versions.sides.${side}`, { date: name })}
          >
            <p className={styles.head} aria-hidden="true">
              {name}
            </p>
            <h1 className={`note-text ${styles.title}`} lang={noteLanguage}>
              <ComparisonTitle
                title={title.filter(({ change }) => change !== (side === 'before' ? 'added' : 'removed'))}
                person={person}
              />
            </h1>
            <NoteReader
              body={bodies[side]}
              language={noteLanguage}
              person={person}
              idPrefix={`${side}-`}
              passageAct={side === 'before' ? passageAct : null}
            />
          </section>
        );
      })}
    </div>
  );
}
