import { Hono } from 'hono';
import { z } from 'zod';
import { noteIdSchema } from '#shared/api/common.ts';
import {
  agreedTakeBackSchema,
  densityQuerySchema,
  type MomentQuery,
  momentQuerySchema,
  pastSearchQuerySchema,
  rowsQuerySchema,
  sittingsQuerySchema,
  takeBackSchema,
  wantedMomentSchema,
  wantedPassageSchema,
  whoQuerySchema,
} from '#shared/api/history.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { momentOfSeq } from '#shared/api/versions.ts';
import { canRestoreNote, canSeeNoteHistory } from '#shared/permissions/permissions.ts';
import { requireNote, requirePerson } from '../../access.ts';
import type { Caller } from '../../Caller.ts';
import { duplicateNote } from '../../operations/duplicateNote.ts';
import type { AskedMoment } from '../../history/Past.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import {
  presentAuthorship,
  presentMoment,
  presentRows,
  presentSittings,
  presentSearch,
  presentTakeBack,
} from '../presentHistory.ts';
import { momentOf as knownMoment } from '../momentOf.ts';
import { presentNotePage } from '../presentNotes.ts';
import { presentVersion } from '../presentVersions.ts';
import { validate } from '../validate.ts';

const noteParams = validate('param', z.object({ id: noteIdSchema }));
const momentQuery = validate('query', momentQuerySchema);

/** The past of a note, row by row, for who may see deleted text. */
export function historyRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const { catalogue } = relay;
  const { past } = relay.history;
  const mayLook = (caller: Caller, id: NoteId): Promise<unknown> =>
    requireNote(catalogue, caller, id, canSeeNoteHistory);
  const mayChange = async (caller: Caller, id: NoteId): Promise<NonNullable<Caller>> => {
    const person = requirePerson(caller);
    await requireNote(catalogue, caller, id, (role) => canSeeNoteHistory(role) && canRestoreNote(role));
    return person;
  };
  /** @throws AppError `invalid_request` for a row that is not there. */
  const requireRow = (id: NoteId, seq: number): Promise<unknown> => knownMoment(relay, id, momentOfSeq(seq));
  return new Hono<HttpEnvironment>()
    .get('/notes/:id/history/content', noteParams, momentQuery, async (context) => {
      const { id } = context.req.valid('param');
      await mayLook(context.var.caller, id);
      const found = await past.content(id, momentOf(context.req.valid('query')), context.req.raw.signal);
      return context.json(await presentMoment(catalogue, found));
    })
    .get('/notes/:id/history/authorship', noteParams, momentQuery, async (context) => {
      const { id } = context.req.valid('param');
      await mayLook(context.var.caller, id);
      const found = await past.authorship(id, momentOf(context.req.valid('query')), context.req.raw.signal);
      return context.json(await presentAuthorship(catalogue, found));
    })
    .get('/notes/:id/history/who', noteParams, validate('query', whoQuerySchema), async (context) => {
      const { id } = context.req.valid('param');
      await mayLook(context.var.caller, id);
      const { start, end, from = 0, to = 0, ...query } = context.req.valid('query');
      const moment = momentOf(query);
      const passage =
        start !== undefined && end !== undefined
          ? { start, end }
          : moment === null
            ? { from, to }
            : { moment, from, to };
      return context.json(
        await presentAuthorship(catalogue, await past.who(id, passage, context.req.raw.signal)),
      );
    })
    .get(
      '/notes/:id/history/sittings',
      noteParams,
      validate('query', sittingsQuerySchema),
      async (context) => {
        const { id } = context.req.valid('param');
        await mayLook(context.var.caller, id);
        const { before = null, count } = context.req.valid('query');
        // Who opens the timeline looks at a moment next.
        if (before === null) past.prepare(id);
        return context.json(await presentSittings(catalogue, await past.sittings(id, before, count)));
      },
    )
    .get('/notes/:id/history/density', noteParams, validate('query', densityQuerySchema), async (context) => {
      const { id } = context.req.valid('param');
      await mayLook(context.var.caller, id);
      const { buckets, from = null, to = null } = context.req.valid('query');
      return context.json(await past.density(id, buckets, { from, to }));
    })
    .get(
      '/notes/:id/history/search',
      noteParams,
      validate('query', pastSearchQuerySchema),
      async (context) => {
        const { id } = context.req.valid('param');
        await mayLook(context.var.caller, id);
        const { text, count } = context.req.valid('query');
        const found = await past.search(id, text, count, context.req.raw.signal);
        return context.json(await presentSearch(catalogue, found));
      },
    )
    .post(
      '/notes/:id/history/take-back/preview',
      noteParams,
      validate('json', takeBackSchema),
      async (context) => {
        const { id } = context.req.valid('param');
        await mayChange(context.var.caller, id);
        const plan = await past.planTakeBack(id, context.req.valid('json'), context.req.raw.signal);
        return context.json(await presentTakeBack(catalogue, plan));
      },
    )
    .post(
      '/notes/:id/history/take-back',
      noteParams,
      validate('json', agreedTakeBackSchema),
      async (context) => {
        const { id } = context.req.valid('param');
        const person = await mayChange(context.var.caller, id);
        const { version, undo } = await relay.history.takeBack(id, person.id, context.req.valid('json'));
        return context.json({
          version: await presentVersion(catalogue, version),
          undo: await presentVersion(catalogue, undo),
        });
      },
    )
    .post('/notes/:id/history/restore', noteParams, validate('json', wantedMomentSchema), async (context) => {
      const { id } = context.req.valid('param');
      const person = await mayChange(context.var.caller, id);
      const { seq } = context.req.valid('json');
      await requireRow(id, seq);
      const { version, undo } = await relay.history.restore(id, { seq }, person.id, () =>
        mayChange(context.var.caller, id),
      );
      return context.json({
        version: await presentVersion(catalogue, version),
        undo: await presentVersion(catalogue, undo),
      });
    })
    .post(
      '/notes/:id/history/put-back',
      noteParams,
      validate('json', wantedPassageSchema),
      async (context) => {
        const { id } = context.req.valid('param');
        const person = await mayChange(context.var.caller, id);
        const passage = context.req.valid('json');
        await requireRow(id, passage.seq);
        return context.json({ seq: await relay.history.putBack(id, person.id, passage) });
      },
    )
    .post('/notes/:id/history/copy', noteParams, validate('json', wantedMomentSchema), async (context) => {
      const { id } = context.req.valid('param');
      const { caller } = context.var;
      await mayLook(caller, id);
      const { seq } = context.req.valid('json');
      await requireRow(id, seq);
      const copy = await duplicateNote(relay, caller, id, seq);
      return context.json(await presentNotePage(relay, caller, copy), 201);
    })
    .get('/notes/:id/history/rows', noteParams, validate('query', rowsQuerySchema), async (context) => {
      const { id } = context.req.valid('param');
      await mayLook(context.var.caller, id);
      const { from, to } = context.req.valid('query');
      return context.json(await presentRows(catalogue, await past.rows(id, from, to)));
    });
}

function momentOf({ seq, at }: MomentQuery): AskedMoment {
  if (seq !== undefined) return { seq };
  return at === undefined ? null : { at };
}
