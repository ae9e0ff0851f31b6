/** Grows as it is written; read only when it is whole. */
export class ColumnWriter {
  private buffer = new Uint8Array(256);
  private size = 0;

  get length(): number {
    return this.size;
  }

  byte(value: number): void {
    if (this.size === this.buffer.length) this.grow(this.size + 1);
    this.buffer[this.size++] = value;
  }

  /** @param value - a natural number, up to 2^53 − 1. */
  number(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.byte((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.byte(rest);
  }

  bytes(bytes: Uint8Array): void {
    if (this.size + bytes.length > this.buffer.length) this.grow(this.size + bytes.length);
    this.buffer.set(bytes, this.size);
    this.size += bytes.length;
  }

  /** A view, good until more is written. */
  get written(): Uint8Array {
    return this.buffer.subarray(0, this.size);
  }

  private grow(least: number): void {
    const larger = new Uint8Array(Math.max(least, this.buffer.length * 2));
    larger.set(this.buffer);
    this.buffer = larger;
  }
}

/** @throws RangeError when more is read than there is, or a number is too large. */
export class ColumnReader {
  private readonly buffer: Uint8Array;
  private position = 0;

  constructor(buffer: Uint8Array) {
    this.buffer = buffer;
  }

  get isAtEnd(): boolean {
    return this.position === this.buffer.length;
  }

  byte(): number {
    const value = this.buffer[this.position++];
    if (value === undefined) throw new RangeError('a column ends too early');
    return value;
  }

  number(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) break;
      factor *= 128;
    }
    if (value > Number.MAX_SAFE_INTEGER) throw new RangeError('a number in a column is too large');
    return value;
  }

  /** A view. */
  bytes(length: number): Uint8Array {
    const start = this.position;
    if (start + length > this.buffer.length) throw new RangeError('a column ends too early');
    this.position = start + length;
    return this.buffer.subarray(start, this.position);
  }

  /** All that is left, as a view. */
  rest(): Uint8Array {
    return this.bytes(this.buffer.length - this.position);
  }
}

/** Whole numbers as natural ones, small either way: 0, −1, 1, −2… @throws RangeError beyond 2^52. */
export function toNatural(value: number): number {
  if (Math.abs(value) > 2 ** 52) throw new RangeError('a difference is too large');
  return value < 0 ? -2 * value - 1 : 2 * value;
}

export const fromNatural = (value: number): number => (value % 2 === 0 ? value / 2 : -(value + 1) / 2);
