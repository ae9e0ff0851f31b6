import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Random } from '../random.ts';
import type { DiskCall } from './readTrace.ts';

const names = ['', '-wal', '-journal'] as const;
type Name = (typeof names)[number];

const sectorBytes = 512;
const never = 2n ** 63n;

interface Change extends DiskCall {
  readonly file: Name;
  /** When it could not be lost any more, or was certainly lost. */
  settledAt: bigint;
  /** A sync that was to cover it failed: systems forget such writes and let the next sync succeed (fsync, 2018). */
  isForgotten: boolean;
}

/** A file as bytes that grow; null when it is not there. */
type Bytes = Buffer | null;

function applied(bytes: Bytes, { op, where, data }: Pick<DiskCall, 'op' | 'where' | 'data'>): Bytes {
  if (op === 'unlink') return null;
  const before = bytes ?? Buffer.alloc(0);
  if (op === 'truncate') return resized(before, where);
  const after = where + data.length > before.length ? resized(before, where + data.length) : before;
  data.copy(after, where);
  return after;
}

function resized(bytes: Buffer, length: number): Buffer {
  const next = Buffer.alloc(length);
  bytes.copy(next, 0, 0, Math.min(length, bytes.length));
  return next;
}

/**
 * What the disk may hold after the power went at a moment: everything that a sync covered; of what was written since, any part, in any order, cut at any
 * sector. A file's name is as safe as its first sync; its removal, as the folder's next sync or that of a file made anew under the name.
 */
export class CrashImages {
  readonly #changes: readonly Change[];
  readonly #durable = new Map<Name, Bytes>(names.map((name) => [name, null]));
  #next = 0;
  #late: Change[] = [];
  #at = 0n;

  /** @param calls - as they were made, of one relay or of several one after the other. */
  constructor(calls: readonly DiskCall[]) {
    const waiting = new Map<Name, Change[]>(names.map((name) => [name, []]));
    const changes: Change[] = [];
    for (const call of calls) {
      const { op, file, outcome } = call;
      if (file === 'folder') {
        if (outcome === 'done') for (const queue of waiting.values()) settleRemoval(queue, call.ended);
        continue;
      }
      const queue = waiting.get(file) ?? [];
      if (op !== 'sync') {
        if (outcome === 'failed') continue;
        const change = { ...call, file, settledAt: never, isForgotten: false };
        changes.push(change);
        queue.push(change);
      } else if (outcome === 'done') {
        for (const change of queue.splice(0)) change.settledAt = call.ended;
      } else for (const change of queue) change.isForgotten = true;
    }
    this.#changes = changes;
  }

  /**
   * Writes the files of the database as they may be at a moment; moments must come in order.
   * @param random - chooses among what was not covered; null: nothing of it arrived.
   * @returns the path of the database.
   */
  write(moment: bigint, folder: string, random: Random | null): string {
    if (moment < this.#at) throw new Error('moments must come in order');
    this.#at = moment;
    for (; this.#next < this.#changes.length; this.#next += 1) {
      const change = this.#changes[this.#next];
      if (!change || change.begun > moment) break;
      this.#late.push(change);
    }
    for (const change of this.#late.filter(({ settledAt }) => settledAt <= moment)) {
      const arrived = change.isForgotten ? arrivals([change], random) : [change];
      for (const one of arrived)
        this.#durable.set(one.file, applied(this.#durable.get(one.file) ?? null, one));
    }
    this.#late = this.#late.filter(({ settledAt }) => settledAt > moment);

    const database = path.join(folder, 'calepin.sqlite');
    for (const name of [...names, '-shm' as const]) rmSync(`${database}${name}`, { force: true });
    for (const [name, durable] of this.#durable) {
      const late = this.#late.filter(({ file }) => file === name);
      const image = arrived(durable, late, random);
      if (image !== null) writeFileSync(`${database}${name}`, image);
    }
    return database;
  }
}

/** The removal of a file and everything before it are safe. */
function settleRemoval(queue: Change[], at: bigint): void {
  const removal = queue.findLastIndex(({ op }) => op === 'unlink');
  for (const change of queue.splice(0, removal + 1)) change.settledAt = at;
}

/** A file with some of the changes that were not covered. */
function arrived(durable: Bytes, late: readonly Change[], random: Random | null): Bytes {
  if (random === null || late.length === 0) return durable;
  const removal = late.findIndex(({ op }) => op === 'unlink');
  // What was asked of a file that was removed and of one made anew under its name never meet.
  if (removal >= 0 && random.int(2) === 0) return arrived(null, late.slice(removal + 1), random);
  const before = removal < 0 ? late : late.slice(0, removal);
  let image: Bytes = durable === null ? null : Buffer.from(durable);
  for (const change of arrivals(before, random)) image = applied(image, change);
  return image;
}

/** Some of the changes, in some order, some of them torn; none without chance. */
function arrivals(changes: readonly Change[], random: Random | null): Change[] {
  const left = random === null ? [] : [...changes];
  const chosen: Change[] = [];
  while (random !== null && left.length > 0) {
    const [change] = left.splice(random.int(left.length), 1);
    const fate = random.int(3);
    if (!change || fate === 0) continue;
    const sectors = Math.ceil(change.data.length / sectorBytes);
    const kept = fate === 1 || sectors < 2 ? change.data.length : random.int(sectors) * sectorBytes;
    chosen.push({ ...change, data: change.data.subarray(0, kept) });
  }
  return chosen;
}
