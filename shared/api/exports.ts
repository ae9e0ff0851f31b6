import { z } from 'zod';
import {
  baseIdSchema,
  carnetIdSchema,
  exportIdSchema,
  languageSchema,
  noteIdSchema,
  timeSchema,
} from './common.ts';
import { comparedMomentSchema } from './versions.ts';

/** Pages of a printed book; `6x9` in inches, as novels and theses are printed in North America. */
export const pageFormats = ['letter', 'a4', 'a5', '6x9'] as const;
export type PageFormat = (typeof pageFormats)[number];
/** How a printed book looks, each with fonts of its own (server/export/book/themes.ts). */
export const bookThemes = ['clear', 'classic', 'legible'] as const;
export type BookTheme = (typeof bookThemes)[number];
/** `screen` is read on a screen and printed at home; `print` goes to a printing house: chapters on right pages, bleed and crop marks, no coloured links. */
export const bookVariants = ['screen', 'print'] as const;
export type BookVariant = (typeof bookVariants)[number];
/** How a printed book is made; nothing of it changes what the book says. */
export const bookOptionsSchema = z.object({
  format: z.enum(pageFormats).default('letter'),
  theme: z.enum(bookThemes).default('clear'),
  variant: z.enum(bookVariants).default('screen'),
  /** Whether chapters and headings carry numbers. */
  numbered: z.boolean().default(false),
});
export type BookOptions = z.infer<typeof bookOptionsSchema>;
/** What a note or a carnet is made into: a printed book, an EPUB 3 for reading devices, a document of Word, or a site of pages or a folder of Markdown, with their media (a ZIP). */
export const bookForms = ['pdf', 'epub', 'docx', 'site', 'markdown'] as const;
export type BookForm = (typeof bookForms)[number];
const formSchema = z.enum(bookForms).default('pdf');
/**
 * As what is exported was at a moment: `now`; `at:` and an instant (Unix ms) or `seq:` and a row of its own log; a note as of one of its versions, by its id; a carnet as its edition of a number froze it (`edition:`). Of a carnet, its notes are as they were then too. A note
 * that changed since goes into it for who may see its history; of the others the book says how many there are. 400 `invalid_request` where there was nothing yet.
 */
export const bookMomentSchema = z.union([
  comparedMomentSchema,
  z.string().regex(/^at:\d{1,15}$/),
  z.string().regex(/^edition:[1-9]\d{0,5}$/),
]);
export type BookMoment = z.infer<typeof bookMomentSchema>;
/** The moment of an instant, in Unix milliseconds. */
export const momentOfTime = (at: number): BookMoment => `at:${at}`;
/** The moment of an edition, by its number. */
export const momentOfEdition = (number: number): BookMoment => `edition:${number}`;
/** The number of the edition that a moment names; null for another moment. */
export const editionOf = (moment: BookMoment): number | null =>
  moment.startsWith('edition:') ? Number(moment.slice('edition:'.length)) : null;
/** Most notes that one export is asked for by name. */
export const maxChosenNotes = 2_000;
const momentSchema = bookMomentSchema.default('now');
/** POST /api/exports → ExportStatus (202). 503 `export_unavailable` where no printer is there (the interface then uses the browser's print). */
export const startExportSchema = z.discriminatedUnion('subject', [
  z.object({
    subject: z.literal('note'),
    subjectId: noteIdSchema,
    to: formSchema,
    moment: momentSchema,
    ...bookOptionsSchema.shape,
    language: languageSchema.default('fr'),
  }),
  z.object({
    subject: z.literal('carnet'),
    subjectId: carnetIdSchema,
    to: formSchema,
    moment: momentSchema,
    /**
     * Whether the PDF of an edition ends with what changed since the newest earlier one that stands, note by note and by author. 400 `invalid_request` for another moment or form, and where there is no earlier edition.
     */
    changes: z.boolean().default(false),
    ...bookOptionsSchema.shape,
    language: languageSchema.default('fr'),
  }),
  /** Notes that a person chose, in their order; those that they may not read are counted. 403 `not_allowed` where they may read none. */
  z.object({
    subject: z.literal('notes'),
    notes: z.array(noteIdSchema).min(1).max(maxChosenNotes),
    to: formSchema,
    ...bookOptionsSchema.shape,
    language: languageSchema.default('fr'),
  }),
  /**
   * An archive: one file that any browser opens, with notes, files, history and proofs, and that comes back by an import without loss. Of a note, a carnet or a base; of notes, or (null) of all that the person is an author of. What they may not read is counted, and what
   * they see no history of is there as it is.
   */
  z.object({
    subject: z.literal('archive'),
    of: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('note'), id: noteIdSchema }),
      z.object({ kind: z.literal('carnet'), id: carnetIdSchema }),
      z.object({ kind: z.literal('base'), id: baseIdSchema }),
      z.object({
        kind: z.literal('notes'),
        notes: z.array(noteIdSchema).min(1).max(maxChosenNotes).nullable(),
      }),
    ]),
    language: languageSchema.default('fr'),
  }),
  /** All that the relay keeps of the person who asks, as one ZIP. Asked again while one is being made, it is that one. */
  z.object({ subject: z.literal('person'), language: languageSchema.default('fr') }),
]);
export const exportSteps = [
  'queued',
  'gathering',
  'laying_out',
  'numbering',
  'finishing',
  'done',
  'failed',
  'cancelled',
] as const;
/**
 * GET /api/exports/:id. DELETE /api/exports/:id cancels (204). GET /api/exports/:id/file when `done` (an attachment: application/pdf, application/epub+zip, application/zip or text/html).
 * GET /api/exports?subject=person → the one of the person's data, going on or over, or null.
 */
export const exportStatusSchema = z.object({
  id: exportIdSchema,
  step: z.enum(exportSteps),
  /** 0 to 1. */
  progress: z.number().min(0).max(1),
  fileName: z.string(),
  pages: z.number().int().nullable(),
  bytes: z.number().int().nullable(),
  errorCode: z.string().nullable(),
  /** Until when its file can be fetched; null before there is one. */
  expiresAt: timeSchema.nullable(),
});
/**
 * GET /api/exports/:id/pages/:page?width= → a page of a PDF that is `done`, from 1, as a PNG as wide as asked, in pixels. 409 `conflict` for what is no PDF or not done, 400 `invalid_request` beyond its pages.
 * Few widths, so that a picture that was shown is one that the browser has.
 */
export const pageWidths = [160, 320, 640, 960, 1280, 1920] as const;
export type PageWidth = (typeof pageWidths)[number];
export const ownExportSchema = z.object({ export: exportStatusSchema.nullable() });
export type ExportStatus = z.infer<typeof exportStatusSchema>;
/**
 * GET /api/exports/missing-texts/:subject(note|carnet)/:id → the notes that go into its book and that show pictures without a text for who does not see them; in the order of the
 * book. A picture whose text was left empty decorates, and lacks none. ?moment=: those of that moment.
 */
export const missingTextsSchema = z.object({
  notes: z.array(
    z.object({ id: noteIdSchema, title: z.string(), count: z.number().int(), canEdit: z.boolean() }),
  ),
});
export type MissingTexts = z.infer<typeof missingTextsSchema>;
/** POST /api/exports/missing-texts → the same of notes that a person chose. */
export const missingTextsOfSchema = z.object({
  notes: z.array(noteIdSchema).min(1).max(maxChosenNotes),
  language: languageSchema.default('fr'),
});
// GET /api/print/:subject(note|carnet)/:id?format=&theme=&language=&moment=&changes= → the same book as HTML for the browser's own print dialogue (contents without page numbers).
