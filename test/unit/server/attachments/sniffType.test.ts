import { describe, expect, test } from 'vitest';
import { imageSize } from '#server/attachments/imageSize.ts';
import { sniffType } from '#server/attachments/sniffType.ts';

/** Bytes written as text (one character a byte) and numbers. */
function bytes(...parts: readonly (string | number)[]): Uint8Array {
  return new Uint8Array(
    parts.flatMap((part) =>
      typeof part === 'number' ? [part] : [...part].map((sign) => sign.charCodeAt(0)),
    ),
  );
}

/** The first entry of a zip file, stored. */
function zip(name: string, content: string): Uint8Array {
  const header = new Uint8Array(30);
  const view = new DataView(header.buffer);
  view.setUint32(0, 0x504b0304);
  view.setUint16(18, content.length, true);
  view.setUint16(22, content.length, true);
  view.setUint16(26, name.length, true);
  return new Uint8Array([...header, ...bytes(name, content)]);
}

const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const odt = 'application/vnd.oasis.opendocument.text';
const compound = bytes(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1);

describe('sniffType', () => {
  test.each([
    [bytes(0xff, 0xd8, 0xff, 0xe0), 'image/png', 'image/jpeg'],
    [bytes('GIF89a'), '', 'image/gif'],
    [bytes('RIFF', 0, 0, 0, 0, 'WEBPVP8 '), '', 'image/webp'],
    [bytes('RIFF', 0, 0, 0, 0, 'WAVEfmt '), '', 'audio/wav'],
    [bytes(0, 0, 0, 28, 'ftypavif'), '', 'image/avif'],
    [bytes(0, 0, 0, 28, 'ftypM4A '), '', 'audio/mp4'],
    [bytes(0, 0, 0, 28, 'ftypisom'), '', 'video/mp4'],
    [bytes('OggS'), 'video/ogg', 'video/ogg'],
    [bytes('OggS'), 'application/ogg', 'audio/ogg'],
    [bytes(0x1a, 0x45, 0xdf, 0xa3), 'audio/webm', 'audio/webm'],
    [bytes(0x1a, 0x45, 0xdf, 0xa3), '', 'video/webm'],
    [bytes('fLaC'), '', 'audio/flac'],
    [bytes('ID3'), '', 'audio/mpeg'],
    [bytes(0xff, 0xfb, 0x90), '', 'audio/mpeg'],
    [bytes('%PDF-1.7'), 'text/html', 'application/pdf'],
    [bytes(String.raw`{\rtf1`), '', 'application/rtf'],
    [zip('mimetype', odt), '', odt],
    [zip('mimetype', 'text/html'), odt, 'application/zip'],
    [zip('[Content_Types].xml', ''), docx, docx],
    [zip('photos/', ''), docx, 'application/zip'],
    [compound, 'application/msword', 'application/msword'],
    [bytes('# Titre'), 'text/markdown; charset=utf-8', 'text/markdown'],
    [bytes('pr', 0xe9, 'nom;nom'), 'text/csv', 'text/csv'],
  ])('%s announced as %s is %s', (head, announced, type) => {
    expect(sniffType(head, announced)?.type).toBe(type);
  });

  test.each([
    [bytes('<svg xmlns="http://www.w3.org/2000/svg">'), 'image/svg+xml'],
    [bytes('<!doctype html>'), 'text/html'],
    [bytes('<?xml version="1.0"?>'), 'image/png'],
    [bytes('MZ', 0x90, 0), 'application/octet-stream'],
    [bytes('a', 0, 'b'), 'text/plain'],
    [compound, 'application/octet-stream'],
    [bytes(0, 0, 0, 28, 'ftypxxxx'), 'video/mp4'],
    [bytes(), ''],
  ])('%s announced as %s is nothing that may be uploaded', (head, announced) => {
    expect(sniffType(head, announced)).toBeNull();
  });
});

describe('imageSize', () => {
  test.each([
    ['image/gif', bytes('GIF89a', 4, 0, 3, 0)],
    ['image/jpeg', bytes(0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc2, 0, 17, 8, 0, 3, 0, 4, 0, 0, 0)],
    ['image/webp', bytes('RIFF', 0, 0, 0, 0, 'WEBPVP8X', 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0, 2, 0, 0)],
    ['image/webp', bytes('RIFF', 0, 0, 0, 0, 'WEBPVP8L', 0, 0, 0, 0, 0x2f, 3, 0x80, 0, 0)],
    ['image/webp', bytes('RIFF', 0, 0, 0, 0, 'WEBPVP8 ', 0, 0, 0, 0, 0, 0, 0, 0x9d, 1, 0x2a, 4, 0, 3, 0)],
    ['image/avif', bytes(0, 0, 0, 20, 'ispe', 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 3)],
  ])('%s says its size', (type, head) => {
    expect(imageSize(type, head)).toEqual({ width: 4, height: 3 });
  });

  test('a JPEG cannot hide its size behind a marker without a length, nor an AVIF behind a small thumbnail', () => {
    const frame = (width: number) => [0xff, 0xc0, 0, 17, 8, 0xff, 0xff, width >> 8, width & 255];
    const decoy = [...frame(1), ...Array.from({ length: 20 }, () => 0)];
    const far = Array.from({ length: 0xffc0 - 11 }, () => 0);
    const jpeg = bytes(0xff, 0xd8, 0xff, 0x01, ...frame(0xffff), ...far, ...decoy);
    expect(imageSize('image/jpeg', jpeg)).toEqual({ width: 65_535, height: 65_535 });
    const ispe = (width: number) => bytes(0, 0, 0, 20, 'ispe', 0, 0, 0, 0, 0, 0, width, 0, 0, 0, 0, 3);
    expect(imageSize('image/avif', bytes(...ispe(1), ...ispe(9), ...ispe(2)))).toEqual({
      width: 9 * 256,
      height: 3,
    });
  });

  test.each([
    ['image/png', bytes(0x89, 'PNG')],
    ['image/jpeg', bytes(0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff)],
    ['image/gif', bytes('GIF89a', 0, 0, 3, 0)],
    ['image/webp', bytes('RIFF')],
    ['application/pdf', bytes('%PDF-')],
  ])('%s that is broken, or has none, says nothing', (type, head) => {
    expect(imageSize(type, head)).toBeNull();
  });
});
