import { ImageRun } from 'docx';
import { attributeNumber, attributeText } from '#shared/document/bodyAccess.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { imageSize } from '../../attachments/imageSize.ts';
import type { BookAsset } from '../BookContent.ts';
import { writable } from './lineToRuns.ts';

/** Pictures that Word draws, by media type. */
const types: Readonly<Record<string, 'png' | 'jpg' | 'gif'>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
};

/** A page is seldom higher: a picture that is would be cut. Pixels. */
const highest = 760;

/**
 * A picture as Word draws it, as wide as people asked, and never wider than the text.
 * @param width - of the block of text, in pixels of 96 to the inch.
 * @returns null for what is no picture, or one of a kind that Word does not know.
 */
export function pictureOf(node: BodyNode, { bytes, mediaType }: BookAsset, width: number): ImageRun | null {
  const type = types[mediaType];
  const size = type === undefined ? null : imageSize(mediaType, bytes);
  if (node.type !== 'image' || type === undefined || size === null) return null;
  if (size.width <= 0 || size.height <= 0) return null;
  const asked = attributeNumber(node, 'width');
  const wanted =
    asked === null ? Math.min(width, size.width) : (width * Math.min(100, Math.max(5, asked))) / 100;
  const scale = Math.min(wanted / size.width, highest / size.height);
  const alt = writable(attributeText(node, 'alt') ?? '');
  return new ImageRun({
    type,
    data: bytes,
    transformation: {
      width: Math.max(1, Math.round(size.width * scale)),
      height: Math.max(1, Math.round(size.height * scale)),
    },
    altText: { name: alt, title: '', description: alt },
  });
}
