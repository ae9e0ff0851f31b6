import { isDeepStrictEqual } from 'node:util';
import * as Y from 'yjs';
import { compareNotes } from '#shared/document/compare/compareNotes.ts';
import { putBack } from '#shared/document/compare/putBack.ts';
import { sheetOfTraced } from '#shared/document/compare/sheetOfTraced.ts';
import { toBody, type TracedNode, type TracedNote } from '#shared/document/compare/TracedNode.ts';
import { defaultLanguage } from '#shared/document/fields.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { authorshipAt, type AuthorshipAt } from './authorshipAt.ts';
import { bodyPosition } from './bodyPosition.ts';
import type { Chronicle } from './Chronicle.ts';
import type {
  ChronicleAnswers,
  MomentAsked,
  MomentPlace,
  PassageAsked,
  Question,
  QuestionKind,
  TitleAndBody,
} from './ChronicleQuestion.ts';
import { searchPast } from './searchPast.ts';
import { withoutRows } from './withoutRows.ts';

type Answering = {
  readonly [K in QuestionKind]: (chronicle: Chronicle, question: Question<K>) => ChronicleAnswers[K];
};

/** Answers a question from a note's chronicle. */
export function answerQuestion<K extends QuestionKind>(
  chronicle: Chronicle,
  question: Question<K>,
): ChronicleAnswers[K] {
  return (
    answers as unknown as Record<string, (about: Chronicle, asked: Question<K>) => ChronicleAnswers[K]>
  )[question.kind]!(chronicle, question);
}

const answers: Answering = {
  content(chronicle, { moment }) {
    const place = placeOf(chronicle, moment);
    if (place === null) return null;
    return {
      ...place,
      ...titleAndBody(chronicle.noteAt(place.seq)),
      language: chronicle.languageAt(place.seq),
    };
  },
  authorship(chronicle, { moment }) {
    const place = placeOf(chronicle, moment);
    return place === null ? null : { ...place, ...authorshipAt(chronicle, place.seq) };
  },
  who(chronicle, { passage }) {
    const found = passageOf(chronicle, passage);
    if (found === null) return null;
    const { place, from, to } = found;
    return { ...place, ...within(authorshipAt(chronicle, place.seq, { fine: true }), from, to) };
  },
  compare(chronicle, { fromSeq, toSeq }) {
    const within = (seq: number | undefined): number | null =>
      seq !== undefined && seq > fromSeq && seq <= toSeq ? chronicle.timeOf(seq) : null;
    return compareNotes(chronicle.noteAt(fromSeq), chronicle.noteAt(toSeq), {
      writer: (id) => chronicle.originOf(id).person,
      remover: (id) => chronicle.removerOf(id),
      writtenAt: ({ client, clock }) => within(chronicle.written.at(client, clock)),
      removedAt: ({ client, clock }) => within(chronicle.removed.at(client, clock)),
    });
  },
  sittings({ seq, sittings }, { fromSeq }) {
    const first = sittings.findIndex(({ toSeq }) => toSeq >= fromSeq);
    return { seq, sittings: first === -1 ? [] : sittings.slice(first) };
  },
  rows(chronicle, { from, to }) {
    const last = Math.min(to, chronicle.seq);
    const seqs = Array.from({ length: Math.max(0, last - from + 1) }, (_, at) => from + at);
    return {
      from,
      times: seqs.map((seq) => chronicle.timeOf(seq)),
      people: seqs.map((seq) => chronicle.personOf(seq)),
    };
  },
  search: (chronicle, { text, limit }) =>
    searchPast(chronicle, text, limit).map((found) => ({
      ...found,
      came: rowPlace(chronicle, found.fromSeq),
      went: found.goneSeq === null ? null : rowPlace(chronicle, found.goneSeq),
    })),
  takeBack(chronicle, taken) {
    const { note: after, moment, overlaps } = withoutRows(chronicle, taken);
    const now = chronicle.noteAt(chronicle.seq);
    const sheet = { now: sheetOfTraced(now.sheet), after: sheetOfTraced(after.sheet) };
    const isSheetLeft = isDeepStrictEqual(sheet.now, sheet.after);
    const language = chronicle.languageIn(moment);
    const isLanguageLeft = language === chronicle.languageAt(chronicle.seq);
    return {
      now: { ...titleAndBody(now), ...(isSheetLeft ? {} : { sheet: sheet.now }) },
      after: {
        ...titleAndBody(after),
        ...(isSheetLeft ? {} : { sheet: sheet.after }),
        // One that was never told has a language all the same.
        ...(isLanguageLeft ? {} : { language: language ?? defaultLanguage }),
      },
      comparison: compareNotes(now, after, {
        writer: (id) => chronicle.originOf(id).person,
        remover: () => null,
        writtenAt: () => null,
        removedAt: () => null,
      }),
      overlaps: overlaps.map((overlap) => ({ ...overlap, time: chronicle.timeOf(overlap.seq) })),
      writers: chronicle.peopleIn(taken.fromSeq, taken.toSeq),
    };
  },
  putBack(chronicle, { seq, ...wanted }) {
    const [now, then] = [chronicle.noteAt(chronicle.seq), chronicle.noteAt(seq)];
    const { title, body: known } = titleAndBody(now);
    if ('field' in wanted) {
      const { field } = wanted;
      const said = { title, body: known };
      if (field === 'title') return { now: said, after: { ...said, title: titleAndBody(then).title } };
      const sheet = sheetOfTraced(now.sheet);
      const after = { ...sheet, [field]: sheetOfTraced(then.sheet)[field] };
      return { now: { ...said, sheet }, after: { ...said, sheet: after } };
    }
    const body = putBack(then.body, now.body, wanted.at);
    return body === null ? null : { now: { title, body: known }, after: { title, body } };
  },
  pack: (chronicle) => (chronicle.isWhole ? { ...chronicle.pack(), seq: chronicle.seq } : null),
};

function titleAndBody({ title, body }: TracedNote): TitleAndBody {
  const content = joinTexts(body.content);
  return {
    title: title.map(({ text }) => text ?? '').join(''),
    // An empty body has no content at all, as the editor writes it.
    body: { type: 'doc', ...(content.length > 0 ? { content } : {}) },
  };
}

function rowPlace(chronicle: Chronicle, seq: number): MomentPlace {
  return { seq, time: chronicle.timeOf(seq), person: chronicle.personOf(seq) };
}

function placeOf(chronicle: Chronicle, moment: MomentAsked): MomentPlace | null {
  const seq = 'seq' in moment ? Math.min(moment.seq, chronicle.seq) : chronicle.seqAt(moment.at);
  if (seq === 0) return null;
  return { seq, time: chronicle.timeOf(seq), person: chronicle.personOf(seq) };
}

function passageOf(
  chronicle: Chronicle,
  passage: PassageAsked,
): { place: MomentPlace; from: number; to: number } | null {
  if ('moment' in passage) {
    const place = placeOf(chronicle, passage.moment);
    return place === null ? null : { place, from: passage.from, to: passage.to };
  }
  const place = placeOf(chronicle, { seq: chronicle.seq });
  const from = positionOf(chronicle, passage.start);
  const to = positionOf(chronicle, passage.end);
  if (place === null || from === null || to === null) return null;
  return { place, from: Math.min(from, to), to: Math.max(from, to) };
}

function positionOf({ doc }: Chronicle, encoded: string): number | null {
  try {
    return bodyPosition(doc, Y.decodeRelativePosition(Buffer.from(encoded, 'base64url')));
  } catch {
    // Bytes that are no position.
    return null;
  }
}

function within({ runs }: AuthorshipAt, from: number, to: number): AuthorshipAt {
  const cut = runs.filter((run) => run.to > from && run.from < to);
  return {
    title: [],
    runs: cut.map((run) => ({ ...run, from: Math.max(run.from, from), to: Math.min(run.to, to) })),
    blocks: [],
  };
}

/** Neighbouring texts of the same formatting are one: an edit cuts them, a reader does not see it. */
function joinTexts(nodes: readonly TracedNode[]): BodyNode[] {
  const out: BodyNode[] = [];
  let format: string | null = null;
  for (const node of nodes) {
    if (node.text === null) {
      const content = joinTexts(node.content);
      out.push({ ...toBody({ ...node, content: [] }), ...(content.length > 0 ? { content } : {}) });
      format = null;
      continue;
    }
    const piece = toBody(node);
    const marks = JSON.stringify(piece.marks ?? []);
    const last = out.at(-1);
    if (last !== undefined && marks === format)
      out[out.length - 1] = { ...last, text: `${last.text ?? ''}${node.text}` };
    else out.push(piece);
    format = marks;
  }
  return out;
}
