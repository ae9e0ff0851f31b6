import { Hono } from 'hono';
import { z } from 'zod';
import { attachmentIdSchema, noteIdSchema } from '#shared/api/common.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import { notAllowed } from '../../access.ts';
import { mayReadAttachment } from '../../mayReadAttachment.ts';
import { storeAttachment } from '../../operations/storeAttachment.ts';
import { attachmentHeader } from '../attachmentHeader.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { incomingFile } from '../incomingFile.ts';
import { openAttachment } from '../openAttachment.ts';
import { validate } from '../validate.ts';

const uploadQuery = z.object({ note: noteIdSchema, name: z.string().max(1_000).default('') });

/** A file is shown in place only where it cannot act: the rest is offered as a download. */
const shownInPlace = /^(image|audio|video)\//;

/** One range of a file, or 'unsatisfiable', or null for the whole: several ranges, and what is not understood, get the whole. */
export function parseRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return null;
  if (match[1] === '') {
    const last = Number(match[2]);
    return last === 0 || size === 0 ? 'unsatisfiable' : { start: Math.max(0, size - last), end: size - 1 };
  }
  const start = Number(match[1]);
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (start >= size) return 'unsatisfiable';
  return end < start ? null : { start, end };
}

/** Uploads and downloads of images, sounds, films and files. */
export function attachmentRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>()
    .post('/attachments', validate('query', uploadQuery), async (context) => {
      const { note, name } = context.req.valid('query');
      const file = incomingFile(context, name);
      const attachment = await storeAttachment(relay, context.var.caller, { note, ...file });
      return context.json(attachment, 201);
    })
    .get('/attachments/:id', validate('param', z.object({ id: attachmentIdSchema })), async (context) => {
      const { id } = context.req.valid('param');
      // Both, whatever the first says: an unknown one is not to be told from another's by the time that it takes.
      const [attachment, mayRead] = await Promise.all([
        relay.catalogue.attachments.get(id),
        mayReadAttachment(relay.catalogue, context.var.caller, id),
      ]);
      if (attachment === null || !mayRead) throw notAllowed();
      const etag = `"${attachment.digest}"`;
      context.header('ETag', etag);
      // Asked again each time: the right to read may be gone.
      context.header('Cache-Control', 'private, no-cache');
      context.header('Content-Security-Policy', "default-src 'none'; sandbox");
      context.header('Accept-Ranges', 'bytes');
      if (context.req.header('if-none-match') === etag) return context.body(null, 304);
      context.header(
        'Content-Type',
        attachment.type.startsWith('text/') ? `${attachment.type}; charset=utf-8` : attachment.type,
      );
      const how = shownInPlace.test(attachment.type) ? 'inline' : 'attachment';
      context.header('Content-Disposition', attachmentHeader(how, attachment.name));
      const range = parseRange(context.req.header('range'), attachment.bytes);
      if (range === 'unsatisfiable') {
        context.header('Content-Range', `bytes */${attachment.bytes}`);
        return context.body(null, 416);
      }
      const body = await openAttachment(relay, attachment, range ?? undefined);
      if (body === null)
        throw new AppError('storage_failed', 'the bytes of an attachment are gone or damaged');
      if (range === null) {
        context.header('Content-Length', String(attachment.bytes));
        return context.body(body);
      }
      context.header('Content-Range', `bytes ${range.start}-${range.end}/${attachment.bytes}`);
      context.header('Content-Length', String(range.end - range.start + 1));
      return context.body(body, 206);
    });
}
