import { AppError } from '#shared/api/errorCodes.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { bodyToProseMirror } from '#shared/document/writeContent.ts';

/** @throws AppError `app_outdated` when a version holds content that this version of the application does not know: writing it would delete that. */
export function requireKnownBody(body: BodyNode): void {
  try {
    bodyToProseMirror(body);
  } catch (cause) {
    throw new AppError('app_outdated', 'the version holds content that this application does not know', {
      cause,
    });
  }
}
