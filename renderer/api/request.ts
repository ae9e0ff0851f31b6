import { getI18n } from 'react-i18next';
import type { z } from 'zod';
import { errorBodySchema } from '#shared/api/common.ts';
import { ApiError, UnreachableError } from './ApiError.ts';
import { noteAsOf } from './asOf.ts';

/** What a call sends: JSON, unless `raw` is given. */
export interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly raw?: Blob;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly signal?: AbortSignal;
  /** It goes on when the page goes away. */
  readonly keepalive?: boolean;
}

function addressOf(path: string, query: RequestOptions['query']): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {}))
    if (value !== undefined) parameters.set(name, String(value));
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}

async function send(path: string, options: RequestOptions): Promise<Response> {
  const body = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  try {
    return await fetch(addressOf(path, options.query), {
      method: options.method ?? 'GET',
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(options.raw === undefined && body !== undefined ? { 'content-type': 'application/json' } : {}),
      },
      ...(body === undefined ? {} : { body }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
      ...(options.keepalive === undefined ? {} : { keepalive: options.keepalive }),
    });
  } catch (error) {
    if (options.signal?.aborted === true) throw error;
    throw new UnreachableError(error);
  }
}

async function failureOf(response: Response): Promise<ApiError> {
  const parsed = errorBodySchema.safeParse(await response.json().catch(() => null));
  return new ApiError(parsed.success ? parsed.data.error.code : 'internal', response.status);
}

/**
 * One call to the relay, its answer parsed at the edge.
 * @param path - from `/api`, ids already encoded (they are base64url).
 * @throws ApiError when the relay refuses, UnreachableError when no answer comes.
 */
export async function request<T>(
  path: string,
  schema: z.ZodType<T>,
  options: RequestOptions = {},
): Promise<T> {
  const response = await send(path, options);
  if (!response.ok) throw await failureOf(response);
  noteAsOf(path, response);
  const parsed = schema.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success) throw new ApiError('internal', response.status);
  return nameAbsent(parsed.data);
}

/** Of who departed only the id is kept, and who is known by an archive or another’s device alone is so by its word: what they are called everywhere is said here, in the interface's language. */
function nameAbsent<T>(answer: T): T {
  if (typeof answer !== 'object' || answer === null) return answer;
  for (const value of Object.values(answer)) nameAbsent(value);
  if ('kind' in answer && answer.kind === 'archived' && 'name' in answer)
    answer.name = getI18n().t('account.archived', { name: String(answer.name) });
  if ('kind' in answer && answer.kind === 'stated' && 'name' in answer && 'statedBy' in answer)
    answer.name = getI18n().t('account.stated', { name: String(answer.name), host: String(answer.statedBy) });
  if ('kind' in answer && answer.kind === 'departed' && 'name' in answer)
    answer.name = getI18n().t('account.leaving.former');
  return answer;
}

/** A call whose answer has no body. Throws as `request` does. */
export async function requestNothing(path: string, options: RequestOptions): Promise<void> {
  const response = await send(path, options);
  if (!response.ok) throw await failureOf(response);
}
