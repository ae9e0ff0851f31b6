import type { BodyNode } from '../noteContent.ts';

/** The templates that every Calepin has: the notes of a meeting, a how-to sheet, minutes. */
export const builtInTemplateKeys = ['meeting', 'guide', 'minutes'] as const;
export type BuiltInTemplateKey = (typeof builtInTemplateKeys)[number];

/** What a note made from a template begins with. */
export interface BuiltInTemplate {
  readonly title: string;
  readonly body: BodyNode;
}
