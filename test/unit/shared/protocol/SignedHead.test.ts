import { expect, test } from 'vitest';
import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import { signedHeadBytes } from '#shared/protocol/SignedHead.ts';

test('the bytes that are signed are those of PROTOCOL.md, and differ with each of their parts', () => {
  const document = 'AAAAAAAAAAAAAAAAAAAAAA' as DocumentId;
  const head = {
    epoch: 'BBBBBBBBBBBBBBBBBBBBBB' as Epoch,
    seq: 300,
    digest: new Uint8Array(32).fill(7),
    time: 1_000,
  };
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
  const text = (value: string) =>
    `${value.length.toString(16).padStart(2, '0')}${Buffer.from(value).toString('hex')}`;
  expect(hex(signedHeadBytes(document, head))).toBe(
    `${text('calepin head 1')}${text(document)}${text(head.epoch)}ac02${'07'.repeat(32)}e807`,
  );
  const others = [
    signedHeadBytes('CCCCCCCCCCCCCCCCCCCCCC' as DocumentId, head),
    signedHeadBytes(document, { ...head, epoch: 'DDDDDDDDDDDDDDDDDDDDDD' as Epoch }),
    signedHeadBytes(document, { ...head, seq: 301 }),
    signedHeadBytes(document, { ...head, digest: new Uint8Array(32) }),
    signedHeadBytes(document, { ...head, time: 1_001 }),
  ];
  expect(new Set([signedHeadBytes(document, head), ...others].map(hex)).size).toBe(6);
});
