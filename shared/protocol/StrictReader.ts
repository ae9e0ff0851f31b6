/** Bytes that no encoder of this protocol writes: truncated, trailing, or a number written longer than it needs. */
export class MalformedError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MalformedError';
  }
}

/**
 * Reads lib0's encoding and accepts only what lib0 writes: canonical variable-length numbers, lengths that fit what is left.
 * Every method throws MalformedError.
 */
export class StrictReader {
  readonly bytes: Uint8Array;
  position: number;
  readonly end: number;

  constructor(bytes: Uint8Array, position = 0, end = bytes.length) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
  }

  get left(): number {
    return this.end - this.position;
  }

  uint8(): number {
    if (this.position >= this.end) throw new MalformedError('ends too early');
    return this.bytes[this.position++] as number;
  }

  varUint(): number {
    let number = 0;
    let factor = 1;
    for (;;) {
      const byte = this.uint8();
      number += (byte & 127) * factor;
      if (byte < 128) {
        if (byte === 0 && factor > 1) throw new MalformedError('a number is longer than it needs');
        break;
      }
      factor *= 128;
      if (factor > 2 ** 49) throw new MalformedError('a number is too large');
    }
    if (number > Number.MAX_SAFE_INTEGER) throw new MalformedError('a number is too large');
    return number;
  }

  /** A signed number; only passed over. */
  skipVarInt(): void {
    let byte = this.uint8();
    let length = 1;
    while (byte >= 128) {
      byte = this.uint8();
      if (++length > 8) throw new MalformedError('a number is too large');
    }
    if (length > 1 && byte === 0) throw new MalformedError('a number is longer than it needs');
  }

  skip(count: number): void {
    if (count > this.left) throw new MalformedError('ends too early');
    this.position += count;
  }

  /** A view, not a copy. */
  varBytes(): Uint8Array {
    const length = this.varUint();
    const start = this.position;
    this.skip(length);
    return this.bytes.subarray(start, start + length);
  }

  varString(): string {
    return decode(this.varBytes());
  }

  /** @throws MalformedError when anything follows. */
  finish(): void {
    if (this.position !== this.end) throw new MalformedError('bytes follow the end');
  }
}

interface Decoder {
  decode(bytes: Uint8Array): string;
}
// `shared` is compiled without the platform's types; every platform that it runs on has this one.
const { TextDecoder } = globalThis as unknown as {
  TextDecoder: new (label: string, options: { fatal: boolean; ignoreBOM: boolean }) => Decoder;
};
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    throw new MalformedError(error instanceof Error ? error.message : 'not UTF-8');
  }
}
