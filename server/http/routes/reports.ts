import { type Context, Hono } from 'hono';
import { z } from 'zod';
import {
  baseIdSchema,
  carnetIdSchema,
  communityIdSchema,
  noteIdSchema,
  reportIdSchema,
} from '#shared/api/common.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import { changeReportSchema, reportSchema } from '#shared/api/reports.ts';
import { messageParamsSchema } from '#shared/api/threads.ts';
import { escapeHtml } from '#shared/document/escapeHtml.ts';
import { type Language } from '#shared/domain/Person.ts';
import { maxReportLength, type ReportSubject } from '#shared/domain/Report.ts';
import { requireAdministrator } from '../../access.ts';
import { changeReport, isForEverybody, reportMessage, reportPage } from '../../operations/report.ts';
import { answerPlainPage } from '../../public-pages/plainPage.ts';
import { reportWords } from '../../public-pages/reportWords.ts';
import { styleSheetOf } from '../../public-pages/styleSheet.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { presentReports } from '../presentReports.ts';
import { validate } from '../validate.ts';

const maxListed = 200;
/** Where nobody who sees the form writes: what fills everything in is a program. */
const trap = 'website';

function requireCommunityRelay(relay: HttpRelay): void {
  if (relay.mode !== 'community') throw new AppError('not_found_route', 'nobody to report to here');
}

/** Reports of what was said, and what administrators do with reports. */
export function reportRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const { reports } = relay.catalogue;
  return new Hono<HttpEnvironment>()
    .post(
      '/notes/:id/threads/:threadId/messages/:messageId/reports',
      validate('param', messageParamsSchema),
      validate('json', reportSchema),
      async (context) => {
        requireCommunityRelay(relay);
        const { id: note, threadId: thread, messageId: message } = context.req.valid('param');
        const { reason } = context.req.valid('json');
        await reportMessage(relay, context.var.caller, { note, thread, message }, reason);
        return context.body(null, 204);
      },
    )
    .get('/administration/reports', async (context) => {
      requireCommunityRelay(relay);
      const caller = requireAdministrator(context.var.caller);
      return context.json({ reports: await presentReports(relay, caller, await reports.list(maxListed)) });
    })
    .patch(
      '/administration/reports/:id',
      validate('param', z.object({ id: reportIdSchema })),
      validate('json', changeReportSchema),
      async (context) => {
        requireCommunityRelay(relay);
        const { id } = context.req.valid('param');
        await changeReport(relay, context.var.caller, id, context.req.valid('json'));
        return context.body(null, 204);
      },
    );
}

type PageSubject = Exclude<ReportSubject, { subject: 'message' }>;

function subjectOf(kind: string, id: string): PageSubject | null {
  const note = noteIdSchema.safeParse(id);
  const carnet = carnetIdSchema.safeParse(id);
  const base = baseIdSchema.safeParse(id);
  const community = communityIdSchema.safeParse(id);
  if (kind === 'notes' && note.success) return { subject: 'note', subjectId: note.data };
  if (kind === 'carnets' && carnet.success) return { subject: 'carnet', subjectId: carnet.data };
  if (kind === 'bases' && base.success) return { subject: 'base', subjectId: base.data };
  if (kind === 'communities' && community.success) return { subject: 'community', subjectId: community.data };
  return null;
}

/** The form by which anybody reports a page that everybody may read, without a script and without an account. */
export function reportPages(relay: HttpRelay): Hono<HttpEnvironment> {
  const styleSheet = styleSheetOf(relay.interfaceFolder);
  const languageOf = (context: Context<HttpEnvironment>): Language =>
    /^en\b/i.test(context.req.header('accept-language') ?? '') ? 'en' : 'fr';
  const answer = async (
    context: Context<HttpEnvironment>,
    what: 'form' | 'empty' | 'sent' | 'tooMany' | 'unknown',
  ) => {
    const language = languageOf(context);
    const words = reportWords(language);
    const isForm = what === 'form' || what === 'empty';
    const form =
      `<form method="post"><label for="reason">${escapeHtml(words.reason)}</label>` +
      `<textarea id="reason" name="reason" required maxlength="${maxReportLength}" rows="6"${what === 'empty' ? ' aria-invalid="true" aria-describedby="said"' : ''}></textarea>` +
      `<p class="public-trap" aria-hidden="true"><label>${escapeHtml(words.trap)}<input name="${trap}" tabindex="-1" autocomplete="off"></label></p>` +
      `<button type="submit">${escapeHtml(words.send)}</button></form>`;
    const said = words[what === 'form' ? 'intro' : what];
    return answerPlainPage(context, {
      language,
      title: words.title,
      styleSheet: await styleSheet(),
      content: `<p id="said"${what === 'empty' ? ' role="alert"' : ''}>${escapeHtml(said)}</p>${isForm ? form : ''}`,
      status: { form: 200, empty: 400, sent: 200, tooMany: 429, unknown: 404 }[what] as 200,
    });
  };
  const find = async (context: Context<HttpEnvironment>): Promise<PageSubject | null> => {
    const about = subjectOf(context.req.param('kind') ?? '', context.req.param('id') ?? '');
    return relay.mode === 'community' && about !== null && (await isForEverybody(relay, about))
      ? about
      : null;
  };
  return new Hono<HttpEnvironment>()
    .get('/report/:kind/:id', async (context) =>
      answer(context, (await find(context)) === null ? 'unknown' : 'form'),
    )
    .post('/report/:kind/:id', async (context) => {
      const about = await find(context);
      if (about === null) return answer(context, 'unknown');
      const sent = await context.req.parseBody().catch(() => ({}) as Record<string, unknown>);
      // A program is told what a person is, so that it learns nothing.
      if (sent[trap] !== undefined && sent[trap] !== '') return answer(context, 'sent');
      const parsed = reportSchema.safeParse(sent);
      if (!parsed.success) return answer(context, 'empty');
      try {
        await reportPage(relay, about, parsed.data.reason);
      } catch (error) {
        if (error instanceof AppError && error.code === 'too_many_requests')
          return answer(context, 'tooMany');
        throw error;
      }
      return answer(context, 'sent');
    });
}
