import type { NoteId } from '../../domain/ids.ts';
import type { BodyNode } from '../noteContent.ts';

/** The templates that every Calepin has: the notes of a meeting, a how-to sheet, minutes. */
export const builtInTemplateKeys = ['meeting', 'guide', 'minutes'] as const;
export type BuiltInTemplateKey = (typeof builtInTemplateKeys)[number];

/** What a note begins with: a built-in template, or a note that is one. */
export type TemplateKey = BuiltInTemplateKey | NoteId;

/** What a note made from a template begins with. */
export interface BuiltInTemplate {
  readonly title: string;
  readonly body: BodyNode;
}
