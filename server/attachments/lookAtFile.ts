import type { AttachmentKind } from '#shared/api/attachments.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import { imageSize, pixelsOf } from './imageSize.ts';
import { sniffType } from './sniffType.ts';

/** An image of more pixels than this would take gigabytes to show (threat model, A15). */
const maxPixels = 100_000_000;

/** What the first bytes of a file tell. */
export interface SeenFile {
  readonly kind: AttachmentKind;
  readonly type: string;
  /** In pixels; null for what is no image. */
  readonly width: number | null;
  readonly height: number | null;
}

/**
 * Looks at a file before it is taken in.
 * @param head - its first bytes: `attachmentHeadBytes` of them, where it is that long.
 * @param announced - the type that its sender states; the bytes decide.
 * @throws AppError `type_not_supported`; `too_large` for an image of too many pixels.
 */
export function lookAtFile(head: Uint8Array, announced: string): SeenFile {
  const found = sniffType(head, announced);
  if (found === null) throw new AppError('type_not_supported', 'not a type that may be uploaded');
  if (found.kind !== 'image') return { ...found, width: null, height: null };
  const size = imageSize(found.type, head);
  if (size === null) throw new AppError('type_not_supported', 'an image that does not say its size');
  if (pixelsOf(size) > maxPixels) throw new AppError('too_large', 'too many pixels');
  return { ...found, ...size };
}
