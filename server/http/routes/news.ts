import { Hono } from 'hono';
import { z } from 'zod';
import { noteIdSchema } from '#shared/api/common.ts';
import { readMarkSchema } from '#shared/api/news.ts';
import type { NoteId, PersonId } from '#shared/domain/ids.ts';
import { canSeeNoteHistory } from '#shared/permissions/permissions.ts';
import { requireNote, requirePerson } from '../../access.ts';
import type { Caller } from '../../Caller.ts';
import { noteNews } from '../../history/noteNews.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { presentPeople } from '../presentPeople.ts';
import { validate } from '../validate.ts';

const noteParams = validate('param', z.object({ id: noteIdSchema }));
const newsQuery = validate('query', z.object({ after: z.coerce.number().int().nonnegative().optional() }));

/** Most rows of their own that somebody may have written since they last heard where they were: an editor hears it every few seconds. */
const mostOwnRows = 1_000;

/** The last of a person's own rows that follow one without a break, or that one: what they wrote they have read. */
async function pastOwnRows(
  log: HttpRelay['log'],
  note: NoteId,
  seq: number,
  person: PersonId,
): Promise<number> {
  const rows = await log.read(note, seq, seq + mostOwnRows);
  const other = rows.findIndex((row) => row.person !== person);
  return (other === -1 ? rows : rows.slice(0, other)).at(-1)?.seq ?? seq;
}

/** What changed in a note since somebody last read it, and how far they read: for who may see the history. */
export function newsRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const { catalogue, log, now } = relay;
  const mayLook = async (caller: Caller, id: NoteId): Promise<NonNullable<Caller>> => {
    const person = requirePerson(caller);
    await requireNote(catalogue, caller, id, canSeeNoteHistory);
    return person;
  };
  return new Hono<HttpEnvironment>()
    .get('/notes/:id/news', noteParams, newsQuery, async (context) => {
      const { id } = context.req.valid('param');
      const { after } = context.req.valid('query');
      const person = await mayLook(context.var.caller, id);
      const [mark, head] = await Promise.all([catalogue.readMarks.get(person.id, id), log.head(id)]);
      // A row of another epoch says nothing about those of this one.
      const isKnown = mark !== null && mark.epoch === head?.epoch;
      const from = after ?? (isKnown ? mark.seq : null);
      const news = from === null ? null : await noteNews(relay, id, person.id, from, context.req.raw.signal);
      if (news === null) return context.json({ news });
      const known = await catalogue.persons.getMany([...news.people]);
      const since = after === undefined && isKnown ? mark.at : null;
      return context.json({ news: { ...news, since, people: presentPeople(news.people, known) } });
    })
    .put('/notes/:id/read', noteParams, validate('json', readMarkSchema), async (context) => {
      const { id } = context.req.valid('param');
      const person = await mayLook(context.var.caller, id);
      const head = await log.head(id);
      if (head !== null) {
        const seq = await pastOwnRows(log, id, Math.min(context.req.valid('json').seq, head.seq), person.id);
        await catalogue.readMarks.set(person.id, { note: id, epoch: head.epoch, seq, at: now() });
      }
      return context.body(null, 204);
    });
}
