import { MalformedError, StrictReader } from '#shared/protocol/StrictReader.ts';
import { type ColumnReader, ColumnWriter, fromNatural, toNatural } from './columns.ts';
import { type Author, UpdateModel } from './UpdateModel.ts';
import { maxClock, type UpdateCoder, type UpdateColumn, updateColumns, walkUpdate } from './walkUpdate.ts';

export type UpdateWriters = Readonly<Record<UpdateColumn, ColumnWriter>>;
export type UpdateReaders = Readonly<Record<UpdateColumn, ColumnReader>>;

export const newWriters = (): UpdateWriters =>
  Object.fromEntries(updateColumns.map((name) => [name, new ColumnWriter()])) as UpdateWriters;

/** How a client id is written: 0 what was expected, 1 a new one, more: one that was met before. */
const asExpected = 0;
const isNew = 1;
const firstKnown = 2;

/** Only passes over an update. */
class UpdateReader implements UpdateCoder {
  protected readonly reader: StrictReader;

  constructor(update: Uint8Array) {
    this.reader = new StrictReader(update);
  }

  byte(_column: UpdateColumn): number {
    return this.reader.uint8();
  }

  number(_column: UpdateColumn, expected?: number): number {
    const value = this.reader.varUint();
    // Differences stay whole numbers.
    if (expected !== undefined && value > maxClock) this.fail();
    return value;
  }

  client(_column: UpdateColumn, _expected: number): number {
    return this.reader.varUint();
  }

  text(_lengths: UpdateColumn, _column: UpdateColumn): Uint8Array {
    return this.reader.varBytes();
  }

  raw(_column: UpdateColumn, length: number): void {
    this.reader.skip(length);
  }

  fail(): never {
    throw new MalformedError('not an update');
  }

  finish(): void {
    this.reader.finish();
  }
}

/** Takes an update apart into columns. Only for one that `isRegular`: an error would leave half of it there. */
class UpdateEncoder extends UpdateReader {
  private readonly columns: UpdateWriters;
  private readonly model: UpdateModel;

  constructor(update: Uint8Array, columns: UpdateWriters, model: UpdateModel) {
    super(update);
    this.columns = columns;
    this.model = model;
  }

  override byte(column: UpdateColumn): number {
    const value = super.byte(column);
    this.columns[column].byte(value);
    return value;
  }

  override number(column: UpdateColumn, expected?: number): number {
    const value = super.number(column);
    this.columns[column].number(expected === undefined ? value : toNatural(value - expected));
    return value;
  }

  override client(column: UpdateColumn, expected: number): number {
    const client = super.client(column, expected);
    const place = this.model.placeOf(client);
    if (client === expected) this.columns[column].number(asExpected);
    else if (place >= 0) this.columns[column].number(firstKnown + place);
    else {
      this.columns[column].number(isNew);
      this.columns.newClients.number(client);
      this.model.addClient(client);
    }
    return client;
  }

  override text(lengths: UpdateColumn, column: UpdateColumn): Uint8Array {
    const bytes = super.text(lengths, column);
    this.columns[lengths].number(bytes.length);
    this.columns[column].bytes(bytes);
    return bytes;
  }

  override raw(column: UpdateColumn, length: number): void {
    for (let left = length; left > 0; left--) this.byte(column);
  }
}

/** Puts updates together again, one behind the other. */
export class UpdateDecoder implements UpdateCoder {
  readonly output = new ColumnWriter();
  private readonly columns: UpdateReaders;
  private readonly model: UpdateModel;

  constructor(columns: UpdateReaders, model: UpdateModel) {
    this.columns = columns;
    this.model = model;
  }

  byte(column: UpdateColumn): number {
    const value = this.columns[column].byte();
    this.output.byte(value);
    return value;
  }

  number(column: UpdateColumn, expected?: number): number {
    const kept = this.columns[column].number();
    const value = expected === undefined ? kept : expected + fromNatural(kept);
    if (value < 0) this.fail();
    this.output.number(value);
    return value;
  }

  client(column: UpdateColumn, expected: number): number {
    const kept = this.columns[column].number();
    let client = expected;
    if (kept === isNew) {
      client = this.columns.newClients.number();
      this.model.addClient(client);
    } else if (kept >= firstKnown) client = this.model.clients[kept - firstKnown] ?? this.fail();
    if (client < 0) this.fail();
    this.output.number(client);
    return client;
  }

  text(lengths: UpdateColumn, column: UpdateColumn): Uint8Array {
    const length = this.columns[lengths].number();
    const bytes = this.columns[column].bytes(length);
    this.output.number(length);
    this.output.bytes(bytes);
    return bytes;
  }

  raw(column: UpdateColumn, length: number): void {
    this.output.bytes(this.columns[column].bytes(length));
  }

  fail(): never {
    throw new RangeError('no update in the columns');
  }
}

/** True for an update that can be taken apart into fields; anything else is kept as it is. */
export function isRegular(update: Uint8Array): boolean {
  const reader = new UpdateReader(update);
  const model = new UpdateModel();
  try {
    walkUpdate(reader, model, model.author(0));
    reader.finish();
    return true;
  } catch (error) {
    if (error instanceof MalformedError) return false;
    throw error;
  }
}

/** @param update - one that `isRegular`. */
export function encodeUpdateFields(
  update: Uint8Array,
  columns: UpdateWriters,
  model: UpdateModel,
  author: Author,
): void {
  walkUpdate(new UpdateEncoder(update, columns, model), model, author);
}
