import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ComparedMoment, Comparison } from '#shared/api/versions.ts';
import { changedPassages } from '#shared/document/compare/changedPassages.ts';
import type { NoteId, PersonId } from '#shared/domain/ids.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { useFailure } from '../../api/index.ts';
import { NoteReader } from '../../editor/reading.ts';
import { usePreferences } from '../../platform/index.ts';
import { Bar, StatePage } from '../../ui/index.ts';
import { useChangePeople } from './authored.ts';
import { ChangeSummary } from './ChangeSummary.tsx';
import { ChangeWalk } from './ChangeWalk.tsx';
import { ComparisonLayout } from './ComparisonLayout.tsx';
import { ComparisonSides } from './ComparisonSides.tsx';
import { ComparisonTitle } from './ComparisonTitle.tsx';
import { usePutBack } from './putBack/usePutBack.tsx';
import { SheetChanges } from './SheetChanges.tsx';
import { useIsWide } from './useIsWide.ts';
import { useChangeNavigation } from './useChangeNavigation.ts';
import { versionQueries } from './versionsApi.ts';
import '../../editor/styles/changes.css';
import '../../editor/styles/authored.css';
import styles from './Comparison.module.css';

interface Props {
  readonly noteId: NoteId;
  readonly from: ComparedMoment;
  readonly to: ComparedMoment;
  readonly currentSeq: number;
  readonly language: string;
  /** Whether the person may put a passage back as it was at the earlier moment. */
  readonly canPutBack: boolean;
  /** Said when nothing differs. */
  readonly same: string;
  /** Whose own changes are to be told apart: passages in which others changed something too are listed. */
  readonly reader?: PersonId | null;
}

/** What changed between two moments, marked in the note's own text. */
export function ComparisonView({
  noteId,
  from,
  to,
  currentSeq,
  language,
  same,
  canPutBack,
  reader = null,
}: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const query = useQuery(versionQueries.comparison(noteId, from, to, currentSeq));
  if (query.isError) {
    return (
      <StatePage
        inline
        title={t('versions.failed.compare')}
        acts={<Button onClick={() => void query.refetch()}>{t('app.retry')}</Button>}
      >
        {failure(query.error)}
      </StatePage>
    );
  }
  if (query.data === undefined) return <ComparisonSkeleton />;
  return (
    <DrawnComparison
      key={`${from}${to}`}
      noteId={noteId}
      comparison={query.data}
      canPutBack={canPutBack}
      language={language}
      same={same}
      reader={reader}
    />
  );
}

/** Narrower than this, two texts side by side have too few words a line, in pixels. */
const leastBeside = 620;

function ComparisonSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={styles.skeleton} role="status" aria-label={t('versions.comparing')}>
      <Bar width="46%" height={14} />
      <Bar width="70%" height={40} />
      {['100%', '96%', '98%', '60%', '97%', '100%', '42%'].map((width, at) => (
        <Bar key={at} width={width} height={13} />
      ))}
    </div>
  );
}

function DrawnComparison({
  noteId,
  comparison,
  canPutBack,
  language,
  same,
  reader,
}: {
  noteId: NoteId;
  comparison: Comparison;
  canPutBack: boolean;
  language: string;
  same: string;
  reader: PersonId | null;
}) {
  const { t } = useTranslation();
  const host = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState('');
  const { changeCount, people } = comparison;
  const mayBeside = useIsWide(host, leastBeside);
  const isBeside = usePreferences().comparison === 'sides' && mayBeside && changeCount > 0;
  const person = useChangePeople(people);
  const onGone = useCallback(
    (at: number, what: string) => setSaid(t('versions.announce', { at, count: changeCount, what })),
    [t, changeCount],
  );
  const { current, go, jump } = useChangeNavigation(host, changeCount, onGone);
  const onPutBack = useCallback(() => host.current?.focus({ preventScroll: true }), []);
  // Before the first row the note said nothing.
  const { seq } = comparison.from;
  const putBack = usePutBack(noteId, canPutBack && seq > 0 ? seq : null, onPutBack);
  const titleAct = putBack !== null && comparison.title.some(({ change }) => change !== 'same') && (
    <div className={`note-text ${styles.titleAct}`}>{putBack('title')}</div>
  );
  const shared = useMemo(
    () =>
      reader === null
        ? []
        : changedPassages({ ...comparison, body: comparison.body as BodyNode }).filter(
            (passage) => passage.people.has(reader) && passage.people.size > 1,
          ),
    [comparison, reader],
  );
  return (
    <>
      <div className={styles.bar}>
        {changeCount === 0 ? (
          <p className={styles.same}>
            <IconCheck size={18} stroke={1.8} aria-hidden="true" />
            {same}
          </p>
        ) : (
          <>
            <ChangeSummary comparison={comparison} person={person} />
            <div className={styles.tools}>
              {mayBeside && <ComparisonLayout />}
              <ChangeWalk count={changeCount} current={current} onGo={go} />
            </div>
          </>
        )}
      </div>
      <p className="visually-hidden" role="status">
        {said}
      </p>
      {shared.length > 0 && (
        <div className={styles.shared}>
          <p>{t('versions.shared', { count: shared.length })}</p>
          <ul role="list">
            {shared.map(({ number }, at) => (
              <li key={number}>
                <Button size="compact-sm" variant="default" onClick={() => jump(number)}>
                  {t('versions.sharedPassage', { number: at + 1 })}
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
      <div ref={host} className={styles.note} tabIndex={-1} data-layout={isBeside ? 'sides' : 'inline'}>
        {isBeside ? (
          <>
            {titleAct}
            <SheetChanges fields={comparison.fields} person={person} act={putBack} />
            <ComparisonSides
              comparison={comparison}
              language={language}
              person={person}
              passageAct={putBack}
            />
          </>
        ) : (
          <>
            <h1 className={`note-text ${styles.title}`} lang={language}>
              <ComparisonTitle title={comparison.title} person={person} />
            </h1>
            {titleAct}
            <SheetChanges fields={comparison.fields} person={person} act={putBack} />
            <NoteReader
              body={comparison.body as BodyNode}
              language={language}
              person={person}
              idPrefix="compare-"
              passageAct={putBack}
            />
          </>
        )}
      </div>
      {changeCount > 0 && <Legend />}
    </>
  );
}

function Legend() {
  const { t } = useTranslation();
  return (
    <p className={`note-text ${styles.legend}`}>
      <span className={styles.legendLabel}>{t('versions.legend.label')}</span>
      <ins className="change change-added">{t('versions.legend.added')}</ins>
      <del className="change change-removed">{t('versions.legend.removed')}</del>
      <span className="change change-formatted">{t('versions.legend.formatted')}</span>
      <span className={styles.legendBlock}>{t('versions.legend.moved')}</span>
    </p>
  );
}
