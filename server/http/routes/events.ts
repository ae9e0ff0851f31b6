import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import type { RelayEvent } from '#shared/api/events.ts';
import type { CollectionId, NoteId } from '#shared/domain/ids.ts';
import { canDiscussNote } from '#shared/permissions/permissions.ts';
import { collectionsOf, requirePerson, roleOnCollection, roleOnNote } from '../../access.ts';
import { type Caller, loadCaller } from '../../Caller.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';

const keepAliveMs = 20_000;
/** Events of the same thing within this time are told once. */
const gatherMs = 100;

async function mayKnow(relay: HttpRelay, caller: Caller, event: RelayEvent): Promise<boolean> {
  if (event.type === 'lists' || event.type === 'homes' || event.type === 'community') return true;
  if (event.type === 'meeting') return caller?.kind === 'local';
  if (event.type === 'notices') return event.id === caller?.id;
  if (event.type === 'carnet' || event.type === 'base') {
    const collection = await collectionsOf(relay.catalogue, event.type).get(event.id as CollectionId);
    return collection !== null && roleOnCollection(caller, collection) !== 'none';
  }
  const note = await relay.catalogue.notes.get(event.id as NoteId);
  if (note === null) return false;
  const role = roleOnNote(caller, note);
  if (event.type === 'threads') return canDiscussNote(role);
  return event.type === 'versions' ? role === 'author' : role !== 'none';
}

/** What changed, as it changes, for who is looking. */
export function eventRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  return new Hono<HttpEnvironment>().get('/events', (context) => {
    const caller = requirePerson(context.var.caller);
    context.header('X-Accel-Buffering', 'no');
    return streamSSE(context, async (stream) => {
      const ended = Promise.withResolvers<void>();
      const waiting = new Map<string, RelayEvent>();
      let timer: NodeJS.Timeout | null = null;
      const flush = async (): Promise<void> => {
        timer = null;
        const events = [...waiting.values()];
        waiting.clear();
        // Asked again each time: they may have left a community since.
        const now = await loadCaller(relay.catalogue, caller.id);
        for (const event of events) {
          if (await mayKnow(relay, now, event)) await stream.writeSSE({ data: JSON.stringify(event) });
        }
      };
      const fail = (error: unknown): void => {
        relay.logger.warn({ err: error }, 'an event could not be told');
        ended.resolve();
      };
      const stop = relay.events.subscribe((event) => {
        waiting.set(JSON.stringify(event), event);
        timer ??= setTimeout(() => {
          flush().catch(fail);
        }, gatherMs);
      });
      const alive = setInterval(() => {
        stream.write(': alive\n\n').catch(fail);
      }, keepAliveMs);
      stream.onAbort(ended.resolve);
      const stopWaiting = relay.accounts.onEnded((id) => {
        if (id === context.var.session?.id) ended.resolve();
      });
      if (context.var.session !== null && relay.accounts.hasEnded(context.var.session.id)) ended.resolve();
      relay.stopping.addEventListener('abort', () => ended.resolve(), { once: true });
      // A first comment, so that the browser knows at once that the line is open.
      await stream.write(': open\n\n');
      await ended.promise;
      stop();
      stopWaiting();
      clearInterval(alive);
      if (timer !== null) clearTimeout(timer);
    });
  });
}
