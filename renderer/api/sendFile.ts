import type { z } from 'zod';
import { errorBodySchema } from '#shared/api/common.ts';
import { ApiError, UnreachableError } from './ApiError.ts';

/**
 * Sends bytes to the relay, telling how far it is. (`fetch` cannot tell what was sent.)
 * @param path - from `/api`, with its query.
 * @param onProgress - share sent so far, 0 to 1.
 * @throws ApiError `too_large`, `type_not_supported`…; UnreachableError; an AbortError when `signal` stops it.
 */
export function sendFile<T>(
  path: string,
  file: Blob,
  schema: z.ZodType<T>,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    request.responseType = 'json';
    request.setRequestHeader('content-type', file.type === '' ? 'application/octet-stream' : file.type);
    const stop = (): void => request.abort();
    signal.addEventListener('abort', stop, { once: true });
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable && event.total > 0) onProgress(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) {
        const answer = schema.safeParse(request.response);
        if (answer.success) resolve(answer.data);
        else reject(new ApiError('internal', request.status));
        return;
      }
      const body = errorBodySchema.safeParse(request.response);
      reject(new ApiError(body.success ? body.data.error.code : 'internal', request.status));
    });
    request.addEventListener('error', () => reject(new UnreachableError(null)));
    request.addEventListener('abort', () => reject(new DOMException('The upload was stopped', 'AbortError')));
    request.addEventListener('loadend', () => signal.removeEventListener('abort', stop));
    if (signal.aborted) {
      reject(new DOMException('The upload was stopped', 'AbortError'));
      return;
    }
    request.send(file);
  });
}
