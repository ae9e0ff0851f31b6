/** Width and height in pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** How many pixels there are to decode. */
export function pixelsOf({ width, height }: ImageSize): number {
  return width * height;
}

function jpegSize(view: DataView): ImageSize | null {
  let at = 2;
  while (at + 9 < view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // These two kinds have no length: read as one, the next bytes would lead past the true size to a false one.
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
      at += 2;
      continue;
    }
    // Start of frame, of every coding; C4, C8 and CC are other things.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    }
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}

function webpSize(view: DataView): ImageSize | null {
  const form = String.fromCharCode(
    view.getUint8(12),
    view.getUint8(13),
    view.getUint8(14),
    view.getUint8(15),
  );
  if (form === 'VP8X') {
    const three = (at: number) => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
    return { width: three(24) + 1, height: three(27) + 1 };
  }
  if (form === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1 };
  }
  if (form === 'VP8 ') {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
  }
  return null;
}

/** AVIF writes the size of the picture, of its parts and of its thumbnails in boxes `ispe`: the largest counts. */
function avifSize(view: DataView): ImageSize | null {
  let largest: ImageSize | null = null;
  for (let at = 0; at + 16 <= view.byteLength; at += 1) {
    if (view.getUint32(at) !== 0x69737065) continue;
    const size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
    if (largest === null || pixelsOf(size) > pixelsOf(largest)) largest = size;
  }
  return largest;
}

/**
 * Reads the size that an image's header states. Nothing is decoded.
 * @param head - the first bytes of the file.
 * @returns null where it is not in these bytes, or states nothing sensible.
 */
export function imageSize(type: string, head: Uint8Array): ImageSize | null {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  let size: ImageSize | null = null;
  try {
    if (type === 'image/png') size = { width: view.getUint32(16), height: view.getUint32(20) };
    if (type === 'image/gif') size = { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    if (type === 'image/jpeg') size = jpegSize(view);
    if (type === 'image/webp') size = webpSize(view);
    if (type === 'image/avif') size = avifSize(view);
  } catch {
    // The file ends before its size: the image is broken, and shows as such.
    return null;
  }
  return size !== null && size.width > 0 && size.height > 0 ? size : null;
}
