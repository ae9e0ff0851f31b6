import type { DeviceId, DocumentId, PersonId } from '#shared/domain/ids.ts';
import type { NewRow, Via } from '../ports/UpdateLog.ts';

/**
 * Rows on their way to the worker, without a single object to clone: numbers, client ids and bytes in one buffer that is moved, and the names
 * (documents, people, devices, operations) that the worker has not heard yet. Any other name is a number, counted from 1 as they were first sent.
 */
export interface PackedRows {
  readonly count: number;
  /** Eight-byte floats: `fields` for each row, then their client ids; then the bytes of all updates. */
  readonly buffer: ArrayBuffer;
  readonly newNames: readonly string[];
  /** The names begin again from 1. */
  readonly forgetNames: boolean;
}

/** Numbers of one row: document, time, person, device, deviceTime, via, operation, length of its update, how many client ids. */
const fields = 9;
const floatBytes = 8;
const maxNames = 50_000;
/** No name; a name is 1 or more. */
const none = 0;
/** No time on the device. */
const noTime = Number.NaN;

/** Packs rows for one worker, which unpacks each pack in the order of packing. */
export class RowPacker {
  private readonly names = new Map<string, number>();
  private newNames: string[] = [];

  pack(rows: readonly NewRow[]): PackedRows {
    const forgetNames = this.names.size > maxNames;
    if (forgetNames) this.names.clear();
    this.newNames = [];
    let clients = 0;
    let size = 0;
    for (const row of rows) {
      clients += row.clients.length;
      size += row.bytes.length;
    }
    const buffer = new ArrayBuffer((rows.length * fields + clients) * floatBytes + size);
    const numbers = new Float64Array(buffer, 0, rows.length * fields + clients);
    const bytes = new Uint8Array(buffer, numbers.byteLength);
    let at = 0;
    let clientAt = rows.length * fields;
    let byteAt = 0;
    for (const row of rows) {
      numbers[at++] = this.name(row.document);
      numbers[at++] = row.time;
      numbers[at++] = this.name(row.person);
      numbers[at++] = this.name(row.device);
      numbers[at++] = row.deviceTime ?? noTime;
      numbers[at++] = this.name(row.via);
      numbers[at++] = this.name(row.operation);
      numbers[at++] = row.bytes.length;
      numbers[at++] = row.clients.length;
      for (const client of row.clients) numbers[clientAt++] = client;
      bytes.set(row.bytes, byteAt);
      byteAt += row.bytes.length;
    }
    return { count: rows.length, buffer, newNames: this.newNames, forgetNames };
  }

  private name(name: string | null): number {
    if (name === null) return none;
    const known = this.names.get(name);
    if (known !== undefined) return known;
    const number = this.names.size + 1;
    this.names.set(name, number);
    this.newNames.push(name);
    return number;
  }
}

/** The other end of a `RowPacker`, in the worker. */
export class RowUnpacker {
  private names: (string | null)[] = [null];

  /** Must see every pack, whatever becomes of its rows: later ones build on its names. */
  unpack({ count, buffer, newNames, forgetNames }: PackedRows): NewRow[] {
    if (forgetNames) this.names = [null];
    for (const name of newNames) this.names.push(name);
    const floats = new Float64Array(buffer, 0, Math.floor(buffer.byteLength / floatBytes));
    const number = (at: number): number => floats[at] as number;
    let clientAt = count * fields;
    let clients = 0;
    for (let row = 0; row < count; row++) clients += number(row * fields + 8);
    let byteAt = (clientAt + clients) * floatBytes;
    const rows: NewRow[] = [];
    for (let at = 0; rows.length < count; at += fields) {
      const clientsEnd = clientAt + number(at + 8);
      const length = number(at + 7);
      const deviceTime = number(at + 4);
      rows.push({
        document: this.name(number(at)) as DocumentId,
        time: number(at + 1),
        person: this.name(number(at + 2)) as PersonId | null,
        device: this.name(number(at + 3)) as DeviceId | null,
        deviceTime: Number.isNaN(deviceTime) ? null : deviceTime,
        via: this.name(number(at + 5)) as Via,
        operation: this.name(number(at + 6)),
        bytes: new Uint8Array(buffer, byteAt, length),
        clients: clientAt === clientsEnd ? [] : [...floats.subarray(clientAt, clientsEnd)],
      });
      clientAt = clientsEnd;
      byteAt += length;
    }
    return rows;
  }

  private name(number: number): string | null {
    return this.names[number] as string | null;
  }
}
