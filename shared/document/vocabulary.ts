/*
 * Words that attributes of the schema may have. Apart from the extensions, so that what only reads content (rendering,
 * reading mode) does not load the editor.
 */

/** Form of a language tag: `fr`, `fr-CA`, `iu-Cans-CA` (BCP 47). */
export const languagePattern = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/;

/** Levels of headings inside a note; the title of the note is not one of them. */
export const headingLevels = [1, 2, 3, 4] as const;
export type HeadingLevel = (typeof headingLevels)[number];

export const calloutKinds = ['info', 'warning', 'tip', 'citation'] as const;
export type CalloutKind = (typeof calloutKinds)[number];

export const imageAlignments = ['left', 'center', 'right'] as const;
export type ImageAlignment = (typeof imageAlignments)[number];

export const textAlignments = ['left', 'center', 'right', 'justify'] as const;
export type TextAlignment = (typeof textAlignments)[number];

/** Which series of numbers a figure belongs to. */
export const figureKinds = ['figure', 'table'] as const;
export type FigureKind = (typeof figureKinds)[number];

/** How a cross-reference reads: « figure 3 », the title of its target, its page in a book. */
export const crossReferenceForms = ['number', 'title', 'page'] as const;
export type CrossReferenceForm = (typeof crossReferenceForms)[number];

/** Colours of the highlighter and of table cells, by name; a name unknown to the theme is drawn as the first one. */
export const highlightColours = ['yellow', 'green', 'blue', 'pink', 'orange', 'purple'] as const;
export type HighlightColour = (typeof highlightColours)[number];
