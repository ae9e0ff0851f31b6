/** Width and height in pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
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

/** AVIF writes its size in a box `ispe`, somewhere in the first kilobytes. */
function avifSize(view: DataView): ImageSize | null {
  for (let at = 0; at + 16 <= view.byteLength; at += 1) {
    if (view.getUint32(at) === 0x69737065)
      return { width: view.getUint32(at + 8), height: view.getUint32(at + 12) };
  }
  return null;
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
