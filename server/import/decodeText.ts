/** Bytes as text: by their mark, else UTF-8, else what Windows programs of the West write. Ends of lines become `\n`; signs that no text holds are left out. */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const sixteen =
    first === 0xff && second === 0xfe ? 'utf-16le' : first === 0xfe && second === 0xff ? 'utf-16be' : null;
  return read(bytes, sixteen)
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '');
}

function read(bytes: Uint8Array, sixteen: string | null): string {
  if (sixteen !== null) return new TextDecoder(sixteen).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
