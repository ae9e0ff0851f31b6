import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { PersonId } from '#shared/domain/ids.ts';

/** Nothing that is packed is larger, whatever its bytes say. */
const maxUnpackedBytes = 2 ** 30;
/** More costs much time and saves little: columns of differences are mostly the same few bytes. */
const level = 3;

/** What was packed: people stand in the bytes by their place here. */
export interface Packed {
  readonly people: readonly PersonId[];
  readonly bytes: Uint8Array;
}

/**
 * Packs columns of numbers, one after the other: each as the differences from number to number, which are mostly the same, and all in one zstd frame. What is written is read in the same order. Each number takes four or eight bytes
 * before that: a million of them are read in some milliseconds.
 */
export class PackWriter {
  readonly #parts: Uint8Array[] = [];
  readonly #places = new Map<PersonId, number>();

  /** @param values - from 0 to 2^32 - 1. @throws RangeError for others. */
  integers(values: ArrayLike<number>): void {
    const differences = new Int32Array(values.length);
    let last = 0;
    for (let at = 0; at < values.length; at += 1) {
      const value = values[at] as number;
      if (value !== value >>> 0) throw new RangeError(`${value} cannot be packed`);
      differences[at] = value - last;
      last = value;
    }
    this.bytes(new Uint8Array(differences.buffer));
  }

  /** @param values - whole numbers up to 2^52 either way. */
  numbers(values: readonly number[]): void {
    let last = 0;
    const differences = Float64Array.from(values, (value) => {
      const difference = value - last;
      last = value;
      return difference;
    });
    this.bytes(new Uint8Array(differences.buffer));
  }

  people(values: readonly (PersonId | null)[]): void {
    this.integers(values.map((person) => this.#placeOf(person)));
  }

  json(value: unknown): void {
    this.bytes(new TextEncoder().encode(JSON.stringify(value)));
  }

  bytes(bytes: Uint8Array): void {
    this.#parts.push(new Uint8Array(Uint32Array.of(bytes.length).buffer), bytes);
  }

  finish(): Packed {
    const compressed = zstdCompressSync(Buffer.concat(this.#parts), {
      params: { [constants.ZSTD_c_compressionLevel]: level, [constants.ZSTD_c_checksumFlag]: 1 },
    });
    return { people: [...this.#places.keys()], bytes: new Uint8Array(compressed) };
  }

  #placeOf(person: PersonId | null): number {
    if (person === null) return 0;
    const known = this.#places.get(person);
    if (known !== undefined) return known;
    const place = this.#places.size + 1;
    this.#places.set(person, place);
    return place;
  }
}

/** Reads what a `PackWriter` wrote. @throws Error where it is something else, or damaged: the frame has a checksum. */
export class PackReader {
  readonly #bytes: Uint8Array;
  readonly #people: readonly PersonId[];
  #at = 0;

  constructor({ people, bytes }: Packed) {
    this.#bytes = zstdDecompressSync(bytes, { maxOutputLength: maxUnpackedBytes });
    this.#people = people;
  }

  /** @param count - how many there must be; default: however many there are. */
  integers(count?: number): number[] {
    const differences = new Int32Array(this.#aligned(4, count));
    const values: number[] = [];
    let last = 0;
    for (let at = 0; at < differences.length; at += 1)
      values.push((last = (last + (differences[at] as number)) >>> 0));
    return values;
  }

  numbers(count?: number): number[] {
    const differences = new Float64Array(this.#aligned(8, count));
    const values: number[] = [];
    let last = 0;
    for (let at = 0; at < differences.length; at += 1) values.push((last += differences[at] as number));
    return values;
  }

  people(count?: number): (PersonId | null)[] {
    return this.integers(count).map((place) => {
      if (place > this.#people.length) throw new RangeError('somebody is packed who is not named');
      return this.#people[place - 1] ?? null;
    });
  }

  json(): unknown {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(this.bytes()));
  }

  /** A view. */
  bytes(): Uint8Array {
    const start = this.#at + 4;
    const end = start + new DataView(this.#take(this.#at, start)).getUint32(0, true);
    if (end > this.#bytes.length) throw new RangeError('a column ends too early');
    this.#at = end;
    return this.#bytes.subarray(start, end);
  }

  #aligned(size: number, count: number | undefined): ArrayBuffer {
    const { byteOffset, byteLength, buffer } = this.bytes();
    if (byteLength % size !== 0 || (count !== undefined && byteLength !== count * size))
      throw new RangeError('a column has another length');
    return buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer;
  }

  #take(from: number, to: number): ArrayBuffer {
    if (to > this.#bytes.length) throw new RangeError('a column is missing');
    const { buffer, byteOffset } = this.#bytes;
    return buffer.slice(byteOffset + from, byteOffset + to) as ArrayBuffer;
  }
}
