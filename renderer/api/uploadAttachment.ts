import { type Attachment, attachmentSchema } from '#shared/api/attachments.ts';
import { errorBodySchema } from '#shared/api/common.ts';
import { ApiError, UnreachableError } from './ApiError.ts';

/**
 * Sends a file's bytes to the relay, telling how far it is. (`fetch` cannot tell what was sent.)
 * @param onProgress - share sent so far, 0 to 1.
 * @throws ApiError `too_large`, `type_not_supported`…; UnreachableError; an AbortError when `signal` stops it.
 */
export function uploadAttachment(
  noteId: string,
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ note: noteId, name: file.name });
    request.open('POST', `/api/attachments?${query.toString()}`);
    request.responseType = 'json';
    request.setRequestHeader('content-type', file.type === '' ? 'application/octet-stream' : file.type);
    const stop = (): void => request.abort();
    signal.addEventListener('abort', stop, { once: true });
    request.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable && event.total > 0) onProgress(event.loaded / event.total);
    });
    request.addEventListener('load', () => {
      if (request.status >= 200 && request.status < 300) {
        const attachment = attachmentSchema.safeParse(request.response);
        if (attachment.success) resolve(attachment.data);
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
