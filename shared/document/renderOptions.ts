import type { BodyNode } from './noteContent.ts';
import type { Numbering, Reference } from './numbering.ts';
import type { RenderLabels } from './renderLabels.ts';
import type { MarkOptions } from './renderMarks.ts';

export interface RenderOptions extends Partial<MarkOptions> {
  /** Language tag of the note: for the words that rendering adds. French by default. */
  readonly language?: string;
  /** Address of an attachment's bytes, or null when it cannot be shown. */
  readonly attachmentUrl?: (attachmentId: string) => string | null;
  /** Whether pictures with an address of their own (https) are shown; no by default: it would ask a third party. */
  readonly remoteImages?: boolean;
  /** Address of a note, or null where there is nothing to go to. */
  readonly noteHref?: (noteId: string) => string | null;
  /** Current title of a note, or null when the reader may not see it. */
  readonly noteTitle?: (noteId: string) => string | null;
  /** Put before every `id` in the HTML, so that several notes can stand on one page. */
  readonly idPrefix?: string;
  /** Added to the level of headings (a body's first level is 1); 1 by default, under the title as h1. */
  readonly headingShift?: number;
  /** The number before a heading, asked in order; empty for none. @param level - as stored, 1 to 4. @param numbered - false for one that was set apart. */
  readonly headingNumber?: (level: number, numbered: boolean) => string;
  /** Draws passages that open as open blocks: for print. */
  readonly openDetails?: boolean;
  /** Numbers made beforehand, where a carnet counts through its notes; those of the body alone by default. */
  readonly numbering?: Numbering;
  /** Targets outside this body, by label: reference and full address (`#…`). */
  readonly outsideReference?: (
    label: string,
  ) => { readonly reference: Reference; readonly href: string } | null;
}

/** A heading as it was rendered, for a table of contents. */
export interface RenderedHeading {
  /** The element's id, prefix included. */
  readonly id: string;
  /** Level in HTML, shift included. */
  readonly level: number;
  /** Its text as HTML, without footnote calls or links. */
  readonly html: string;
  readonly numbered: boolean;
}

export interface RenderedBody {
  /** The blocks, then the end notes. Safe to insert: all text is escaped, all addresses are checked, no style, no script. */
  readonly html: string;
  readonly headings: readonly RenderedHeading[];
}

/** What the renderers of tables and media ask of the rendering that they are part of. */
export interface BodyWriter {
  readonly options: RenderOptions;
  readonly labels: RenderLabels;
  /** Attributes that every block may have, with an id where something may point at it. */
  common(node: BodyNode, className?: string): string;
  blocks(nodes: readonly BodyNode[] | undefined): string;
  /** The caption of a figure or of a medium, with its number where it is referred to. */
  caption(node: BodyNode, owner: BodyNode): string;
}
