#!/usr/bin/env node
// What the parts of a relay cost inside one process: yjs's own functions, the bytes a history takes,
// and how fast small blobs can be made durable. Run with --expose-gc. See README.md.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DatabaseSync } from 'node:sqlite';
import zlib from 'node:zlib';
import Sqlite from 'better-sqlite3';
import { ClassicLevel } from 'classic-level';
import { open as openLmdb } from 'lmdb';
import * as Y from 'yjs';
import { bigDoc, docFrom, prng, trace } from './lib/fixture.mjs';
import { readRange } from './lib/codec.mjs';
import { median } from './lib/proc.mjs';

const { values: o } = parseArgs({
  options: {
    parts: { type: 'string', default: 'yjs,memory,bytes,reads,appends' },
    reps: { type: 'string', default: '5' },
    secs: { type: 'string', default: '0.4' },
    out: { type: 'string' },
  },
});
const REPS = Number(o.reps);
const SECS = Number(o.secs);
const results = {};
const gc = () => globalThis.gc?.();

const sci = (x) =>
  x >= 100 ? x.toFixed(0) : x >= 10 ? x.toFixed(1) : x >= 1 ? x.toFixed(2) : x.toPrecision(2);

/** Runs every case once per repetition, in turn, and reports medians. A case returns how many things it did. */
function alternate(cases, { unit = 'ms', base, minMs = 30 } = {}) {
  const times = new Map(cases.map(([name]) => [name, []]));
  for (let rep = 0; rep < REPS + 1; rep++) {
    for (const [name, f, setup] of cases) {
      gc();
      let n = 0;
      let spent = 0;
      do {
        const arg = setup?.();
        const t = performance.now();
        n += f(arg) ?? 1;
        spent += performance.now() - t;
      } while (spent < minMs && n < 1e6);
      if (rep > 0) times.get(name).push(spent / n); // the first is for the compiler
    }
  }
  const scale = unit === 'µs' ? 1000 : 1;
  const out = {};
  for (const [name, xs] of times) {
    const ratio = base ? median(xs.map((x, i) => x / times.get(base)[i])) : null;
    out[name] = {
      median: median(xs) * scale,
      min: Math.min(...xs) * scale,
      max: Math.max(...xs) * scale,
      ratio,
    };
  }
  return out;
}

function table(title, rows, unit) {
  console.log(`\n### ${title}\n\n| | median ${unit} | lowest–highest | ratio |\n|---|---:|---:|---:|`);
  for (const [k, v] of Object.entries(rows))
    console.log(
      `| ${k} | ${sci(v.median)} | ${sci(v.min)}–${sci(v.max)} | ${v.ratio === null ? '' : '×' + v.ratio.toPrecision(3)} |`,
    );
}

/** mergeUpdates sorts its inputs anew for every struct, so one call over n updates costs about n²: fifty at a time do not. */
function mergeTree(updates) {
  while (updates.length > 1) {
    const next = [];
    for (let i = 0; i < updates.length; i += 50) next.push(Y.mergeUpdates(updates.slice(i, i + 50)));
    updates = next;
  }
  return updates[0];
}

const parts = o.parts.split(',');

if (parts.includes('yjs')) {
  for (const name of ['large', 'note']) {
    const { log, stats } = trace(name);
    const big = bigDoc({ name });
    const live = docFrom(log);
    const v2 = (u) => Y.convertUpdateFormatV1ToV2(u);
    const full = Y.encodeStateAsUpdate(live);
    const full2 = Y.encodeStateAsUpdateV2(live);
    const base2 = v2(big.base);
    const tail2 = big.tail.map(v2);
    const last = log.slice(-1000);
    const before = docFrom(log.slice(0, -1000));
    const beforeState = Y.encodeStateAsUpdate(before);
    const last2 = last.map(v2);
    const merged = mergeTree(log);
    const rows = alternate(
      [
        [
          'applyUpdate(new Doc, state)',
          () => {
            Y.applyUpdate(new Y.Doc(), full);
          },
        ],
        [
          'applyUpdateV2(new Doc, state)',
          () => {
            Y.applyUpdateV2(new Y.Doc(), full2);
          },
        ],
        [
          'encodeStateAsUpdate(doc)',
          () => {
            Y.encodeStateAsUpdate(live);
          },
        ],
        [
          'encodeStateAsUpdateV2(doc)',
          () => {
            Y.encodeStateAsUpdateV2(live);
          },
        ],
        [
          'encodeStateAsUpdate(doc, sv at 99 %)',
          () => {
            Y.encodeStateAsUpdate(live, big.sv99);
          },
        ],
        [
          'encodeStateVector(doc)',
          () => {
            Y.encodeStateVector(live);
          },
        ],
        [
          'encodeStateVectorFromUpdate(state)',
          () => {
            Y.encodeStateVectorFromUpdate(full);
          },
        ],
        [
          'encodeStateVectorFromUpdateV2(state)',
          () => {
            Y.encodeStateVectorFromUpdateV2(full2);
          },
        ],
        [
          'diffUpdate(state, sv at 99 %)',
          () => {
            Y.diffUpdate(full, big.sv99);
          },
        ],
        [
          'diffUpdateV2(state, sv at 99 %)',
          () => {
            Y.diffUpdateV2(full2, big.sv99);
          },
        ],
        [
          'mergeUpdates([state, 1 update])',
          () => {
            Y.mergeUpdates([big.base, big.tail[0]]);
          },
        ],
        [
          'mergeUpdates([state, 300 updates])',
          () => {
            Y.mergeUpdates([big.base, ...big.tail]);
          },
        ],
        [
          'mergeUpdatesV2([state, 300 updates])',
          () => {
            Y.mergeUpdatesV2([base2, ...tail2]);
          },
        ],
        [
          'apply state + 300 updates to a new Doc, encode (compaction)',
          () => {
            Y.encodeStateAsUpdate(docFrom([big.base, ...big.tail]));
          },
        ],
        [
          'mergeUpdates(1000 updates)',
          () => {
            Y.mergeUpdates(last);
          },
        ],
        [
          'mergeUpdatesV2(1000 updates)',
          () => {
            Y.mergeUpdatesV2(last2);
          },
        ],
        [
          'applyUpdate to the live Doc, 1000 updates one by one',
          (d) => {
            for (const u of last) Y.applyUpdate(d, u);
          },
          () => {
            const d = new Y.Doc();
            Y.applyUpdate(d, beforeState);
            return d;
          },
        ],
      ],
      { base: 'applyUpdate(new Doc, state)', minMs: name === 'large' ? 30 : 15 },
    );
    table(
      `yjs on the ${name} document (${stats.updates} updates, ${stats.chars} characters, state ${full.length} bytes v1, ${full2.length} v2)`,
      rows,
      'ms',
    );
    results[`yjs-${name}`] = rows;

    const once = alternate(
      [
        [
          'mergeUpdates of the whole log, fifty at a time',
          () => {
            mergeTree(log);
          },
        ],
        [
          'apply whole log to a new Doc, one transaction',
          () => {
            docFrom(log);
          },
        ],
        [
          'applyUpdate(new Doc, mergeUpdates result)',
          () => {
            Y.applyUpdate(new Y.Doc(), merged);
          },
        ],
      ],
      { minMs: 1, base: 'apply whole log to a new Doc, one transaction' },
    );
    table(`the whole log of the ${name} document`, once, 'ms');
    results[`log-${name}`] = once;
  }
  const { log } = trace('large');
  for (const n of [500, 2000, 8000]) {
    const part = log.slice(0, n);
    const late = log.slice(-n);
    const rows = alternate(
      [
        [
          'mergeUpdates, all in one call',
          () => {
            Y.mergeUpdates(part);
          },
        ],
        [
          'mergeUpdates, fifty at a time',
          () => {
            mergeTree(part);
          },
        ],
        [
          'apply to a new Doc in one transaction, encode',
          () => {
            Y.encodeStateAsUpdate(docFrom(part));
          },
        ],
        ...(n < 8000
          ? [
              [
                'apply the last as many to a new Doc, which lacks what they build on',
                () => {
                  docFrom(late);
                },
              ],
            ]
          : []),
      ],
      { base: 'mergeUpdates, fifty at a time', minMs: 10 },
    );
    table(`merging the first ${n} updates of the large log`, rows, 'ms');
    results[`merge-${n}`] = rows;
  }
  const some = log.slice(-2000);
  const small = alternate(
    [
      [
        'read client and clock off an update',
        () => {
          for (const u of some) readRange(u, 0, u.length);
          return some.length;
        },
      ],
      [
        'parseUpdateMeta(update)',
        () => {
          for (const u of some) Y.parseUpdateMeta(u);
          return some.length;
        },
      ],
      [
        'decodeUpdate(update): every struct',
        () => {
          for (const u of some) Y.decodeUpdate(u);
          return some.length;
        },
      ],
      [
        'convertUpdateFormatV1ToV2(update)',
        () => {
          for (const u of some) Y.convertUpdateFormatV1ToV2(u);
          return some.length;
        },
      ],
      [
        'applyUpdate to a live, large Doc',
        (d) => {
          for (const u of some) Y.applyUpdate(d, u);
          return some.length;
        },
        () => docFrom(log.slice(0, -2000)),
      ],
    ],
    { unit: 'µs', base: 'applyUpdate to a live, large Doc', minMs: 1 },
  );
  table("one keystroke's update", small, 'µs');
  results.small = small;
}

if (parts.includes('memory')) {
  console.log(
    '\n### memory of one open document\n\n| | live heap KB per Doc | state bytes | heap / bytes |\n|---|---:|---:|---:|',
  );
  for (const name of ['large', 'note']) {
    const big = bigDoc({ name });
    const n = name === 'large' ? 20 : 100;
    const keep = [];
    gc();
    gc();
    const m0 = process.memoryUsage();
    for (let i = 0; i < n; i++) {
      const d = new Y.Doc();
      Y.applyUpdate(d, big.full);
      keep.push(d);
    }
    gc();
    gc();
    const m1 = process.memoryUsage();
    const per = (m1.heapUsed + m1.external - m0.heapUsed - m0.external) / n;
    console.log(
      `| ${name} (${keep.length} loaded) | ${(per / 1024).toFixed(0)} | ${big.full.length} | ${(per / big.full.length).toFixed(1)} |`,
    );
    results[`memory-${name}`] = { perDoc: per, state: big.full.length };
  }
}

if (parts.includes('bytes')) {
  const z = (b, level) =>
    zlib.zstdCompressSync(b, { params: { [zlib.constants.ZSTD_c_compressionLevel]: level } });
  const varint = (n, out) => {
    while (n > 127) {
      out.push(128 | (n & 127));
      n = Math.floor(n / 128);
    }
    out.push(n);
  };
  for (const name of ['large', 'note']) {
    const { log, stats } = trace(name);
    const gcDoc = docFrom(log);
    const allDoc = docFrom(log, { gc: false });
    const raw = Buffer.concat(
      log.flatMap((u) => {
        const h = [];
        varint(u.length, h);
        return [Buffer.from(h), u];
      }),
    );
    const inBlocks = (size, f) => {
      let s = 0;
      for (let i = 0; i < log.length; i += size) s += f(log.slice(i, i + size)).length;
      return s;
    };
    const framed = (part) => Buffer.concat(part.flatMap((u) => [Buffer.from([u.length & 127]), u]));
    // a clock for each keystroke: log-normal pauses, in milliseconds
    const rnd = prng(1);
    const times = [];
    for (let i = 0; i < log.length; i++)
      varint(Math.round(Math.exp(5 + 0.8 * (rnd() + rnd() + rnd() + rnd() - 2) * 1.7)), times);
    const merged = mergeTree(log);
    const merged2 = Y.convertUpdateFormatV1ToV2(merged);
    const state = Y.encodeStateAsUpdate(gcDoc);
    const rows = [
      ["current state, GC'd, v1 (what a new client must get)", state.length, z(state, 3).length],
      [
        "current state, GC'd, v2",
        Y.encodeStateAsUpdateV2(gcDoc).length,
        z(Y.encodeStateAsUpdateV2(gcDoc), 3).length,
      ],
      [
        'state of a Doc with gc off, v1 (deleted text kept, no order of edits)',
        Y.encodeStateAsUpdate(allDoc).length,
        z(Y.encodeStateAsUpdate(allDoc), 3).length,
      ],
      [
        'state of a Doc with gc off, v2',
        Y.encodeStateAsUpdateV2(allDoc).length,
        z(Y.encodeStateAsUpdateV2(allDoc), 3).length,
      ],
      [
        'mergeUpdates of the log, v1 (deleted text kept, no order across clients)',
        merged.length,
        z(merged, 3).length,
      ],
      ['mergeUpdates of the log, v2', merged2.length, z(merged2, 3).length],
      ['raw log: every update, length in front', raw.length, z(raw, 3).length],
      ['raw log, blocks of 100 updates', inBlocks(100, framed), inBlocks(100, (p) => z(framed(p), 3))],
      ['raw log, blocks of 1000 updates', inBlocks(1000, framed), inBlocks(1000, (p) => z(framed(p), 3))],
      [
        'raw log, blocks of 1000 updates, zstd 19',
        inBlocks(1000, framed),
        inBlocks(1000, (p) => z(framed(p), 19)),
      ],
      [
        'mergeUpdatesV2 of blocks of 1000',
        inBlocks(1000, (p) => Y.convertUpdateFormatV1ToV2(mergeTree(p))),
        inBlocks(1000, (p) => z(Y.convertUpdateFormatV1ToV2(mergeTree(p)), 3)),
      ],
      ['a time for each update, as varint pauses', times.length, z(Buffer.from(times), 3).length],
    ];
    console.log(
      `\n### bytes to keep, ${name} document (${stats.keystrokes} keystrokes, ${log.length} updates, ${stats.chars} characters at the end)\n\n| | bytes | per keystroke | × GC'd state v1 | with zstd 3 | per keystroke | × GC'd state v1 |\n|---|---:|---:|---:|---:|---:|---:|`,
    );
    for (const [label, a, b] of rows)
      console.log(
        `| ${label} | ${a.toLocaleString('en')} | ${(a / stats.keystrokes).toFixed(2)} | ×${(a / state.length).toFixed(2)} | ${b.toLocaleString('en')} | ${(b / stats.keystrokes).toFixed(2)} | ×${(b / state.length).toFixed(2)} |`,
      );
    results[`bytes-${name}`] = rows;
    const block = framed(log.slice(-1000));
    const packed = z(block, 3);
    const zt = alternate(
      [
        [
          'zstd 3, a block of 1000 updates',
          () => {
            z(block, 3);
          },
        ],
        [
          'unzstd, a block of 1000 updates',
          () => {
            zlib.zstdDecompressSync(packed);
          },
        ],
        [
          'zstd 3, the state',
          () => {
            z(state, 3);
          },
        ],
        [
          'unzstd, the raw log in one',
          (b) => {
            zlib.zstdDecompressSync(b);
          },
          () => z(raw, 3),
        ],
      ],
      { minMs: 5 },
    );
    table(`zstd times, ${name} document`, zt, 'ms');
    results[`zstd-${name}`] = zt;
    const big = bigDoc({ name });
    const rec = {
      'missed updates as they are (1 %)': big.missed.reduce((s, u) => s + u.length, 0),
      'missed updates merged, v1': mergeTree(big.missed).length,
      'missed updates merged, v2': Y.convertUpdateFormatV1ToV2(mergeTree(big.missed)).length,
      'missed updates as they are, zstd 3': z(Buffer.concat(big.missed), 3).length,
      'encodeStateAsUpdate(doc, sv): what every server here sends': big.diff99.length,
      'the same with nothing missing at all (its delete set)': Y.encodeStateAsUpdate(gcDoc, big.sv).length,
      'diffUpdate(mergeUpdates(log), sv)': Y.diffUpdate(merged, big.sv99).length,
    };
    console.log(
      `\n### bytes for a client that missed 1 % of the ${name} document (${big.missed.length} updates)\n\n| | bytes |\n|---|---:|`,
    );
    for (const [k, v] of Object.entries(rec)) console.log(`| ${k} | ${v.toLocaleString('en')} |`);
    results[`reconnect-${name}`] = rec;
  }
}

const scratch = () => fs.mkdtempSync(path.join(process.env.BENCH_DATA ?? os.tmpdir(), 'relay-micro-'));

if (parts.includes('reads')) {
  const dir = scratch();
  const big = bigDoc();
  const db = new Sqlite(path.join(dir, 'r.sqlite'));
  db.pragma('journal_mode = WAL');
  db.exec(
    'CREATE TABLE state(room INTEGER PRIMARY KEY, data BLOB); CREATE TABLE log(room INTEGER, seq INTEGER, data BLOB, PRIMARY KEY(room, seq)) WITHOUT ROWID',
  );
  const ins = db.prepare('INSERT INTO state VALUES (?, ?)');
  const insLog = db.prepare('INSERT INTO log VALUES (?, ?, ?)');
  db.transaction(() => {
    for (let i = 0; i < 200; i++) {
      ins.run(i, big.full);
      big.tail.forEach((u, k) => insLog.run(i, k, u));
    }
  })();
  for (let i = 0; i < 200; i++) fs.writeFileSync(path.join(dir, `${i}.bin`), big.full);
  const get = db.prepare('SELECT data FROM state WHERE room = ?').pluck();
  const tail = db.prepare('SELECT data FROM log WHERE room = ? AND seq >= ? ORDER BY seq').pluck();
  const nd = new DatabaseSync(path.join(dir, 'r.sqlite'));
  const ngetR = nd.prepare('SELECT data FROM state WHERE room = ?');
  let i = 0;
  const rows = alternate(
    [
      [
        `better-sqlite3: read one state (${big.full.length} bytes)`,
        () => {
          get.get(i++ % 200);
        },
      ],
      [
        'node:sqlite: the same',
        () => {
          ngetR.get(i++ % 200);
        },
      ],
      [
        'fs.readFileSync: the same',
        () => {
          fs.readFileSync(path.join(dir, `${i++ % 200}.bin`));
        },
      ],
      [
        'better-sqlite3: read 300 log rows',
        () => {
          tail.all(i++ % 200, 0);
        },
      ],
      [
        'better-sqlite3: read the last 30 log rows',
        () => {
          tail.all(i++ % 200, 270);
        },
      ],
      [
        'for scale: applyUpdate(new Doc, state) + encodeStateAsUpdate',
        () => {
          const d = new Y.Doc();
          Y.applyUpdate(d, big.full);
          Y.encodeStateAsUpdate(d);
        },
      ],
    ],
    { unit: 'µs', base: 'for scale: applyUpdate(new Doc, state) + encodeStateAsUpdate' },
  );
  table('reading for a cold open (warm page cache)', rows, 'µs');
  results.reads = rows;
  db.close();
  nd.close();
  fs.rmSync(dir, { recursive: true });
}

if (parts.includes('appends')) {
  const { log } = trace('large');
  const rnd = prng(4);
  const seqs = new Uint32Array(500);
  let li = 0;
  const next = () => {
    const room = Math.floor(rnd() * 500);
    return [room, ++seqs[room], log[li++ % log.length]];
  };
  const key = (room, seq) => {
    const b = Buffer.allocUnsafe(8);
    b.writeUInt32BE(room, 0);
    b.writeUInt32BE(seq, 4);
    return b;
  };
  const SCHEMA =
    'CREATE TABLE log(room INTEGER NOT NULL, seq INTEGER NOT NULL, data BLOB NOT NULL, PRIMARY KEY(room, seq)) WITHOUT ROWID';
  const cases = [];
  for (const batch of [1, 10, 100]) {
    for (const sync of [false, true]) {
      cases.push({
        engine: 'file append',
        sync,
        batch,
        label: sync ? 'write + fdatasync' : 'write',
        open(dir) {
          const fd = fs.openSync(path.join(dir, 'log'), 'a');
          return {
            commit: (rows) => {
              fs.writeSync(fd, Buffer.concat(rows.flatMap(([r, s, d]) => [key(r, s), d])));
              if (sync) fs.fdatasyncSync(fd);
            },
            close: () => fs.closeSync(fd),
          };
        },
      });
      cases.push({
        engine: 'better-sqlite3',
        sync,
        batch,
        label: `WAL, synchronous=${sync ? 'FULL' : 'NORMAL'}`,
        open(dir) {
          const db = new Sqlite(path.join(dir, 'db'));
          db.pragma('journal_mode = WAL');
          db.pragma(`synchronous = ${sync ? 'FULL' : 'NORMAL'}`);
          db.exec(SCHEMA);
          const ins = db.prepare('INSERT INTO log VALUES (?, ?, ?)');
          const tx = db.transaction((rows) => {
            for (const [r, s, d] of rows) ins.run(r, s, d);
          });
          return {
            commit: (rows) => (rows.length === 1 ? ins.run(...rows[0]) : tx(rows)),
            close: () => db.close(),
          };
        },
      });
      cases.push({
        engine: 'node:sqlite',
        sync,
        batch,
        label: `WAL, synchronous=${sync ? 'FULL' : 'NORMAL'}`,
        open(dir) {
          const db = new DatabaseSync(path.join(dir, 'db'));
          db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${sync ? 'FULL' : 'NORMAL'}; ${SCHEMA}`);
          const ins = db.prepare('INSERT INTO log VALUES (?, ?, ?)');
          return {
            commit: (rows) => {
              if (rows.length === 1) ins.run(...rows[0]);
              else {
                db.exec('BEGIN');
                for (const [r, s, d] of rows) ins.run(r, s, d);
                db.exec('COMMIT');
              }
            },
            close: () => db.close(),
          };
        },
      });
      cases.push({
        engine: 'classic-level',
        sync,
        batch,
        label: `sync: ${sync}`,
        async open(dir) {
          const db = new ClassicLevel(path.join(dir, 'db'), { keyEncoding: 'buffer', valueEncoding: 'view' });
          await db.open();
          return {
            commit: (rows) =>
              rows.length === 1
                ? db.put(key(rows[0][0], rows[0][1]), rows[0][2], { sync })
                : db.batch(
                    rows.map(([r, s, d]) => ({ type: 'put', key: key(r, s), value: d })),
                    { sync },
                  ),
            close: () => db.close(),
          };
        },
      });
      cases.push({
        engine: 'lmdb',
        sync,
        batch,
        label: sync ? 'synced commit' : 'noSync',
        async open(dir) {
          const db = openLmdb({
            path: path.join(dir, 'db'),
            keyEncoding: 'binary',
            encoding: 'binary',
            noSync: !sync,
            overlappingSync: false,
            mapSize: 2 ** 32,
          });
          return {
            commit: (rows) =>
              db.transactionSync(() => {
                for (const [r, s, d] of rows) db.putSync(key(r, s), d);
              }),
            close: () => db.close(),
          };
        },
      });
    }
  }
  const runs = new Map(cases.map((c) => [c, []]));
  for (let rep = 0; rep < REPS; rep++) {
    for (const c of cases) {
      const dir = scratch();
      seqs.fill(0);
      const s = await c.open(dir);
      let n = 0;
      const waits = [];
      const t0 = performance.now();
      let t = t0;
      while (t - t0 < SECS * 1000) {
        const rows = Array.from({ length: c.batch }, next);
        const r = s.commit(rows);
        if (r?.then) await r;
        const e = performance.now();
        waits.push(e - t);
        t = e;
        n += c.batch;
      }
      runs.get(c).push({
        perSec: (n / (t - t0)) * 1000,
        p99: waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.99)],
      });
      await s.close();
      fs.rmSync(dir, { recursive: true, force: true });
    }
  }
  console.log(
    "\n### appending one keystroke's update, thousands/s (ratio to the file append of the same kind and batch, median of the repetitions' ratios); p99 ms of one commit\n\n| | batch 1 | batch 10 | batch 100 | p99 ms of a commit, 1 / 10 / 100 |\n|---|---:|---:|---:|---:|",
  );
  const rows = {};
  for (const sync of [false, true]) {
    for (const engine of ['file append', 'better-sqlite3', 'node:sqlite', 'classic-level', 'lmdb']) {
      const cs = [1, 10, 100].map((b) =>
        cases.find((c) => c.engine === engine && c.sync === sync && c.batch === b),
      );
      const cell = (c) => {
        const mine = runs.get(c);
        const ref = runs.get(
          cases.find((k) => k.engine === 'file append' && k.sync === sync && k.batch === c.batch),
        );
        const m = median(mine.map((r) => r.perSec));
        const ratio = median(mine.map((r, i) => r.perSec / ref[i].perSec));
        rows[`${engine} ${c.label} ${c.batch}`] = { perSec: m, ratio, p99: median(mine.map((r) => r.p99)) };
        return `${sci(m / 1000)}${engine === 'file append' ? '' : ' ×' + ratio.toPrecision(2)}`;
      };
      console.log(
        `| ${engine}, ${cs[0].label} | ${cs.map(cell).join(' | ')} | ${cs.map((c) => sci(median(runs.get(c).map((r) => r.p99)))).join(' / ')} |`,
      );
    }
  }
  results.appends = rows;
}

if (o.out) fs.writeFileSync(o.out, JSON.stringify(results, null, 1));
