import type { Context, MiddlewareHandler } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { AppError } from '#shared/api/errorCodes.ts';
import { asOfHeader } from '#shared/api/homes.ts';
import { isId } from '#shared/domain/ids.ts';
import type { CollectionId, DocumentId } from '#shared/domain/ids.ts';
import { requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import type { HomeAnswers, ShownAnswer } from '../mirror/HomeAnswers.ts';
import type { MirrorFace } from '../mirror/MirrorFace.ts';
import type { HttpEnvironment } from './environment.ts';

/** Of a note, a carnet or a base: what its home alone decides, or knows better. Text, history, search, export and files are here. */
const homePaths =
  /^\/api\/(?:(?:notes\/([\w-]{22})(\/(?:untrash|lock|author-candidates|authors|readers|edit-requests|messages|mentionable|threads)(?:\/.*)?)?)|(?:(?:carnets|bases)\/([\w-]{22})(\/(?:untrash|candidates|people|entries)(?:\/.*)?)?))$/;

/** What a home says of a carnet, with what was put into it here and is not placed there yet. @see unplacedEntries */
export type WithUnplaced = (caller: Caller, id: CollectionId, body: string) => Promise<string>;

/** Puts an answer of a home on a response. */
export function showAnswer(context: Context<HttpEnvironment>, { status, body, asOf }: ShownAnswer): Response {
  if (asOf !== null) context.header(asOfHeader, new Date(asOf).toISOString());
  if (body === '') return context.body(null, status as 204);
  context.header('content-type', 'application/json');
  return context.body(body, status as ContentfulStatusCode);
}

/** Asks the home of a document of which this computer keeps a copy what the home knows better. */
export function homeProxy(
  answers: HomeAnswers,
  mirror: Pick<MirrorFace, 'state'>,
  withUnplaced: WithUnplaced = (_caller, _id, body) => Promise.resolve(body),
): MiddlewareHandler<HttpEnvironment> {
  return async (context, next) => {
    const { path, method } = context.req;
    const [, note, ofNote, collection, ofCollection] = homePaths.exec(path) ?? [];
    const id = note ?? collection;
    const state = isId(id) ? mirror.state(id as DocumentId) : null;
    // What the home never saw is known here alone.
    if (state === null || state.lastContact === null) return next();
    // It would be asked as the person of this computer: a guest of a meeting has what is here.
    if (requirePerson(context.var.caller).meeting !== undefined) return next();
    const { search } = new URL(context.req.url);
    if (method !== 'GET') {
      const body = await context.req.text();
      return showAnswer(context, await answers.change(state.relay, path + search, { method, body }));
    }
    const isSheet = (ofNote ?? ofCollection) === undefined;
    try {
      const answer = await answers.read(state.relay, path + search);
      // The copy stays until the mirror knows why.
      if (answer.status < 400 && isSheet && note === undefined) {
        const body = await withUnplaced(context.var.caller, id as CollectionId, answer.body);
        return showAnswer(context, { ...answer, body });
      }
      if (answer.status < 400 || !isSheet) return showAnswer(context, answer);
    } catch (error) {
      if (!isSheet || !(error instanceof AppError)) throw error;
    }
    context.header(asOfHeader, new Date(state.lastContact).toISOString());
    return next();
  };
}
