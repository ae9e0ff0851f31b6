import { generateKeyPairSync, hash, type KeyObject, sign } from 'node:crypto';
import { rm, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { DocumentId } from '#shared/domain/ids.ts';
import { signedHeadBytes } from '#shared/protocol/SignedHead.ts';
import {
  type ArchiveManifest,
  manifestPath,
  signaturePath,
  signedBytes,
} from '#server/archive/archiveFormat.ts';
import { ZipWriter } from '#server/export/ZipWriter.ts';
import { lineDigest, sealBytes, toHex } from '#server/proof/proofFile.ts';
import { newId } from '#server/secrets.ts';
import { rawPublicKey } from '#server/signingKey.ts';
import { firstDigest, sealRow } from '#server/storage/chain.ts';
import type { LogRow } from '#server/storage/ports/UpdateLog.ts';
import type { ReadArchive } from './newArchive.ts';

/** What a forger changes; a key of their own signs all of it anew. */
export interface Forging {
  readonly manifest?: (manifest: ArchiveManifest) => unknown;
  /** Parts, by path; null takes one away. */
  readonly parts?: Readonly<Record<string, Uint8Array | null>>;
  /** The page; default: as it was. */
  readonly html?: string;
  /** False: the list and its digests are not made anew. */
  readonly isSigned?: boolean;
}

/** A key that no relay has. */
export const forgersKey: KeyObject = generateKeyPairSync('ed25519').privateKey;

/** An archive as somebody with a tool could make it of another. */
export async function forgeArchive(archive: ReadArchive, forging: Forging): Promise<Buffer> {
  const file = path.join(tmpdir(), `forged-${newId()}`);
  const zip = await ZipWriter.create(file);
  const { isSigned = true } = forging;
  try {
    const before = archive.file.subarray(0, archive.file.indexOf('<plaintext>') + '<plaintext>'.length);
    await zip.preface(forging.html === undefined ? before : Buffer.from(forging.html));
    const parts = new Map(archive.parts);
    for (const [at, bytes] of Object.entries(forging.parts ?? {}))
      if (bytes === null) parts.delete(at);
      else parts.set(at, Buffer.from(bytes));
    for (const [at, bytes] of parts)
      if (!isSigned || (at !== manifestPath && at !== signaturePath)) await zip.add(at, bytes, 0);
    if (isSigned) {
      const key = toHex(rawPublicKey(forgersKey));
      const listed = [...parts].filter(([at]) => at !== manifestPath && at !== signaturePath);
      const fresh = {
        ...archive.manifest,
        key,
        parts: listed.map(([at, bytes]) => ({
          path: at,
          bytes: bytes.length,
          sha256: hash('sha256', bytes),
        })),
      };
      const list = Buffer.from(JSON.stringify(forging.manifest?.(fresh) ?? fresh));
      const signature = sign(null, signedBytes(hash('sha256', list, 'buffer')), forgersKey);
      await zip.add(manifestPath, list, 0);
      await zip.add(signaturePath, Buffer.from(JSON.stringify({ key, signature: toHex(signature) })), 0);
    }
    await zip.finish();
    return await readFile(file);
  } finally {
    await rm(file, { force: true });
  }
}

/** A log whose rows a forger changed, with a chain, heads and a seal of their own. @returns its bytes and its last digest. */
export function forgeJournal(
  bytes: Uint8Array,
  change: (row: LogRow) => LogRow,
): { readonly bytes: Uint8Array; readonly digest: string } {
  const lines = gunzipSync(bytes).toString().trimEnd().split('\n');
  const first = JSON.parse(lines[0] ?? '') as {
    document: DocumentId;
    epoch: never;
    seq: number;
    madeAt: number;
  };
  const key = toHex(rawPublicKey(forgersKey));
  const header = JSON.stringify({ ...first, keys: [key] });
  const said = lines[1] ?? '';
  let digest = firstDigest(first.document);
  const rows = lines.flatMap((line) => {
    const { row } = JSON.parse(line) as { row?: LogRow & { update: string; digest: string } };
    if (row === undefined) return [];
    const { update, digest: _, ...columns } = row;
    const forged = change({ ...columns, document: first.document, bytes: Buffer.from(update, 'base64') });
    ({ digest } = sealRow(forged, digest));
    const { document: __, bytes: changed, ...told } = forged;
    return [
      JSON.stringify({
        row: { ...told, update: Buffer.from(changed).toString('base64'), digest: toHex(digest) },
      }),
    ];
  });
  const people = JSON.stringify({ people: [] });
  const head = { epoch: first.epoch, seq: first.seq, digest, time: first.madeAt };
  const signature = sign(null, signedHeadBytes(first.document, head), forgersKey);
  const sealed = { header: lineDigest(header), content: lineDigest(said), people: lineDigest(people) };
  const seal = sign(null, sealBytes(sealed, digest), forgersKey);
  const told = {
    seq: head.seq,
    digest: toHex(digest),
    time: head.time,
    publicKey: key,
    signature: toHex(signature),
  };
  const end = {
    seal: {
      header: toHex(sealed.header),
      content: toHex(sealed.content),
      people: toHex(sealed.people),
      signature: toHex(seal),
    },
  };
  const all = [header, said, ...rows, people, JSON.stringify({ head: told }), JSON.stringify(end), ''];
  return { bytes: gzipSync(all.join('\n')), digest: toHex(digest) };
}
