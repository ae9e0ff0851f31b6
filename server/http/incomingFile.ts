import type { Context } from 'hono';
import { maxAttachmentBytes } from '#shared/api/attachments.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import { requirePerson } from '../access.ts';
import type { IncomingFile } from '../operations/storeAttachment.ts';
import type { HttpEnvironment } from './environment.ts';

/** The file that is the body of a request. @throws AppError `not_signed_in`; `too_large`; `invalid_request` where none came. */
export function incomingFile(context: Context<HttpEnvironment>, name: string): IncomingFile {
  requirePerson(context.var.caller);
  const stated = Number(context.req.header('content-length') ?? 0);
  if (stated > maxAttachmentBytes) throw new AppError('too_large', 'the file is larger than allowed');
  const bytes = context.req.raw.body;
  if (bytes === null) throw new AppError('invalid_request', 'no file came');
  return { name, announced: context.req.header('content-type') ?? '', bytes };
}
