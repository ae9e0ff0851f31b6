import type { Paragraph } from 'docx';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { Numbering, Reference } from '#shared/document/numbering.ts';
import type { RenderLabels } from '#shared/document/renderLabels.ts';
import type { BookAsset } from '../BookContent.ts';

/** What the conversion of a body asks of what stands around it. */
export interface DocxOptions {
  /** Language tag of the note. */
  readonly language: string;
  /** Before each name of a place in this note. */
  readonly prefix: string;
  readonly numbering: Numbering;
  /** Added to the level of headings: a body's first level is 1. */
  readonly headingShift: number;
  /** Width of the block of text, in pixels of 96 to the inch. */
  readonly width: number;
  readonly attachment: (id: string) => BookAsset | null;
  readonly noteTitle: (noteId: string) => string | null;
  /** Name of the place where a note of the document begins; null for others. */
  readonly notePlace: (noteId: string) => string | null;
  /** A target in another note of the document. */
  readonly outsideReference: (
    label: string,
  ) => { readonly reference: Reference; readonly place: string } | null;
}

/** What a whole document has one of. */
export interface DocxDocument {
  /** @returns the number of a footnote of the document. */
  addFootnote(paragraph: Paragraph): number;
  /** @returns name of a list of numbers of its own. */
  addNumbers(type: '1' | 'a' | 'A' | 'i' | 'I', start: number): string;
}

/** What lines ask of the conversion that they are part of. */
export interface DocxWriter {
  readonly options: DocxOptions;
  readonly labels: RenderLabels;
  footnote(node: BodyNode): number;
  target(label: string | null): { readonly reference: Reference; readonly place: string } | null;
}

/** Word's names of places: letters, digits and `_`, at most 40, no digit first. */
export function placeName(prefix: string, label: string): string {
  return `${prefix}ref_${label}`.replaceAll(/[^A-Za-z0-9_]/g, '_').slice(0, 40);
}
