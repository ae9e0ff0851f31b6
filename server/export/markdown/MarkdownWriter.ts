import type { FootnoteReference } from 'mdast';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { Numbering, Reference } from '#shared/document/numbering.ts';
import type { RenderLabels } from '#shared/document/renderLabels.ts';
import type { MarkdownLoss } from './MarkdownLosses.ts';

export interface MarkdownOptions {
  /** Language tag of the note: for the words that the conversion adds. */
  readonly language: string;
  readonly numbering: Numbering;
  /** Relative address of an attachment's file, beginning with `./`; null when it is not there. */
  readonly attachmentHref: (attachmentId: string) => string | null;
  /** Relative address of a note's file, beginning with `./`; null where there is nothing to go to. */
  readonly noteHref: (noteId: string) => string | null;
  /** Current title of a note, or null when the reader may not see it. */
  readonly noteTitle: (noteId: string) => string | null;
  /** Targets in other files, by label. */
  readonly outsideReference: (
    label: string,
  ) => { readonly reference: Reference; readonly href: string } | null;
  /** Told of what Markdown does not keep. */
  readonly onLoss: (loss: MarkdownLoss) => void;
}

/** What lines ask of the conversion that they are part of. */
export interface MarkdownWriter {
  readonly options: MarkdownOptions;
  readonly labels: RenderLabels;
  lose(loss: MarkdownLoss): void;
  footnote(node: BodyNode): FootnoteReference;
  target(label: string | null): { readonly reference: Reference; readonly href: string } | null;
}
