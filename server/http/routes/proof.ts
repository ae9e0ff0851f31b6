import { Hono } from 'hono';
import { z } from 'zod';
import { noteIdSchema } from '#shared/api/common.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import { integrityQuerySchema, proofQuerySchema } from '#shared/api/proof.ts';
import type { ComparedMoment } from '#shared/api/versions.ts';
import type { NoteId, VersionId } from '#shared/domain/ids.ts';
import { canSeeNoteHistory } from '#shared/permissions/permissions.ts';
import { requireNote } from '../../access.ts';
import { safeName } from '../../export/fileNames.ts';
import { record } from '../../operations/traceOf.ts';
import type { ProofWanted } from '../../proof/exportProof.ts';
import { proofExtension } from '../../proof/proofFile.ts';
import { attachmentHeader } from '../attachmentHeader.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { validate } from '../validate.ts';

const noteParams = validate('param', z.object({ id: noteIdSchema }));

/** Whether the history of a note is as it was written, and its proof as a file, for who may see deleted text. */
export function proofRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const { catalogue, history, log, proofs } = relay;
  /** Without reading the row itself: it may be damaged. @throws AppError `not_allowed`, `invalid_request` where there is none. */
  const momentOf = async (
    id: NoteId,
    moment: ComparedMoment,
  ): Promise<Pick<ProofWanted, 'seq' | 'version'>> => {
    const last = (await log.head(id))?.seq ?? 0;
    if (moment !== 'now' && !moment.startsWith('seq:')) {
      const { seq, kind, name, createdAt } = await history.get(id, moment as VersionId);
      return { seq, version: { kind, name, createdAt } };
    }
    const seq = moment === 'now' ? last : Number(moment.slice('seq:'.length));
    if (seq < 1 || seq > last) throw new AppError('invalid_request', 'the note has no such row');
    return { seq, version: null };
  };
  return new Hono<HttpEnvironment>()
    .get('/notes/:id/integrity', noteParams, validate('query', integrityQuerySchema), async (context) => {
      const { id } = context.req.valid('param');
      await requireNote(catalogue, context.var.caller, id, canSeeNoteHistory);
      const { seq } = await momentOf(id, context.req.valid('query').moment);
      return context.json(await proofs.check(id, seq, context.req.raw.signal));
    })
    .get('/notes/:id/proof', noteParams, validate('query', proofQuerySchema), async (context) => {
      const { id } = context.req.valid('param');
      const { caller } = context.var;
      await requireNote(catalogue, caller, id, canSeeNoteHistory);
      const { moment, language } = context.req.valid('query');
      // Rows that its home does not have get other numbers there, and this relay's signature says nothing of that one's.
      if ((await log.head(id))?.homeSeq != null)
        throw new AppError('conflict', `the proof of note ${id} is given by its home`);
      const wanted = { document: id, ...(await momentOf(id, moment)) };
      const { file, title, time } = await proofs.export(wanted, context.req.raw.signal);
      if (caller !== null) await record(relay, 'note.exported', { by: caller.id, subjectId: id });
      const kind = language === 'fr' ? 'preuve' : 'proof';
      const name = `${safeName(title, 'note')} ${new Date(time).toISOString().slice(0, 10)}.${kind}${proofExtension}`;
      context.header('Content-Type', 'application/gzip');
      context.header('Content-Disposition', attachmentHeader('attachment', name));
      context.header('Cache-Control', 'no-store');
      return context.body(file);
    });
}
