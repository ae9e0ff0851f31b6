import { z } from 'zod';
import {
  attachmentIdSchema,
  baseIdSchema,
  carnetIdSchema,
  collectionIdSchema,
  communityIdSchema,
  documentIdSchema,
  epochSchema,
  memberIdSchema,
  messageIdSchema,
  noteIdSchema,
  personIdSchema,
  threadIdSchema,
  timeSchema,
  versionIdSchema,
  categoryIdSchema,
} from '#shared/api/common.ts';
import { attachmentSchema } from '#shared/api/attachments.ts';
import { bookOptionsSchema } from '#shared/api/exports.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { NoteSheet } from '#shared/document/sheet.ts';
import { collectionKinds, contributionPolicies } from '#shared/domain/Collection.ts';
import { licences } from '#shared/domain/Licence.ts';
import { authorModes, noteKinds } from '#shared/domain/Note.ts';
import { sittingKinds } from '#shared/domain/sittingKinds.ts';
import { type DeviceId, idPattern } from '#shared/domain/ids.ts';
import { versionKinds } from '#shared/domain/Version.ts';
import { visibilities } from '#shared/domain/Visibility.ts';

/** What the list of an archive begins with. Another number: written by a version that this one cannot read. */
export const archiveFormat = 'calepin archive 1';
/** What the file begins with: a page for every browser, known by Calepin. */
export const archiveMark = '<!doctype html><!--calepin archive 1-->';
/** Ends of the names of its file: every system opens the first in a browser, and only Calepin the second. */
export const archiveExtension = '.calepin.html';
export const ownExtension = '.calepin';
/** The list of what is in the archive, and the relay's signature of that list. */
export const manifestPath = 'archive.json';
export const signaturePath = 'signature.json';

const deviceIdSchema = z.string().regex(idPattern) as unknown as z.ZodType<DeviceId, string>;
const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const count = z.int().nonnegative();
const text = z.string();

/** A file that notes show. Its bytes stand once in the archive, as base64 in the page: `length` characters from byte `at`. */
const mediumSchema = z.strictObject({
  ...attachmentSchema.shape,
  sha256: hex(32),
  at: count,
  length: count,
});
export type ArchivedMedium = z.infer<typeof mediumSchema>;

/** Where a log stands that is in the archive whole, as a proof of its last row. @see docs/proof.md */
const journalSchema = z.strictObject({
  path: text,
  epoch: epochSchema,
  schemaVersion: z.int().positive(),
  seq: z.int().positive(),
  /** The chain's at that row. */
  digest: hex(32),
});
export type ArchivedJournal = z.infer<typeof journalSchema>;

/** A note or a collection, as the list names it. */
const placeSchema = { title: text, path: text, journal: journalSchema.nullable() };

/** The list. Everything else is named in it with its digest, so that one signature speaks of all. */
export const manifestSchema = z.strictObject({
  format: z.literal(archiveFormat),
  madeAt: timeSchema,
  /** For whom: what is in it is what they may read. */
  by: personIdSchema,
  /** Version of the application. */
  calepin: text,
  /** Where people reach the relay; null for a person's own computer. */
  relay: text.nullable(),
  /** Ed25519, with which the list is signed. */
  key: hex(32),
  subject: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('note'), id: noteIdSchema }),
    z.strictObject({ kind: z.literal('carnet'), id: carnetIdSchema }),
    z.strictObject({ kind: z.literal('base'), id: baseIdSchema }),
    z.strictObject({ kind: z.literal('notes'), id: z.null() }),
  ]),
  title: text,
  language: text,
  /** How many notes there were beside, that this person may not read. */
  withheld: count,
  /** Names by which the relay knew people. */
  people: z.array(z.strictObject({ id: personIdSchema, name: text.max(80) })),
  notes: z.array(
    z.strictObject({
      id: noteIdSchema,
      kind: z.enum(noteKinds),
      /** A term or an organisation that the others speak of, and that was not asked for itself. */
      isBeside: z.boolean(),
      ...placeSchema,
    }),
  ),
  collections: z.array(
    z.strictObject({ id: collectionIdSchema, kind: z.enum(collectionKinds), ...placeSchema }),
  ),
  media: z.array(mediumSchema),
  parts: z.array(z.strictObject({ path: text, bytes: count, sha256: hex(32) })),
});
export type ArchiveManifest = z.infer<typeof manifestSchema>;

export const signatureSchema = z.strictObject({ key: hex(32), signature: hex(64) });

const lockSchema = z.strictObject({
  at: timeSchema,
  by: personIdSchema,
  day: text,
  sentence: text.nullable(),
});

const versionSchema = z.strictObject({
  id: versionIdSchema,
  documentId: documentIdSchema,
  seq: z.int().positive(),
  kind: z.enum(versionKinds),
  name: text.nullable(),
  remark: text.nullable(),
  createdAt: timeSchema,
  personId: personIdSchema.nullable(),
  contributors: z.array(personIdSchema),
  changeCount: count,
});

/** Of a note that was thinned: what can be counted no more. */
const sittingSchema = z.strictObject({
  kind: z.enum(sittingKinds),
  fromSeq: count,
  toSeq: count,
  fromTime: timeSchema,
  toTime: timeSchema,
  people: z.array(z.strictObject({ person: personIdSchema.nullable(), written: z.int(), removed: z.int() })),
});

/** Whose a Yjs client id is: of what was thinned, rows do not say it any more. */
const bindingSchema = z.strictObject({
  client: z.int().nonnegative(),
  person: personIdSchema.nullable(),
  device: deviceIdSchema.nullable(),
});

const threadSchema = z.strictObject({
  id: threadIdSchema,
  by: personIdSchema.nullable(),
  createdAt: timeSchema,
  anchor: z.strictObject({ start: text, end: text, quote: text }).nullable(),
  resolvedAt: timeSchema.nullable(),
  resolvedBy: personIdSchema.nullable(),
  messages: z
    .array(
      z.strictObject({
        id: messageIdSchema,
        by: personIdSchema.nullable(),
        text,
        mentions: z.array(personIdSchema),
        createdAt: timeSchema,
        /** Left out where it was written just before. */
        writtenAt: timeSchema.optional(),
        editedAt: timeSchema.nullable(),
      }),
    )
    .min(1),
});

const body = z.custom<BodyNode>((value) => typeof value === 'object' && value !== null);
const communitySchema = z.strictObject({ id: communityIdSchema, name: text }).nullable();

/** What the catalogue says of a note; of people, those whom the person of the archive sees named on it. */
export const archivedNoteSchema = z.strictObject({
  id: noteIdSchema,
  kind: z.enum(noteKinds),
  licence: z.enum(licences),
  isTemplate: z.boolean(),
  visibility: z.enum(visibilities),
  community: communitySchema,
  authorMode: z.enum(authorModes),
  createdAt: timeSchema,
  modifiedAt: timeSchema,
  publishedAt: timeSchema.nullable(),
  lock: lockSchema.nullable(),
  authors: z.array(personIdSchema),
  commenters: z.array(personIdSchema),
  readers: z.array(personIdSchema),
  /** What it says, where its log is not in the archive; null where it is. */
  content: z
    .strictObject({
      title: text,
      language: text,
      body,
      sheet: z.custom<NoteSheet>((value) => typeof value === 'object' && value !== null).nullable(),
      terms: z.array(noteIdSchema),
    })
    .nullable(),
  versions: z.array(versionSchema),
  sittings: z.array(sittingSchema),
  threads: z.array(threadSchema),
  bindings: z.array(bindingSchema),
  files: z.array(attachmentIdSchema),
});
export type ArchivedNote = z.infer<typeof archivedNoteSchema>;

const coverSchema = z.strictObject({
  image: attachmentIdSchema.nullable(),
  alternative: text,
  colour: text.nullable(),
});

/** What an edition says that no document says. @see FrozenFacts */
const factsSchema = z.strictObject({
  place: z.strictObject({ site: text, origin: text.regex(/^https?:/).nullable() }),
  cover: coverSchema,
  managers: z.array(personIdSchema),
  community: communityIdSchema.nullable(),
  changedAt: timeSchema,
  notes: z.record(
    noteIdSchema,
    z.strictObject({
      kind: z.enum(noteKinds),
      licence: z.enum(licences),
      publishedAt: timeSchema.nullable(),
      lock: lockSchema.nullable(),
      authors: z.array(personIdSchema),
      community: communityIdSchema.nullable(),
      seq: z.int().positive(),
      modifiedAt: timeSchema,
      isOpen: z.boolean(),
    }),
  ),
  count,
  withheld: count,
  outside: z.record(noteIdSchema, z.strictObject({ seq: z.int().positive(), kind: z.enum(noteKinds) })),
  names: z.record(personIdSchema, text.max(80)),
  communities: z.record(communityIdSchema, text),
});

const editionSchema = z.strictObject({
  number: z.int().positive(),
  title: text,
  remark: text.nullable(),
  by: personIdSchema,
  at: timeSchema,
  seq: z.int().positive(),
  digest: text,
  options: bookOptionsSchema,
  facts: factsSchema,
  withdrawn: z.strictObject({ by: personIdSchema, at: timeSchema }).nullable(),
});

/** What the catalogue says of a carnet or of a base. */
export const archivedCollectionSchema = z.strictObject({
  id: collectionIdSchema,
  kind: z.enum(collectionKinds),
  visibility: z.enum(visibilities),
  contributionPolicy: z.enum(contributionPolicies),
  community: communitySchema,
  cover: coverSchema,
  template: text.nullable(),
  createdAt: timeSchema,
  managers: z.array(personIdSchema),
  contributors: z.array(personIdSchema),
  readers: z.array(personIdSchema),
  /** What it says and holds, of what the person may read, where its log is not in the archive; null where it is. */
  content: z
    .strictObject({
      title: text,
      description: text,
      /** For who may add to it; null for others. */
      guide: body.nullable(),
      language: text,
      categories: z.array(z.strictObject({ id: categoryIdSchema, name: text, order: text, list: text })),
      entries: z.array(
        z.strictObject({
          memberId: memberIdSchema,
          order: text,
          category: categoryIdSchema.nullable(),
          also: z.array(categoryIdSchema),
          pinned: z.boolean(),
          /** The row at which it is held; absent where it is not. */
          held: z.int().positive().optional(),
        }),
      ),
    })
    .nullable(),
  editions: z.array(editionSchema),
});
export type ArchivedCollection = z.infer<typeof archivedCollectionSchema>;

/** The bytes that the signature of an archive is over. @param digest - SHA-256 of the list. */
export const signedBytes = (digest: Uint8Array): Uint8Array =>
  Buffer.concat([Buffer.from(archiveFormat), digest]);
