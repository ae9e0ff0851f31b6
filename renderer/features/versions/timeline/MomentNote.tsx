import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MomentContent } from '#shared/api/history.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { type MarkedRange, markRanges } from '#shared/document/markRanges.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { NoteReader } from '../../../editor/reading.ts';
import { authoredMark, useChangePeople } from '../authored.ts';
import { freshRanges } from '../freshRanges.ts';
import { historyQueries } from '../historyApi.ts';
import '../../../editor/styles/changes.css';
import '../../../editor/styles/authored.css';
import comparison from '../Comparison.module.css';
import styles from './Timeline.module.css';

interface Props {
  readonly noteId: NoteId;
  readonly moment: MomentContent;
  /** The first row of the sitting that is shown; null before it is known. */
  readonly sittingFrom: number | null;
  /** While it is played, only what comes is marked. */
  readonly isPlaying: boolean;
}

/** A note as it was at a moment, with what was written in that sitting, and what was just written, in the colour of who wrote it. */
export function MomentNote({ noteId, moment, sittingFrom, isPlaying }: Props) {
  const { t } = useTranslation();
  const host = useRef<HTMLDivElement>(null);
  const { data: authorship } = useQuery({
    ...historyQueries.authorship(noteId, { seq: moment.seq }),
    enabled: !isPlaying,
  });
  const { data: before } = useQuery({
    ...historyQueries.content(noteId, { seq: Math.max(1, moment.seq - 1) }),
    placeholderData: undefined,
    enabled: !isPlaying && moment.seq > 1,
  });
  const previous = usePrevious(moment);
  const body = moment.body as BodyNode;
  const ranges = useMemo((): MarkedRange[] => {
    if (!isPlaying && authorship?.seq === moment.seq && sittingFrom !== null)
      return authorship.runs
        .filter(({ toSeq }) => toSeq >= sittingFrom)
        .map(({ from, to, person, toSeq }) => ({
          from,
          to,
          mark: authoredMark(person, toSeq === moment.seq ? 'fresh' : 'sitting'),
        }));
    const old = isPlaying ? previous : before;
    if (old === undefined || old === null || old.seq >= moment.seq) return [];
    return freshRanges(old.body as BodyNode, body).map((range) => ({
      ...range,
      mark: authoredMark(moment.person?.id ?? null, 'fresh'),
    }));
  }, [authorship, before, body, isPlaying, moment, previous, sittingFrom]);
  const person = useChangePeople(
    useMemo(
      () => [...(authorship?.people ?? []), ...(moment.person === null ? [] : [moment.person])],
      [authorship, moment.person],
    ),
  );
  // What was just written is followed, as one follows a hand.
  useEffect(() => {
    const isStill = isPlaying || matchMedia('(prefers-reduced-motion: reduce)').matches;
    host.current
      ?.querySelector('.authored-fresh')
      ?.scrollIntoView({ block: 'nearest', behavior: isStill ? 'auto' : 'smooth' });
  }, [ranges, isPlaying]);
  return (
    <div ref={host} className={styles.note}>
      <h1 className={`note-text ${comparison.title}`} lang={moment.language}>
        {moment.title || t('app.untitled')}
      </h1>
      <NoteReader
        body={markRanges(body, ranges)}
        language={moment.language}
        idPrefix="moment-"
        person={person}
      />
    </div>
  );
}

/** What was shown before. */
function usePrevious(moment: MomentContent): MomentContent | null {
  const [shown, setShown] = useState<{ now: MomentContent; before: MomentContent | null }>({
    now: moment,
    before: null,
  });
  if (shown.now !== moment) setShown({ now: moment, before: shown.now });
  return shown.before;
}
