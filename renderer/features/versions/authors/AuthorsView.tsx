import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Authorship, OriginRun } from '#shared/api/history.ts';
import type { NotePage } from '#shared/api/notes.ts';
import { type MarkedRange, markRanges } from '#shared/document/markRanges.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { useFailure } from '../../../api/index.ts';
import { NoteReader } from '../../../editor/reading.ts';
import { formatDateTime, useLanguage } from '../../../i18n/index.ts';
import { Bar, DetailsColumn, PersonMark, StatePage } from '../../../ui/index.ts';
import { authoredMark, useChangePeople } from '../authored.ts';
import comparison from '../Comparison.module.css';
import { historyQueries } from '../historyApi.ts';
import pageStyles from '../HistoryPage.module.css';
import { MarkedTitle } from '../MarkedTitle.tsx';
import { ageOf, ages } from './ages.ts';
import { sharesOf } from './sharesOf.ts';
import '../../../editor/styles/authored.css';
import styles from './AuthorsView.module.css';

type By = 'author' | 'age';

interface Props {
  readonly page: NotePage;
  /** What stands above the legend. */
  readonly listHead: React.ReactNode;
}

/** The note as it stands, each stretch in the colour of who wrote it, or of how long ago. */
export function AuthorsView({ page, listHead }: Props) {
  const { t } = useTranslation();
  const failure = useFailure();
  const noteId = page.note.id;
  const content = useQuery({ ...historyQueries.content(noteId, null), placeholderData: undefined });
  // Of the same row: of a later one the positions would be others.
  const authorship = useQuery({
    ...historyQueries.authorship(noteId, content.data === undefined ? null : { seq: content.data.seq }),
    enabled: content.data !== undefined,
  });
  const error = content.error ?? authorship.error;
  if (error !== null)
    return (
      <StatePage
        title={t('versions.failed.title')}
        acts={<Button onClick={() => void content.refetch()}>{t('app.retry')}</Button>}
      >
        {failure(error)}
      </StatePage>
    );
  if (content.data === undefined || authorship.data === undefined)
    return (
      <>
        <div className={pageStyles.page}>
          <div className={comparison.skeleton} role="status" aria-label={t('app.loading')}>
            <Bar width="70%" height={40} />
            {['100%', '96%', '98%', '60%'].map((width) => (
              <Bar key={width} width={width} height={13} />
            ))}
          </div>
        </div>
        <DetailsColumn>{listHead}</DetailsColumn>
      </>
    );
  const { title, language, body } = content.data;
  return (
    <DrawnAuthors
      authorship={authorship.data}
      title={title}
      language={language}
      body={body as BodyNode}
      listHead={listHead}
    />
  );
}

function DrawnAuthors({
  authorship,
  title,
  language: noteLanguage,
  body,
  listHead,
}: {
  readonly authorship: Authorship;
  readonly title: string;
  readonly language: string;
  readonly body: BodyNode;
  readonly listHead: React.ReactNode;
}) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [by, setBy] = useState<By>('author');
  /** Whose words alone are coloured, or of which age; null: all. */
  const [only, setOnly] = useState<string | null>(null);
  const [now] = useState(() => Date.now());
  const person = useChangePeople(authorship.people);
  const shares = useMemo(() => sharesOf(authorship), [authorship]);
  const letters = Math.max(
    1,
    shares.reduce((sum, one) => sum + one.letters, 0),
  );
  const keyOf = (run: OriginRun): string =>
    by === 'author' ? (run.person ?? '') : String(ageOf(run.toTime, now));
  const markOf = (run: OriginRun, before: OriginRun | undefined) =>
    authoredMark(run.person, by === 'author' ? 'run' : 'age', {
      ...(by === 'age' ? { age: ageOf(run.toTime, now) } : {}),
      begins: by === 'author' && before?.person !== run.person,
      title: t('versions.authors.run', {
        name: (run.person === null ? null : person(run.person))?.name ?? t('versions.summary.someone'),
        date: formatDateTime(run.toTime, language),
      }),
    });
  const marksOf = (runs: readonly OriginRun[]): MarkedRange[] =>
    runs.flatMap((run, at) =>
      only === null || keyOf(run) === only
        ? [{ from: run.from, to: run.to, mark: markOf(run, runs[at - 1]) }]
        : [],
    );
  const heading = t('versions.authors.title');
  return (
    <>
      <article className={pageStyles.page} aria-label={heading}>
        <MarkedTitle
          title={title}
          language={noteLanguage}
          ranges={[marksOf(authorship.title)]}
          person={person}
        />
        <NoteReader
          body={markRanges(body, marksOf(authorship.runs))}
          language={noteLanguage}
          idPrefix="authors-"
          person={person}
        />
      </article>
      <DetailsColumn>
        {listHead}
        <div className={styles.legend}>
          <SegmentedControl
            fullWidth
            size="xs"
            radius="sm"
            aria-label={t('versions.authors.by.label')}
            value={by}
            onChange={(next) => {
              setBy(next as By);
              setOnly(null);
            }}
            data={[
              { value: 'author', label: t('versions.authors.by.author') },
              { value: 'age', label: t('versions.authors.by.age') },
            ]}
          />
          <p className={styles.hint}>{t('versions.authors.hint')}</p>
          <ul role="list" className={styles.lines} aria-label={t('versions.authors.legend')}>
            {by === 'author'
              ? shares.map((share) => {
                  const who = authorship.people.find(({ id }) => id === share.person);
                  const shown = share.person === null ? null : person(share.person);
                  const key = share.person ?? '';
                  return (
                    <LegendLine
                      key={key}
                      isOnly={only === key}
                      onToggle={() => setOnly(only === key ? null : key)}
                    >
                      {who !== undefined && <PersonMark person={who} size={22} />}
                      <span className="note-text">
                        <span
                          className={`authored authored-run ${styles.sample}`}
                          data-colour={shown?.colour}
                          data-cue={shown?.cue}
                        >
                          {shown?.name ?? t('versions.summary.someone')}
                        </span>
                      </span>
                      <span className={styles.share}>
                        {new Intl.NumberFormat(language, { style: 'percent' }).format(
                          share.letters / letters,
                        )}
                      </span>
                    </LegendLine>
                  );
                })
              : ages.map((age, index) => (
                  <LegendLine
                    key={age}
                    isOnly={only === String(index)}
                    onToggle={() => setOnly(only === String(index) ? null : String(index))}
                  >
                    <span className="note-text">
                      <span className={`authored authored-age ${styles.sample}`} data-age={index}>
                        {t(`versions.authors.age.${age}`)}
                      </span>
                    </span>
                  </LegendLine>
                ))}
          </ul>
        </div>
      </DetailsColumn>
    </>
  );
}

function LegendLine({
  isOnly,
  onToggle,
  children,
}: {
  readonly isOnly: boolean;
  readonly onToggle: () => void;
  readonly children: React.ReactNode;
}) {
  return (
    <li>
      <button type="button" className={styles.line} aria-pressed={isOnly} onClick={onToggle}>
        {children}
      </button>
    </li>
  );
}
