import type { NoteComparison } from '#shared/document/compare/compareNotes.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { NoteSheet, SheetField } from '#shared/document/sheet.ts';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import type { ClientBinding } from '../../storage/ports/UpdateLog.ts';
import type { AuthorshipAt } from './authorshipAt.ts';
import type { ChronicleRow } from './ChronicleTables.ts';
import type { Packed } from './pack.ts';
import type { FoundPassage } from './searchPast.ts';
import type { TalliedSitting } from './SittingTally.ts';
import type { Overlap, RowsTakenBack } from './withoutRows.ts';

/** A row, or an instant. */
export type MomentAsked = { readonly seq: number } | { readonly at: number };

/** Where a row stands. */
export interface MomentPlace {
  readonly seq: number;
  readonly time: number;
  readonly person: PersonId | null;
}

/** A passage of the body: two positions at a moment, or two relative positions (base64url) now. */
export type PassageAsked =
  | { readonly moment: MomentAsked; readonly from: number; readonly to: number }
  | { readonly start: string; readonly end: string };

/** What can be asked of a note's past; the key is the kind of question. */
export interface ChronicleQuestions {
  content: { readonly moment: MomentAsked };
  authorship: { readonly moment: MomentAsked };
  who: { readonly passage: PassageAsked };
  compare: { readonly fromSeq: number; readonly toSeq: number };
  /** Those that end at this row or later. */
  sittings: { readonly fromSeq: number };
  rows: { readonly from: number; readonly to: number };
  search: { readonly text: string; readonly limit: number };
  takeBack: RowsTakenBack;
  putBack: PassageWanted;
  /** All that is known of it, to be kept. */
  pack: object;
}

/** The answer to each; null where there is no such moment. */
export interface ChronicleAnswers {
  content:
    | (MomentPlace & {
        readonly title: string;
        readonly language: string | undefined;
        readonly body: BodyNode;
      })
    | null;
  authorship: (MomentPlace & AuthorshipAt) | null;
  who: (MomentPlace & AuthorshipAt) | null;
  compare: NoteComparison;
  /** With the last row that is counted in them. */
  sittings: { readonly seq: number; readonly sittings: readonly TalliedSitting[] };
  rows: {
    readonly from: number;
    readonly times: readonly number[];
    readonly people: readonly (PersonId | null)[];
  };
  search: readonly PassageAnswer[];
  takeBack: TakeBackPlan;
  putBack: ForwardPlan | null;
  /** Null where it cannot be kept. */
  pack: (Packed & { readonly seq: number }) | null;
}

/** A passage that was found, with when it came and went, and by whom. */
export interface PassageAnswer extends FoundPassage {
  readonly came: MomentPlace;
  readonly went: MomentPlace | null;
}

/** A title and a body. */
export interface TitleAndBody {
  readonly title: string;
  readonly body: BodyNode;
}

/** What a note said after a row: a block, by the position before it in the body then; its title, or one field of its sheet. */
export type PassageWanted = { readonly seq: number } & (
  | { readonly at: number }
  | { readonly field: 'title' | SheetField }
);

/** What a note says; what is absent is of no matter, and is left as it is. */
export interface NoteSaid extends TitleAndBody {
  readonly sheet?: NoteSheet;
  readonly language?: string;
}

/** What a note says, and what it is to say. */
export interface ForwardPlan {
  readonly now: NoteSaid;
  readonly after: NoteSaid;
}

/** What a note would say without some rows. */
export interface TakeBackPlan extends ForwardPlan {
  /** From now to then. */
  readonly comparison: NoteComparison;
  readonly overlaps: readonly (Overlap & { readonly time: number })[];
  /** Whoever wrote in that range of rows, taken back or not. */
  readonly writers: readonly PersonId[];
}
export type QuestionKind = keyof ChronicleQuestions;
export type Question<Kind extends QuestionKind = QuestionKind> = {
  [K in Kind]: { readonly kind: K } & ChronicleQuestions[K];
}[Kind];

/** What is sent to the worker: rows to go on from, and the question that they are for, to be answered once the row `through` is there. */
export interface ChronicleRequest {
  readonly document: DocumentId;
  /** The row that `rows` follow. */
  readonly after: number;
  readonly rows: readonly ChronicleRow[];
  readonly bindings: readonly ClientBinding[];
  /** What was kept, to go on from where the worker knows nothing yet. */
  readonly kept: Packed | null;
  readonly question: Question;
  readonly through: number;
}

/**
 * `knownTo`: the last row that the worker has; what was asked waits for those that follow. `isRefused`: what was kept does not fit the rows, or cannot be read.
 * With an answer: how many rows the worker knows, and how many of them are not in what was kept.
 */
export type ChronicleReply =
  | { readonly answer: unknown; readonly rows: number; readonly unkept: number }
  | { readonly knownTo: number; readonly isRefused: boolean }
  | { readonly error: string };
