import { z } from 'zod';
import { idPattern } from '../domain/ids.ts';
import type {
  BaseId,
  CarnetId,
  CollectionId,
  MemberId,
  CategoryId,
  CommunityId,
  IncidentId,
  MessageId,
  NoticeId,
  ReportId,
  NoteId,
  PersonId,
  ThreadId,
  VersionId,
  AttachmentId,
  ExportId,
  ImportId,
  InvitationId,
  DocumentId,
  Epoch,
} from '../domain/ids.ts';
import { builtInTemplateKeys, type TemplateKey } from '../document/templates/BuiltInTemplate.ts';
import { languages, personColours, personKinds } from '../domain/Person.ts';
import { errorCodes } from './errorCodes.ts';

const id = z.string().regex(idPattern);
/** A relay that a computer follows, by the id that it has there. */
export const relayIdSchema = id;
export const personIdSchema = id as unknown as z.ZodType<PersonId, string>;
export const noteIdSchema = id as unknown as z.ZodType<NoteId, string>;
export const carnetIdSchema = id as unknown as z.ZodType<CarnetId, string>;
export const baseIdSchema = id as unknown as z.ZodType<BaseId, string>;
export const collectionIdSchema = id as unknown as z.ZodType<CollectionId, string>;
export const memberIdSchema = id as unknown as z.ZodType<MemberId, string>;
export const communityIdSchema = id as unknown as z.ZodType<CommunityId, string>;
export const noticeIdSchema = id as unknown as z.ZodType<NoticeId, string>;
export const reportIdSchema = id as unknown as z.ZodType<ReportId, string>;
export const incidentIdSchema = id as unknown as z.ZodType<IncidentId, string>;
export const threadIdSchema = id as unknown as z.ZodType<ThreadId, string>;
export const messageIdSchema = id as unknown as z.ZodType<MessageId, string>;
export const documentIdSchema = id as unknown as z.ZodType<DocumentId, string>;
export const versionIdSchema = id as unknown as z.ZodType<VersionId, string>;
export const invitationIdSchema = id as unknown as z.ZodType<InvitationId, string>;
export const attachmentIdSchema = id as unknown as z.ZodType<AttachmentId, string>;
export const exportIdSchema = id as unknown as z.ZodType<ExportId, string>;
export const importIdSchema = id as unknown as z.ZodType<ImportId, string>;
export const categoryIdSchema = id as unknown as z.ZodType<CategoryId, string>;
export const epochSchema = id as unknown as z.ZodType<Epoch, string>;

/** A built-in template, or a note that is one. */
export const templateKeySchema: z.ZodType<TemplateKey, string> = z.union([
  z.enum(builtInTemplateKeys),
  noteIdSchema,
]);

/** Unix milliseconds. */
export const timeSchema = z.number().int().nonnegative();
export const languageSchema = z.enum(languages);
export const colourSchema = z.enum(personColours);
export const nameSchema = z.string().trim().min(1).max(80);

export const personSchema = z.object({
  id: personIdSchema,
  kind: z.enum(personKinds),
  name: z.string(),
  colour: colourSchema,
  statedBy: z.string().optional(),
});

/** The body of every answer that is not a success. `reference` names the line of the relay's log. */
export const errorBodySchema = z.object({
  error: z.object({ code: z.enum(errorCodes), reference: z.string().optional() }),
});
export type ErrorBody = z.infer<typeof errorBodySchema>;

/** Of a note, a carnet or a base: whether it is set aside, and whether there is a way back. */
export const setAsideSchema = z.object({
  /** Set when it is set aside or read-only: `damaged`, `storage`, `invalid_content`. */
  problem: z.string().nullable(),
  /** When its last good state was, if it can be taken back to it: for those who may, while `problem` is `invalid_content`. */
  goodStateAt: timeSchema.nullable(),
  /** That state is what is shown: going back to it only leaves out what waits for what the relay never received. */
  goodStateIsShown: z.boolean(),
});
export type SetAside = z.infer<typeof setAsideSchema>;
/** A remark beside a title or a name; absent or empty: none. */
export const remarkSchema = z
  .string()
  .trim()
  .max(2_000)
  .transform((text) => text || null)
  .nullable()
  .default(null);
