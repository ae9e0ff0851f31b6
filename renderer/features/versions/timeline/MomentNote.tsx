import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { MomentContent, OriginRun } from '#shared/api/history.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { type MarkedRange, markRanges } from '#shared/document/markRanges.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { NoteReader } from '../../../editor/reading.ts';
import { authoredMark, useChangePeople } from '../authored.ts';
import { freshRanges } from '../freshRanges.ts';
import { historyQueries } from '../historyApi.ts';
import { MarkedTitle } from '../MarkedTitle.tsx';
import { type FoundRange, foundInLine, foundRanges, type WantedWords } from '../past/foundRanges.ts';
import { markPlaces } from '../putBack/markPlaces.ts';
import { usePutBack } from '../putBack/usePutBack.tsx';
import '../../../editor/styles/changes.css';
import '../../../editor/styles/authored.css';
import styles from './Timeline.module.css';

interface Props {
  readonly noteId: NoteId;
  readonly moment: MomentContent;
  /** The first row of the sitting that is shown; null before it is known. */
  readonly sittingFrom: number | null;
  /** Words that are looked for in the past of the note; null: none are. */
  readonly wanted: WantedWords | null;
  /** Whether a passage of it may be put back: the person may, and it is no longer now. */
  readonly canPutBack: boolean;
  /** While it is played, only what comes is marked. */
  readonly isPlaying: boolean;
}

/** A note as it was at a moment, with what was written in that sitting, and what was just written, in the colour of who wrote it. */
export function MomentNote({ noteId, moment, sittingFrom, wanted, canPutBack, isPlaying }: Props) {
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
  /** Of the authorship of this moment, once it is known: what was written in the sitting. */
  const inSitting = useMemo(() => {
    if (isPlaying || authorship?.seq !== moment.seq || sittingFrom === null) return null;
    const marksOf = (runs: readonly OriginRun[]): MarkedRange[] =>
      runs
        .filter(({ toSeq }) => toSeq >= sittingFrom)
        .map(({ from, to, person, toSeq }) => ({
          from,
          to,
          mark: authoredMark(person, toSeq === moment.seq ? 'fresh' : 'sitting'),
        }));
    return { title: marksOf(authorship.title), body: marksOf(authorship.runs) };
  }, [authorship, isPlaying, moment, sittingFrom]);
  const titleRanges = inSitting?.title ?? [];
  const ranges = useMemo((): MarkedRange[] => {
    if (inSitting !== null) return inSitting.body;
    const old = isPlaying ? previous : before;
    if (old === undefined || old === null || old.seq >= moment.seq) return [];
    return freshRanges(old.body as BodyNode, body).map((range) => ({
      ...range,
      mark: authoredMark(moment.person?.id ?? null, 'fresh'),
    }));
  }, [before, body, inSitting, isPlaying, moment, previous]);
  const { data: now } = useQuery({
    ...historyQueries.content(noteId, null),
    placeholderData: undefined,
    enabled: canPutBack && !isPlaying,
  });
  const placed = useMemo(
    () => (!canPutBack || isPlaying || now === undefined ? body : markPlaces(body, now.body as BodyNode)),
    [body, canPutBack, isPlaying, now],
  );
  const onPutBack = useCallback(() => host.current?.focus({ preventScroll: true }), []);
  const putBack = usePutBack(noteId, canPutBack && !isPlaying ? moment.seq : null, onPutBack);
  const found = useMemo(() => (wanted === null ? [] : foundMarks(foundRanges(body, wanted))), [body, wanted]);
  const person = useChangePeople(
    useMemo(
      () => [...(authorship?.people ?? []), ...(moment.person === null ? [] : [moment.person])],
      [authorship, moment.person],
    ),
  );
  // What was looked for, or else what was just written, is followed, as one follows a hand.
  useEffect(() => {
    const isStill = isPlaying || matchMedia('(prefers-reduced-motion: reduce)').matches;
    const shown = host.current;
    const place =
      shown?.querySelector('.found[aria-current]') ??
      shown?.querySelector('.found') ??
      shown?.querySelector('.authored-fresh');
    place?.scrollIntoView({ block: 'nearest', behavior: isStill ? 'auto' : 'smooth' });
  }, [ranges, found, isPlaying]);
  return (
    <div ref={host} className={styles.note} tabIndex={-1}>
      <MarkedTitle
        title={moment.title}
        language={moment.language}
        ranges={[titleRanges, wanted === null ? [] : foundMarks(foundInLine(moment.title, 0, wanted))]}
        person={person}
      />
      <NoteReader
        body={markRanges(markRanges(placed, ranges), found)}
        passageAct={putBack}
        language={moment.language}
        idPrefix="moment-"
        person={person}
      />
    </div>
  );
}

const foundMarks = (found: readonly FoundRange[]): MarkedRange[] =>
  found.map(({ from, to, isChosen }) => ({ from, to, mark: { type: 'found', attrs: { isChosen } } }));

/** What was shown before. */
function usePrevious(moment: MomentContent): MomentContent | null {
  const [shown, setShown] = useState<{ now: MomentContent; before: MomentContent | null }>({
    now: moment,
    before: null,
  });
  if (shown.now !== moment) setShown({ now: moment, before: shown.now });
  return shown.before;
}
