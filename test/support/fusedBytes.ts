/** What stands in an Electron binary around its fuses. @param fuses - one character each, `1` on and `0` off. */
export function fusedBytes(fuses: string): Buffer {
  return Buffer.concat([
    Buffer.alloc(100, 7),
    Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'),
    Buffer.from([1, fuses.length]),
    Buffer.from(fuses),
    Buffer.alloc(100, 7),
  ]);
}
