import { z } from 'zod';
import { noteKinds } from '../domain/Note.ts';
import { collectionKinds } from '../domain/Collection.ts';
import { carnetIdSchema, importIdSchema, languageSchema, noteIdSchema, timeSchema } from './common.ts';

const mebibyte = 1024 * 1024;
/** Most bytes of a file that is sent: on a person's own computer as long as a ZIP without ZIP64 is, 4 GiB; on a relay of many, 256 MiB. It goes to the disk as it comes. */
export const maxImportBytes = { local: 4_096 * mebibyte - 1, community: 256 * mebibyte } as const;
/** Most bytes of several files together: the browser holds their archive in memory. */
export const maxPackedBytes = 256 * mebibyte;

/** What an import may lose on its way in; each is said with the notes where it was. */
export const importLosses = [
  /** Links to a file that is not there. */
  'deadLinks',
  /** Links within a note, or to a place in another, that a note has no word for. */
  'innerLinks',
  /** Addresses that may not become links. */
  'badLinks',
  'missingMedia',
  /** Files of a type or a size that notes do not take. */
  'refusedMedia',
  /** Pictures that stay on the web. */
  'remoteMedia',
  /** Pictures that were links. */
  'linkedPictures',
  /** HTML that notes do not have: its text stays. */
  'html',
  /** What a document of Word holds and the text of a note does not: drawings, fields, formulas of its own. */
  'word',
  /** Notes of several paragraphs below the text: they become one. */
  'footnoteBlocks',
  /** What stands deeper than notes go. */
  'depth',
  /** The sheet of a term or of an organisation: what it says stands in the text. */
  'sheet',
  /** What the head of a file says and a note does not keep: authors, dates, tags. */
  'properties',
  /** What a page of another platform says beside its text and a note does not keep. */
  'beside',
] as const;
export type ImportLoss = (typeof importLosses)[number];

/** How many titles, and how many examples, a line of the report names. */
export const maxImportTitles = 20;
export const maxImportExamples = 5;

export const importLossSchema = z.object({
  loss: z.enum(importLosses),
  /** How many notes it is in. */
  notes: z.number().int(),
  /** The first of their titles. */
  titles: z.array(z.string()).max(maxImportTitles),
  /** Addresses, names of files, elements. */
  examples: z.array(z.string()).max(maxImportExamples),
});

/** How many authors, terms and carnets are read beside one page. */
export const maxBeside = 50;

/** What a page of another platform says beside its text, in the page's words. */
export const besideSchema = z.object({
  source: z.enum(['praxis']),
  /** Names; never accounts. */
  authors: z.array(z.string()).max(maxBeside),
  /** `isKnown`: one term that the person may use has that title; else it may be made (`makeTerms`). */
  terms: z.array(z.object({ title: z.string(), isKnown: z.boolean() })).max(maxBeside),
  /** `integrated`: by whom and when. `isOwn`: the person adds by name to one carnet of that title; the note is put there too. */
  carnets: z
    .array(z.object({ title: z.string(), integrated: z.string(), isOwn: z.boolean() }))
    .max(maxBeside),
  community: z.string(),
  published: z.string(),
  modified: z.string(),
});
export type Beside = z.infer<typeof besideSchema>;

/** What would come of a note or a collection of an archive: all of it, what it says alone, nothing since it is here already, or a copy beside what bears its id here. */
export const archivedStates = ['whole', 'present', 'same', 'copy'] as const;

/** How what comes of an archive was open, and to whom: it is private at first, unless the person asks for it to be as it was. */
export const archivedBeforeSchema = z.object({
  /** How many notes, carnets and bases were open to more than their authors, and can be again. */
  visibilities: z.object({ community: z.int(), members: z.int(), public: z.int() }),
  /** Communities that they were linked to. `isHere`: it is here, and the person may link to it. */
  communities: z.array(z.object({ name: z.string(), isHere: z.boolean() })).max(maxImportTitles),
  /** Names of people who are here and had a role on it: the archive speaks for them. */
  people: z.array(z.string()).max(maxImportTitles),
  /** How many others were invited to read or to comment: an archive invites nobody. */
  invited: z.int(),
});
export type ArchivedBefore = z.infer<typeof archivedBeforeSchema>;

/** What an archive says of itself. */
export const archivePreviewSchema = z.object({
  madeAt: timeSchema,
  /** For whom it was made; empty for a name that it does not say. */
  madeBy: z.string(),
  /** Where it was made; null for a person's own computer. */
  from: z.string().nullable(),
  /** Whether it was made here: it then speaks for the people of this relay. */
  isOwn: z.boolean(),
  /** In the order of `notes`. */
  notes: z.array(z.enum(archivedStates)),
  collections: z.array(
    z.object({ title: z.string(), kind: z.enum(collectionKinds), state: z.enum(archivedStates) }),
  ),
  versions: z.number().int(),
  /** Editions of carnets that come, and those that do not: a copy of a carnet has none. */
  editions: z.int(),
  lostEditions: z.int(),
  before: archivedBeforeSchema,
  /** How many people wrote in it. */
  people: z.number().int(),
  /** How many notes it does not hold, since who had it made could not read them. */
  withheld: z.number().int(),
  /** What is not as it was made, or of a newer version: it does not come in. */
  refused: z.object({ count: z.number().int(), titles: z.array(z.string()).max(maxImportTitles) }),
});
export type ArchivePreview = z.infer<typeof archivePreviewSchema>;

/** What would be made, before anything is. */
export const importPreviewSchema = z.object({
  notes: z.array(
    z.object({
      title: z.string(),
      /** Where it was in what was sent. */
      path: z.string(),
      kind: z.enum(noteKinds),
      /** How many pictures, sounds, films and files it shows. */
      media: z.number().int(),
      /** The folder or the category that it was in; null for none. */
      category: z.string().nullable(),
      /** Null for a file that is no page of another platform. */
      beside: besideSchema.nullable(),
    }),
  ),
  /** The files of the notes: how many, and their bytes. */
  media: z.object({ count: z.number().int(), bytes: z.number().int() }),
  /** Links from note to note. */
  links: z.number().int(),
  /** What a carnet of it would be called. */
  title: z.string(),
  losses: z.array(importLossSchema),
  /** Files that were sent and that no note shows. */
  unused: z.object({ count: z.number().int(), paths: z.array(z.string()).max(maxImportTitles) }),
  /** Files that could not be read. */
  unread: z.object({ count: z.number().int(), paths: z.array(z.string()).max(maxImportTitles) }),
  /** Null for what is no archive of Calepin. */
  archive: archivePreviewSchema.nullable().default(null),
});
export type ImportPreview = z.infer<typeof importPreviewSchema>;

export const importSteps = ['reading', 'ready', 'making', 'done', 'failed', 'undone'] as const;

/**
 * POST /api/imports?name=<file name>&language=<tag> with the bytes of a page (Markdown, text) or of a ZIP as body → ImportStatus (202): it is being read. One at a time for each
 * person: the former one, unless it is being made, is thrown away. GET /api/imports/:id. DELETE /api/imports/:id stops it; what was made of it is taken away (204). 413 `import_too_large`, beyond `maxImportBytes`.
 */
export const importStatusSchema = z.object({
  id: importIdSchema,
  step: z.enum(importSteps),
  /** 0 to 1, of `reading` and of `making`. */
  progress: z.number().min(0).max(1),
  fileName: z.string(),
  /** From `ready` on. */
  preview: importPreviewSchema.nullable(),
  /** `import_unreadable`, `import_empty`, `import_too_large`, `archive_damaged`, `archive_newer`; of the making: `quota_exceeded`, `not_allowed`… Nothing is made then. */
  errorCode: z.string().nullable(),
  /** Once done: what was made. `unfiled`: how many notes have no category since there was no room for another, or the person may not make one. */
  made: z
    .object({
      notes: z.array(noteIdSchema),
      carnet: carnetIdSchema.nullable(),
      unfiled: z.number().int(),
      /** Terms that were made since no term had their title. */
      terms: z.array(noteIdSchema),
    })
    .nullable(),
});
export type ImportStatus = z.infer<typeof importStatusSchema>;

/** POST /api/imports/:id/make → ImportStatus (202). Into no carnet, a new one, or one that the person may add to: notes are put at its end, in order, folders as categories. */
export const makeImportSchema = z.object({
  into: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('nowhere') }),
    z.object({ kind: z.literal('new'), title: z.string().trim().max(300), language: languageSchema }),
    z.object({ kind: z.literal('carnet'), id: carnetIdSchema }),
  ]),
  /** Whether terms that pages are related to, and that nobody has, are made. */
  makeTerms: z.boolean().default(false),
  /** Of an archive: whether what comes is as open as it was, as far as the person may open it. */
  asBefore: z.boolean().default(false),
});
export type MakeImport = z.infer<typeof makeImportSchema>;
export type ImportPlace = MakeImport['into'];
// POST /api/imports/:id/undo → ImportStatus: the notes that it made, and the carnet, are put in the trash.
