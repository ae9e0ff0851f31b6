import { type AttachmentKind, attachmentTypes } from '#shared/api/attachments.ts';

function ascii(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}

function startsWith(bytes: Uint8Array, ...start: readonly number[]): boolean {
  return start.every((byte, at) => bytes[at] === byte);
}

/** ISO media (MP4 and its kin) name their brand after `ftyp`. */
function sniffIsoMedia(bytes: Uint8Array): string | null {
  if (ascii(bytes, 4, 4) !== 'ftyp') return null;
  const brand = ascii(bytes, 8, 4);
  if (brand === 'avif' || brand === 'avis') return 'image/avif';
  if (brand === 'M4A ' || brand === 'M4B ') return 'audio/mp4';
  if (/^(isom|iso[2-9]|mp4[12]|avc1|M4V |dash|MSNV|qt {2})$/.test(brand)) return 'video/mp4';
  return null;
}

function sniffRiff(bytes: Uint8Array): string | null {
  if (ascii(bytes, 0, 4) !== 'RIFF') return null;
  const form = ascii(bytes, 8, 4);
  return form === 'WEBP' ? 'image/webp' : form === 'WAVE' ? 'audio/wav' : null;
}

const openDocuments: ReadonlySet<string> = new Set(
  attachmentTypes.file.filter((type) => type.includes('opendocument')),
);

/** Zip files: OpenDocument names its type in its first entry, Office Open XML by the folders it holds. */
function sniffZip(bytes: Uint8Array, announced: string): string | null {
  if (!startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return null;
  const nameLength = (bytes[26] ?? 0) | ((bytes[27] ?? 0) << 8);
  const extraLength = (bytes[28] ?? 0) | ((bytes[29] ?? 0) << 8);
  if (ascii(bytes, 30, nameLength) === 'mimetype') {
    const size = (bytes[22] ?? 0) | ((bytes[23] ?? 0) << 8);
    const type = ascii(bytes, 30 + nameLength + extraLength, Math.min(size, 100));
    return openDocuments.has(type) ? type : 'application/zip';
  }
  const office = announced.startsWith('application/vnd.openxmlformats-officedocument.');
  const first = ascii(bytes, 30, Math.min(nameLength, 40));
  if (office && /^(\[Content_Types\]\.xml|_rels\/|docProps\/|word\/|xl\/|ppt\/)/.test(first))
    return announced;
  return 'application/zip';
}

/** The old Office files share one container, so that the announced type tells which. */
function sniffCompound(bytes: Uint8Array, announced: string): string | null {
  if (!startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1)) return null;
  const known = ['application/msword', 'application/vnd.ms-excel', 'application/vnd.ms-powerpoint'];
  return known.includes(announced) ? announced : null;
}

function sniffText(bytes: Uint8Array, announced: string): string | null {
  if (!['text/plain', 'text/csv', 'text/markdown'].includes(announced)) return null;
  if (bytes.includes(0)) return null;
  try {
    // A character may be cut at the end of what was read.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return announced;
  } catch {
    // Latin-1 texts are still written by spreadsheets; without control bytes they are text.
    return bytes.every((byte) => byte >= 0x20 || byte === 9 || byte === 10 || byte === 13) ? announced : null;
  }
}

function sniffMedia(bytes: Uint8Array, announced: string): string | null {
  if (ascii(bytes, 0, 4) === 'OggS') return announced === 'video/ogg' ? 'video/ogg' : 'audio/ogg';
  if (startsWith(bytes, 0x1a, 0x45, 0xdf, 0xa3))
    return announced === 'audio/webm' ? 'audio/webm' : 'video/webm';
  if (ascii(bytes, 0, 4) === 'fLaC') return 'audio/flac';
  if (ascii(bytes, 0, 3) === 'ID3') return 'audio/mpeg';
  if (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2) return 'audio/mpeg';
  return null;
}

/**
 * The type of a file, from its bytes; what the sender announced only decides between types that share a form. SVG and HTML have none: they are never accepted.
 * @param head - the first bytes of the file, at least 64 of them where it is that long.
 * @returns null for what may not be uploaded.
 */
export function sniffType(
  head: Uint8Array,
  announced: string,
): { type: string; kind: AttachmentKind } | null {
  const said = announced.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const type =
    (startsWith(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a) ? 'image/png' : null) ??
    (startsWith(head, 0xff, 0xd8, 0xff) ? 'image/jpeg' : null) ??
    (/^GIF8[79]a$/.test(ascii(head, 0, 6)) ? 'image/gif' : null) ??
    (ascii(head, 0, 5) === '%PDF-' ? 'application/pdf' : null) ??
    (ascii(head, 0, 5) === String.raw`{\rtf` ? 'application/rtf' : null) ??
    sniffRiff(head) ??
    sniffIsoMedia(head) ??
    sniffZip(head, said) ??
    sniffCompound(head, said) ??
    sniffMedia(head, said) ??
    sniffText(head, said);
  if (type === null) return null;
  for (const [kind, types] of Object.entries(attachmentTypes)) {
    if ((types as readonly string[]).includes(type)) return { type, kind: kind as AttachmentKind };
  }
  return null;
}
