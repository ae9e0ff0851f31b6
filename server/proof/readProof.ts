import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { AppError } from '#shared/api/errorCodes.ts';
import type { ChainedRow } from '../backup/diagnoseRows.ts';
import type { ThinStatement } from '../storage/journal/ThinStatement.ts';
import type { Segment } from '../storage/ports/Segment.ts';
import {
  lineDigest,
  type ProofHeader,
  proofHeaderSchema,
  proofLineSchema,
  type ReadProofLine,
  type Sealed,
} from './proofFile.ts';

type Part<Name extends string> = Extract<ReadProofLine, Record<Name, unknown>>[Name &
  keyof Extract<ReadProofLine, Record<Name, unknown>>];

/** A range of which one update is left, and what the relay said of it. */
export interface ThinnedRange {
  readonly segment: Omit<Segment, 'statement'>;
  readonly statement: ThinStatement;
}

/** What a file says, whether it is true or not. */
export interface ReadProof {
  readonly header: ProofHeader;
  readonly content: unknown;
  /** In the order of the file. */
  readonly rows: readonly (ChainedRow & { readonly digest: Uint8Array })[];
  readonly thinned: readonly ThinnedRange[];
  readonly heads: readonly Part<'head'>[];
  readonly people: Part<'people'>;
  readonly seal: Part<'seal'> | null;
  /** Digests of the lines as they stand there. */
  readonly found: Sealed;
}

/**
 * Reads the file of a proof, gzip or plain.
 * @param maxBytes - of its text; a longer one is refused.
 * @throws AppError `invalid_request`, its message a sentence for people that names the line.
 */
export async function readProof(file: string, maxBytes: number = mostBytes): Promise<ReadProof> {
  const lines = await linesOf(file, maxBytes);
  let number = 1;
  const parsed = <T>(read: (value: unknown) => T, line: string): T => {
    try {
      return read(JSON.parse(line));
    } catch (cause) {
      throw new AppError('invalid_request', `Line ${number} of the file cannot be read.`, { cause });
    }
  };
  const [first = ''] = lines;
  if (!first.startsWith('{"format":"calepin proof '))
    throw new AppError('invalid_request', 'This is no proof of Calepin.');
  const header = parsed((value) => proofHeaderSchema.parse(value), first);
  const { document } = header;
  const rows: (ChainedRow & { digest: Uint8Array })[] = [];
  const thinned: ThinnedRange[] = [];
  const heads: Part<'head'>[] = [];
  const none = new Uint8Array();
  let [content, people, seal]: [unknown, Part<'people'>, Part<'seal'> | null] = [null, [], null];
  let found: Sealed = { header: lineDigest(first), content: none, people: none };
  for (const line of lines.slice(1)) {
    number += 1;
    const part = parsed((value) => proofLineSchema.parse(value), line);
    if ('row' in part) {
      const { update: bytes, digest, ...columns } = part.row;
      rows.push({ row: { document, ...columns, bytes }, digest });
    } else if ('thinned' in part) {
      const { first: from, last, digest, update: bytes, ...statement } = part.thinned;
      thinned.push({
        segment: { document, first: from, last, digest, bytes },
        statement: { ...statement, isPacked: false },
      });
    } else if ('head' in part) heads.push(part.head);
    else if ('seal' in part) seal = part.seal;
    else if ('people' in part) {
      people = part.people;
      found = { ...found, people: lineDigest(line) };
    } else {
      content = part.content;
      found = { ...found, content: lineDigest(line) };
    }
  }
  return { header, content, rows, thinned, heads, people, seal, found };
}

/** Longest text that is read, in bytes: some ten million rows. */
const mostBytes = 2 ** 32;

async function linesOf(file: string, maxBytes: number): Promise<string[]> {
  const lines: string[] = [];
  try {
    const start = await open(file);
    const { buffer } = await start.read(Buffer.alloc(2), 0, 2, 0);
    await start.close();
    const isPacked = buffer[0] === 0x1f && buffer[1] === 0x8b;
    const unpack = isPacked ? createGunzip() : new PassThrough();
    await pipeline(createReadStream(file), unpack, async (text: AsyncIterable<Buffer>) => {
      let [rest, bytes] = ['', 0];
      const decoder = new TextDecoder('utf-8', { fatal: true });
      for await (const part of text) {
        bytes += part.length;
        if (bytes > maxBytes) throw new RangeError('longer than any proof');
        const [begun = '', ...more] = decoder.decode(part, { stream: true }).split('\n');
        rest += begun;
        for (const next of more) {
          lines.push(rest);
          rest = next;
        }
      }
      if (rest !== '') lines.push(rest);
    });
  } catch (cause) {
    throw new AppError('invalid_request', `The file ${file} cannot be read whole.`, { cause });
  }
  return lines;
}
