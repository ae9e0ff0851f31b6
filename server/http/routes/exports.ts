import { Hono } from 'hono';
import { z } from 'zod';
import { exportIdSchema, languageSchema, noteIdSchema } from '#shared/api/common.ts';
import {
  type BookMoment,
  bookMomentSchema,
  bookOptionsSchema,
  pageWidths,
  missingTextsOfSchema,
  startExportSchema,
} from '#shared/api/exports.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import { canExportCarnet, canExportNote } from '#shared/permissions/permissions.ts';
import { notAllowed, requireCollection, requireNote, requirePerson, roleOnNote } from '../../access.ts';
import type { Caller } from '../../Caller.ts';
import type { ArchiveSubject } from '../../export/archive/ArchiveContent.ts';
import type { BookSubject } from '../../export/BookContent.ts';
import { bookFontRules, readBookFont } from '../../export/book/bookFonts.ts';
import { requireArchive } from '../../operations/archive/gatherArchive.ts';
import { bookPlace, gatherBook, requireBook } from '../../operations/gatherBook.ts';
import { listMissingTexts } from '../../operations/listMissingTexts.ts';
import { record } from '../../operations/traceOf.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { attachmentHeader } from '../attachmentHeader.ts';
import { validate } from '../validate.ts';

const params = validate('param', z.object({ id: exportIdSchema }));
const pageParams = validate(
  'param',
  z.object({ id: exportIdSchema, page: z.coerce.number().int().min(1).max(100_000) }),
);
const pageQuery = validate('query', z.object({ width: z.coerce.number().pipe(z.literal([...pageWidths])) }));
const printParams = validate('param', z.object({ subject: z.enum(['note', 'carnet']), id: noteIdSchema }));
const printQuery = validate(
  'query',
  bookOptionsSchema.pick({ format: true, theme: true, numbered: true }).extend({
    moment: bookMomentSchema.default('now'),
    // In an address, which holds words.
    numbered: z.stringbool().default(false),
    changes: z.stringbool().default(false),
    language: languageSchema.default('fr'),
  }),
);
const fontPath = '/api/print-fonts/';

const momentQuery = validate('query', z.object({ moment: bookMomentSchema.default('now') }));

function toSubject(subject: 'note' | 'carnet', id: string, moment: BookMoment, changes = false): BookSubject {
  return subject === 'note'
    ? { subject, subjectId: id as NoteId, moment }
    : { subject, subjectId: id as CarnetId, moment, changes };
}

type Asked =
  | BookSubject
  | { readonly subject: 'archive'; readonly of: ArchiveSubject }
  | { readonly subject: 'person' };

type ExportedAct = 'account.exported' | 'note.exported' | 'carnet.exported' | 'base.exported';

/** The notes that an export names one by one; null for one that is of something else. */
function chosenIn(asked: Asked): readonly NoteId[] | null {
  if (asked.subject === 'notes') return asked.notes;
  return asked.subject === 'archive' && asked.of.kind === 'notes' ? asked.of.notes : null;
}

/** What the register says of an export that is of one thing. */
function lineOf(asked: Asked): readonly [ExportedAct, string | null] {
  if (asked.subject === 'note' || asked.subject === 'carnet')
    return [`${asked.subject}.exported`, asked.subjectId];
  return asked.subject !== 'archive' || asked.of.kind === 'notes'
    ? ['account.exported', null]
    : [`${asked.of.kind}.exported`, asked.of.id];
}

/** PDF of a note or a carnet, and the ZIP of a person's data, made by the relay; and the book as a page, for the browser's own print. */
export function exportRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const { exports, catalogue } = relay;
  const requireSubject = async (caller: Caller, subject: Asked): Promise<void> => {
    if (subject.subject === 'person') return;
    if (subject.subject === 'notes') await requireBook(relay, caller, subject);
    else if (subject.subject === 'archive') await requireArchive(relay, requirePerson(caller), subject.of);
    else if (subject.subject === 'note')
      await requireNote(catalogue, caller, subject.subjectId, canExportNote);
    else
      await requireCollection(catalogue, caller, { kind: 'carnet', id: subject.subjectId }, canExportCarnet);
    if (subject.subject === 'archive' || subject.subject === 'notes') return;
    // Who asks for what was is told at once, not when its turn comes.
    const asksChanges = subject.subject === 'carnet' && subject.changes === true;
    if (asksChanges || (subject.moment !== undefined && subject.moment !== 'now'))
      await requireBook(relay, caller, subject);
  };
  return new Hono<HttpEnvironment>()
    .post('/exports', validate('json', startExportSchema), async (context) => {
      const person = requirePerson(context.var.caller);
      const request = context.req.valid('json');
      if (request.subject === 'carnet' && request.changes && request.to !== 'pdf')
        throw new AppError('invalid_request', 'only a PDF tells what changed');
      await requireSubject(person, request);
      const status = exports.start(request, person.id);
      const chosen = chosenIn(request);
      if (chosen === null) {
        const [act, subjectId] = lineOf(request);
        await record(relay, act, { by: person.id, subjectId });
      } else
        for (const note of (await catalogue.notes.getMany(chosen)).values())
          if (canExportNote(roleOnNote(person, note)))
            await record(relay, 'note.exported', { by: person.id, subjectId: note.id });
      return context.json(status, 202);
    })
    .get('/exports', validate('query', z.object({ subject: z.literal('person') })), (context) =>
      context.json({ export: exports.ofPerson(requirePerson(context.var.caller).id) }),
    )
    .get('/exports/missing-texts/:subject/:id', printParams, momentQuery, async (context) => {
      const { subject, id } = context.req.valid('param');
      const person = requirePerson(context.var.caller);
      const { signal } = context.req.raw;
      const asked = toSubject(subject, id, context.req.valid('query').moment);
      await requireSubject(person, asked);
      return context.json(await listMissingTexts(relay, person, asked, bookPlace(relay), signal));
    })
    .post('/exports/missing-texts', validate('json', missingTextsOfSchema), async (context) => {
      const person = requirePerson(context.var.caller);
      const asked = { subject: 'notes', ...context.req.valid('json') } as const;
      await requireSubject(person, asked);
      return context.json(
        await listMissingTexts(relay, person, asked, bookPlace(relay), context.req.raw.signal),
      );
    })
    .get('/exports/:id', params, (context) => {
      const status = exports.status(context.req.valid('param').id, requirePerson(context.var.caller).id);
      if (status === null) throw notAllowed();
      return context.json(status);
    })
    .delete('/exports/:id', params, (context) => {
      if (!exports.cancel(context.req.valid('param').id, requirePerson(context.var.caller).id))
        throw notAllowed();
      return context.body(null, 204);
    })
    .get('/exports/:id/file', params, async (context) => {
      const { id } = context.req.valid('param');
      const person = requirePerson(context.var.caller);
      const subject = exports.subject(id, person.id);
      if (subject === null) throw notAllowed();
      await requireSubject(person, subject);
      const file = exports.file(id, person.id);
      if (file === null) throw new AppError('conflict', 'the export is not done');
      context.header('Content-Type', file.mediaType);
      context.header('Content-Length', String(file.bytes));
      context.header('Content-Disposition', attachmentHeader('attachment', file.fileName));
      return context.body(file.open());
    })
    .get('/exports/:id/pages/:page', pageParams, pageQuery, async (context) => {
      const { id, page } = context.req.valid('param');
      const person = requirePerson(context.var.caller);
      const subject = exports.subject(id, person.id);
      if (subject === null) throw notAllowed();
      await requireSubject(person, subject);
      const pdf = exports.pdf(id, person.id);
      if (pdf === null) throw new AppError('conflict', 'the export is no book that is done');
      const { width } = context.req.valid('query');
      const png = await relay.pages.draw(id, pdf, page, width, context.req.raw.signal);
      if (png === null) throw new AppError('invalid_request', 'the book has no such page');
      context.header('Content-Type', 'image/png');
      // A book that was made never changes.
      context.header('Cache-Control', 'private, max-age=900, immutable');
      return context.body(png);
    })
    .get('/print/:subject/:id', printParams, printQuery, async (context) => {
      const { subject, id } = context.req.valid('param');
      const { format, theme, numbered, moment, changes } = context.req.valid('query');
      const content = await gatherBook(
        relay,
        context.var.caller,
        toSubject(subject, id, moment, changes),
        bookPlace(relay),
        context.req.raw.signal,
      );
      const { buildBook } = await import('../../export/book/buildBook.ts');
      const book = buildBook(content, {
        format,
        theme,
        numbered,
        fontRules: (await bookFontRules(theme)).replaceAll('url(/fonts/', `url(${fontPath}`),
        attachmentUrl: (attachment) => `/api/attachments/${encodeURIComponent(attachment)}`,
        pageNumbers: false,
        styleNonce: context.var.nonce,
      });
      return context.html(book.html);
    })
    .get('/print-fonts/:family/:file', async (context) => {
      const font = await readBookFont(
        `/fonts/${context.req.param('family')}/${context.req.param('file')}`,
      ).catch(() => null);
      if (font === null) return context.notFound();
      context.header('Content-Type', font.mediaType);
      context.header('Cache-Control', 'public, max-age=86400');
      return context.body(new Uint8Array(font.bytes));
    });
}
