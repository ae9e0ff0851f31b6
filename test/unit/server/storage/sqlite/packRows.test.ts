import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DeviceId, DocumentId, PersonId } from '#shared/domain/ids.ts';
import type { NewRow, Via } from '#server/storage/ports/UpdateLog.ts';
import { RowPacker, RowUnpacker } from '#server/storage/sqlite/packRows.ts';

const name = <T extends string>() => fc.string({ maxLength: 6 }) as fc.Arbitrary<T>;
const row: fc.Arbitrary<NewRow> = fc.record({
  document: name<DocumentId>(),
  time: fc.integer({ min: 0, max: 4e12 }),
  person: fc.option(name<PersonId>()),
  device: fc.option(name<DeviceId>()),
  deviceTime: fc.option(fc.integer({ min: -4e12, max: 4e12 })),
  via: fc.constantFrom<Via>('socket', 'operation', 'mirror'),
  operation: fc.option(fc.string({ maxLength: 6 })),
  bytes: fc.uint8Array({ maxLength: 40 }),
  clients: fc.array(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), { maxLength: 4 }),
});

test('rows come out as they went in, pack after pack', () => {
  fc.assert(
    fc.property(fc.array(fc.array(row, { maxLength: 8 }), { maxLength: 6 }), (packs) => {
      const packer = new RowPacker();
      const unpacker = new RowUnpacker();
      for (const rows of packs) expect(unpacker.unpack(structuredClone(packer.pack(rows)))).toEqual(rows);
    }),
  );
});

test('names are numbered again when there are very many', () => {
  const packer = new RowPacker();
  const unpacker = new RowUnpacker();
  const [sample] = fc.sample(row, 1) as [NewRow];
  const rows = Array.from({ length: 30_000 }, (_, at) => ({
    ...sample,
    document: `document ${at}` as DocumentId,
    operation: `operation ${at}`,
  }));
  let forgot = 0;
  for (let from = 0; from < rows.length; from += 10_000) {
    const pack = packer.pack(rows.slice(from, from + 10_000));
    if (pack.forgetNames) forgot += 1;
    expect(unpacker.unpack(pack)).toEqual(rows.slice(from, from + 10_000));
  }
  const again = packer.pack(rows.slice(0, 5));
  expect(again.forgetNames).toBe(true);
  expect(unpacker.unpack(again)).toEqual(rows.slice(0, 5));
  expect(forgot).toBe(0);
});
