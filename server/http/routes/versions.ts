import { Hono } from 'hono';
import { z } from 'zod';
import { noteIdSchema, versionIdSchema } from '#shared/api/common.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import {
  comparedMomentSchema,
  momentOfSeq,
  nameVersionSchema,
  newVersionSchema,
  noteActsQuerySchema,
  versionListQuerySchema,
} from '#shared/api/versions.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { canRestoreNote, canSeeNoteHistory } from '#shared/permissions/permissions.ts';
import { requireNote, requirePerson } from '../../access.ts';
import type { Caller } from '../../Caller.ts';
import { duplicateNote } from '../../operations/duplicateNote.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { momentOf } from '../momentOf.ts';
import { presentActs } from '../presentActs.ts';
import { presentNotePage } from '../presentNotes.ts';
import { presentComparison, presentVersion, presentVersions } from '../presentVersions.ts';
import { validate } from '../validate.ts';

/** Those that somebody made on purpose. */
const markedKinds = ['named', 'restore'] as const;

const noteParams = validate('param', z.object({ id: noteIdSchema }));
const versionParams = validate('param', z.object({ id: noteIdSchema, versionId: versionIdSchema }));
const comparisonQuery = validate('query', z.object({ from: comparedMomentSchema, to: comparedMomentSchema }));

/** The history of a note: who did what when, for its readers; the rest for those who may see deleted text. */
export function versionRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const { history, catalogue } = relay;
  const mayLook = (caller: Caller, id: NoteId): Promise<unknown> =>
    requireNote(catalogue, caller, id, canSeeNoteHistory);
  const mayChange = async (caller: Caller, id: NoteId): Promise<NonNullable<Caller>> => {
    const person = requirePerson(caller);
    await requireNote(catalogue, caller, id, canRestoreNote);
    return person;
  };
  return new Hono<HttpEnvironment>()
    .get('/notes/:id/acts', noteParams, validate('query', noteActsQuerySchema), async (context) => {
      const { count = null, kinds } = context.req.valid('query');
      const wanted = { count, isOfLocks: kinds === 'locks' };
      const { id } = context.req.valid('param');
      return context.json({ acts: await presentActs(relay, context.var.caller, id, wanted) });
    })
    .get('/notes/:id/versions', noteParams, validate('query', versionListQuerySchema), async (context) => {
      const { id } = context.req.valid('param');
      await mayLook(context.var.caller, id);
      const { before = null, count, kinds } = context.req.valid('query');
      const asked = { before, limit: count, kinds: kinds === undefined ? null : markedKinds };
      const { versions, hasMore, currentSeq, unsaved } = await history.page(id, asked);
      const next = hasMore ? (versions.at(-1)?.id ?? null) : null;
      return context.json({
        versions: await presentVersions(catalogue, versions),
        next,
        currentSeq,
        unsaved,
      });
    })
    .post('/notes/:id/versions', noteParams, validate('json', newVersionSchema), async (context) => {
      const { id } = context.req.valid('param');
      const { name, remark, seq } = context.req.valid('json');
      const person = await mayChange(context.var.caller, id);
      const moment = seq === undefined ? null : await momentOf(relay, id, momentOfSeq(seq));
      if (moment !== null) await mayLook(context.var.caller, id);
      const version =
        moment?.at == null
          ? await history.name(id, person.id, name, remark)
          : await history.nameMoment(id, person.id, { name, remark }, { seq: moment.seq, time: moment.at });
      return context.json(await presentVersion(catalogue, version), 201);
    })
    .patch(
      '/notes/:id/versions/:versionId',
      versionParams,
      validate('json', nameVersionSchema),
      async (context) => {
        const { id, versionId } = context.req.valid('param');
        const person = await mayChange(context.var.caller, id);
        const words = context.req.valid('json');
        const version = await history.renameVersion(id, versionId, person.id, words);
        return context.json(await presentVersion(catalogue, version));
      },
    )
    .get('/notes/:id/versions/:versionId/content', versionParams, async (context) => {
      const { id, versionId } = context.req.valid('param');
      await mayLook(context.var.caller, id);
      const version = await history.get(id, versionId);
      const content = await history.content(id, version);
      return context.json({ version: await presentVersion(catalogue, version), ...content });
    })
    .get('/notes/:id/comparison', noteParams, comparisonQuery, async (context) => {
      const { id } = context.req.valid('param');
      const { from, to } = context.req.valid('query');
      await mayLook(context.var.caller, id);
      const [first, second] = [await momentOf(relay, id, from), await momentOf(relay, id, to)];
      if (first === null) throw new AppError('invalid_request', 'nothing is later than now');
      const { signal } = context.req.raw;
      const comparison = await history.compare(id, first, second, signal);
      return context.json(await presentComparison(catalogue, first, second, comparison));
    })
    .post('/notes/:id/versions/:versionId/copy', versionParams, async (context) => {
      const { id, versionId } = context.req.valid('param');
      const { caller } = context.var;
      await mayLook(caller, id);
      const { seq } = await history.get(id, versionId);
      const copy = await duplicateNote(relay, caller, id, seq);
      return context.json(await presentNotePage(relay, caller, copy), 201);
    })
    .post('/notes/:id/versions/:versionId/restore', versionParams, async (context) => {
      const { id, versionId } = context.req.valid('param');
      const person = await mayChange(context.var.caller, id);
      const { version, undo } = await history.restore(id, versionId, person.id, () =>
        mayChange(context.var.caller, id),
      );
      return context.json({
        version: await presentVersion(catalogue, version),
        undo: await presentVersion(catalogue, undo),
      });
    });
}
