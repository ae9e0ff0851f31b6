import { execFile } from 'node:child_process';
import { sign } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readKeptHeads } from '#server/backup/KeptHead.ts';
import { lineDigest, sealBytes, toHex } from '#server/proof/proofFile.ts';
import { readProof } from '#server/proof/readProof.ts';
import { type VerifyOptions, verifyProof } from '#server/proof/verifyProof.ts';
import { newSigningKey, rawPublicKey } from '#server/signingKey.ts';
import { firstDigest, sealRow } from '#server/storage/chain.ts';
import type { DeviceId, DocumentId, PersonId } from '#shared/domain/ids.ts';
import { signedHeadBytes } from '#shared/protocol/SignedHead.ts';
import { newProvenNote, type ProvenNote } from '../../support/newProof.ts';
import { thinLog } from '../../support/thinLog.ts';

const run = promisify(execFile);
/** Up to which row; heads were signed at 100 and, with the file, here. */
const upTo = 180;
let folder: string;
let note: ProvenNote;
let lines: string[];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'calepin-'));
  note = await newProvenNote();
  lines = await note.proofOf(upTo);
});
afterAll(async () => {
  await note.close();
  await rm(folder, { recursive: true, force: true });
});

// eslint-disable-next-line typescript/no-explicit-any -- what the tests do to a line is no business of its type
type Line = any;
const parsed = (): Line[] => lines.map((line) => JSON.parse(line) as Line);
/** Where row `seq` stands: behind the first line and the content. */
const at = (seq: number): number => seq + 1;
const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'));

async function fileOf(some: readonly Line[]): Promise<string> {
  const file = path.join(folder, 'note.proof.jsonl.gz');
  const text = some.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n');
  await writeFile(file, gzipSync(`${text}\n`));
  return file;
}
async function verdict(some: readonly Line[], options?: VerifyOptions) {
  return verifyProof(await readProof(await fileOf(some)), options);
}
/** What is said of a file in which this was changed. */
async function faultsOf(alter: (all: Line[]) => Line[] | void): Promise<readonly string[]> {
  const all = parsed();
  return (await verdict(alter(all) ?? all)).faults;
}

/** Every digest, and the ends of the chain, as somebody would make them who has no key. */
function chained(all: Line[]): Line[] {
  let digest = firstDigest(all[0].document as DocumentId);
  for (const { row } of all) {
    if (row === undefined) continue;
    const { update, digest: _, ...columns } = row;
    const content = { document: all[0].document, ...columns, bytes: Buffer.from(update, 'base64') };
    ({ digest } = sealRow(content, digest));
    row.digest = toHex(digest);
  }
  all.at(-2).head.digest = toHex(digest);
  return all;
}
/** All of it signed again, with a key of one's own. */
function signedBy(all: Line[], key = newSigningKey()): Line[] {
  const publicKey = toHex(rawPublicKey(key));
  all[0].keys = [publicKey];
  const heads = all.filter(({ head }) => head !== undefined);
  for (const { head } of heads) {
    const { row } = all[at(head.seq)];
    const said = { ...head, epoch: all[0].epoch, digest: bytes(row.digest) };
    const signature = sign(null, signedHeadBytes(all[0].document, said), key);
    Object.assign(head, { digest: row.digest, publicKey, signature: toHex(signature) });
  }
  const [header, content, people] = [all[0], all[1], all.find((one) => one.people !== undefined)].map((one) =>
    lineDigest(JSON.stringify(one)),
  ) as [Uint8Array, Uint8Array, Uint8Array];
  const sealed = { header, content, people };
  const signature = sign(null, sealBytes(sealed, bytes(all[at(upTo)].row.digest)), key);
  all.at(-1).seal = {
    header: toHex(header),
    content: toHex(content),
    people: toHex(people),
    signature: toHex(signature),
  };
  return all;
}
const flip = (text: string, place: number): string =>
  text.slice(0, place) + (text[place] === 'a' ? 'b' : 'a') + text.slice(place + 1);

describe('the proof of a version', () => {
  test('[R193] is intact as it was made, packed or not, and says up to when it was signed', async () => {
    const { faults, notes } = await verdict(lines);
    expect(faults).toEqual([]);
    expect(notes).toEqual([
      expect.stringMatching(/^180 rows agree with 2 signed heads, of .* to 2026-03-12T15:05:00.000Z$/),
      expect.stringMatching(
        /^sealed with the key [0-9a-f]{64}: whether this is the key of https:\/\/calepin/,
      ),
    ]);
    const plain = path.join(folder, 'plain.jsonl');
    await writeFile(plain, lines.join('\n'));
    expect(verifyProof(await readProof(plain)).faults).toEqual([]);
  });

  test('[R193] holds the content, and the words that were deleted before', async () => {
    const [header, { content }] = parsed();
    expect(header).toMatchObject({ format: 'calepin proof 1', seq: upTo, version: { name: 'Adoptée' } });
    expect(content).toMatchObject({ title: 'Jardins', body: { type: 'doc' } });
    expect(parsed().filter(({ row }) => row !== undefined).length).toBe(upTo);
  });

  const cases: readonly [string, (all: Line[]) => Line[] | void, readonly string[]][] = [
    [
      'a byte of a row',
      (all) => void (all[at(42)].row.update = flip(all[at(42)].row.update, 9)),
      ['row 42 is not what was written'],
    ],
    ['the time of a row', (all) => void (all[at(42)].row.time += 1), ['row 42 is not what was written']],
    [
      'who wrote a row',
      (all) => void (all[at(43)].row.person = all[at(44)].row.person),
      ['row 43 is not what was written'],
    ],
    [
      'the device of a row',
      (all) => void (all[at(43)].row.device = 'x' as DeviceId),
      ['row 43 is not what was written'],
    ],
    ['the last row', (all) => void (all[at(upTo)].row.time += 1), ['row 180 is not what was written']],
    [
      'two rows, altered',
      (all) => void [42, 90].map((seq) => (all[at(seq)].row.time += 1)),
      ['row 42 is not what was written', 'row 90 is not what was written'],
    ],
    ['a row taken out', (all) => void all.splice(at(42), 1), ['row 42 is missing']],
    ['several rows taken out', (all) => void all.splice(at(42), 3), ['rows 42 to 44 are missing']],
    ['the last rows taken out', (all) => void all.splice(at(176), 5), ['rows 176 to 180 are missing']],
    [
      'a row taken out, those after it numbered anew',
      (all) => {
        all.splice(at(42), 1);
        for (const { row } of all.slice(at(42))) if (row) row.seq -= 1;
      },
      ['row 42 was taken out, and those after it were numbered anew', 'row 180 is missing'],
    ],
    [
      'two rows swapped, each with its number',
      (all) => void ([all[at(21)], all[at(71)]] = [all[at(71)], all[at(21)]]),
      ['rows 21 and 71 stand in each other’s place'],
    ],
    [
      'two rows swapped, and numbered so',
      (all) => {
        const [one, two] = [all[at(21)].row, all[at(71)].row];
        all[at(21)].row = { ...two, seq: 21 };
        all[at(71)].row = { ...one, seq: 71 };
      },
      ['rows 21 and 71 were swapped'],
    ],
    ['a row twice', (all) => void all.splice(at(42), 0, all[at(42)]), ['row 42 is there twice']],
    [
      'a digest beside a row',
      (all) => void (all[at(42)].row.digest = flip(all[at(42)].row.digest, 3)),
      ['the digest beside row 42 is not what was written'],
    ],
    [
      'the digest beside the last row',
      (all) => void (all[at(upTo)].row.digest = flip(all[at(upTo)].row.digest, 3)),
      ['the digest beside row 180 is not what was written'],
    ],
    [
      'a row, and every digest computed anew',
      (all) => {
        all[at(42)].row.time += 1;
        return chained(all);
      },
      [
        'the signature of the file does not hold',
        'rows 1 to 100 are not those of the head signed of row 100: they were written anew',
      ],
    ],
    [
      'a later row, and every digest computed anew',
      (all) => {
        all[at(150)].row.time += 1;
        return chained(all);
      },
      ['the signature of the file does not hold', 'the head signed of row 180 is not signed by this Calepin'],
    ],
    [
      'the signature of an early head',
      (all) => void (all.at(-3).head.signature = flip(all.at(-3).head.signature, 5)),
      ['the head signed of row 100 is not signed by this Calepin'],
    ],
    [
      'the time at which a head was signed',
      (all) => void (all.at(-3).head.time += 1),
      ['the head signed of row 100 is not signed by this Calepin'],
    ],
    [
      'the signature of the last head',
      (all) => void (all.at(-2).head.signature = flip(all.at(-2).head.signature, 5)),
      ['the head signed of row 180 is not signed by this Calepin'],
    ],
    [
      'the last head taken out',
      (all) => void all.splice(-2, 1),
      ['no signed head speaks of row 180: nothing vouches for it'],
    ],
    [
      'a word of the content',
      (all) => void (all[1].content.title = 'Vergers'),
      ['the content is not what the rows say (title)'],
    ],
    [
      'the body of the content',
      (all) => void (all[1].content.body.content = []),
      ['the content is not what the rows say (body)'],
    ],
    [
      'the name of a person',
      (all) => void (all.find((one) => one.people).people[0].name = 'Zoé'),
      ['the names of people are not what was written'],
    ],
    [
      'the name of the version',
      (all) => void (all[0].version.name = 'Refusée'),
      ['the first line (of which note, up to when, with which keys) is not what was written'],
    ],
    [
      'the note that it is of',
      (all) => void (all[0].document = all[0].epoch),
      ['the first line (of which note, up to when, with which keys) is not what was written'],
    ],
    [
      'the seal',
      (all) => void (all.at(-1).seal.signature = flip(all.at(-1).seal.signature, 7)),
      ['the signature of the file does not hold'],
    ],
    ['the end', (all) => all.slice(0, -1), ['the file ends too early: its last line, the seal, is missing']],
  ];
  test.each(cases)('[R193] %s: named exactly', async (_, alter, expected) => {
    const faults = await faultsOf(alter);
    // The moment at which a head was signed is another at each run.
    expect(faults.map((one) => one.replace(/ \(2.*?Z\)/, ''))).toEqual(expected);
  });

  test('[R193] signed anew from end to end: it is the key that tells, and a head that somebody kept', async () => {
    const all = parsed();
    all[at(42)].row.time += 1;
    const forged = signedBy(chained(all));
    expect((await verdict(forged)).faults).toEqual([]);
    const key = toHex(rawPublicKey(note.key));
    expect((await verdict(forged, { key })).faults).toEqual([
      expect.stringMatching(/^the file is sealed with another key than the one you named/),
    ]);
    const { head } = parsed().at(-3);
    const kept = readKeptHeads(
      JSON.stringify({ document: note.document, epoch: all[0].epoch, ...head, publicKey: undefined }),
    );
    expect((await verdict(forged, { kept })).faults).toEqual([
      expect.stringMatching(/^the head that was kept of row 100 .* is not signed by this Calepin$/),
    ]);
    expect((await verdict(lines, { kept, key })).notes[0]).toMatch(
      /^the head that was kept of row 100 \(.*\) agrees with all rows up to it$/,
    );
  });

  test('[R193] what cannot be read is named by its line; what is none is told so', async () => {
    const all: Line[] = [...lines];
    all[at(42)] = '{"row":';
    await expect(verdict(all)).rejects.toThrow(`Line ${at(42) + 1} of the file cannot be read.`);
    await expect(verdict(['{}'])).rejects.toThrow('This is no proof of Calepin.');
    const file = await fileOf(lines);
    const packed = gzipSync(lines.join('\n'));
    packed[packed.length >> 1]! ^= 1;
    await writeFile(file, packed);
    await expect(readProof(file)).rejects.toThrow('cannot be read whole');
  });

  test('[R193] the command says « intact », or the break, by its exit code too, and needs no data folder', async () => {
    const command = (...options: string[]) =>
      run(process.execPath, ['scripts/calepin.mjs', 'verify', ...options], {
        env: { ...process.env, CALEPIN_DATA: path.join(folder, 'none') },
      });
    const file = await fileOf(lines);
    const { stdout } = await command(file, `--key=${toHex(rawPublicKey(note.key))}`);
    expect(stdout).toContain(': intact.');
    const all = parsed();
    all[at(42)].row.person = 'x' as PersonId;
    await fileOf(all);
    await expect(command(file)).rejects.toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/Row 42 is not what was written\.\n.*: not intact, 1 break\.\n/),
    });
  });
});

describe('the proof of a note of which a range was thinned', () => {
  test('[R193] says what is gone, follows from the update that is left, and is intact', async () => {
    const { adapters, document, key } = note;
    expect(await thinLog(adapters.log, key, document, { after: 0, upTo: 140 })).toMatchObject({
      first: 1,
      last: 136,
    });
    await expect(note.proofOf(20)).rejects.toMatchObject({ code: 'conflict' });
    lines = await note.proofOf(upTo);
    const { faults, notes } = await verdict(lines);
    expect(faults).toEqual([]);
    expect(notes[0]).toMatch(/^rows 1 to 136 were thinned on .*: one update stands for them/);
    const altered = await faultsOf((all) => void (all[2].thinned.update = flip(all[2].thinned.update, 20)));
    expect(altered).toEqual(['rows 1 to 136 were thinned, and what stands for them is not what was signed']);
    const claimed = await faultsOf((all) => void (all[2].thinned.first = 2));
    expect(claimed).toEqual([
      'row 1 is missing',
      'rows 2 to 136 were thinned, and what stands for them is not what was signed',
    ]);
  });

  test('[R193] nothing is signed of a log of which something up to there was altered', async () => {
    await expect(
      note.proofOf(upTo, {
        examine: async (...asked) => {
          const examined = (await note.adapters.examine(...asked))!;
          const fault = { kind: 'row', document: note.document, seq: 150, message: 'row 150' } as const;
          return { ...examined, faults: [fault] };
        },
      }),
    ).rejects.toMatchObject({ code: 'document_damaged' });
  });
});
