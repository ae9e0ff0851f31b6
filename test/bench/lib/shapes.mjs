// Shapes of load that a community brings: many people in one note, many who only look, everybody coming back after a restart, a note
// that was written in for years. Each starts its own server process, as the scenarios do.
import fs from 'node:fs';
import * as Y from 'yjs';
import { codecs, readRange } from './codec.mjs';
import { typing } from './fixture.mjs';
import { idle as untilIdle, quantile, rss, sleep } from './proc.mjs';
import { inBatches, join, meeting, until } from './scenarios.mjs';
import { startServer, tempDir } from './servers.mjs';
import { clientFrame } from './ws-lean.mjs';

const now = () => performance.now();

/** 200 people who write in one note, two edits a second each, each with presence. */
export const crowd = (name, { crowdPeople = 200, crowdRate = 2, crowdSecs = 10 }) =>
  meeting(name, { people: crowdPeople, meetRate: crowdRate, meetSecs: crowdSecs });

/** Sockets that joined and say nothing, ten to a note. */
export async function idle(name, { idleSockets = 5000 }) {
  const dir = tempDir();
  const server = await startServer(name, dir);
  const codec = codecs[server.codec];
  const t = typing({ count: 1, paragraphs: 1 });
  const notes = Math.ceil(idleSockets / 10);
  // What is made once is not a socket's.
  const first = await join(server, 'first');
  await first.synced;
  first.send(codec.update('first', t.setup));
  await sleep(300);
  const [m0, r0] = [await server.memory(), rss(server.pid)];
  const all = [];
  await inBatches(idleSockets, 50, async (i) => {
    const ws = await join(server, `note-${i % notes}`);
    await ws.synced;
    all.push(ws);
  });
  await untilIdle(server.pid);
  const [m1, r1] = [await server.memory(), rss(server.pid)];
  const live = (m) => (m === null ? NaN : m.heapUsed + m.external);
  const result = {
    sockets: all.length,
    lost: all.filter((ws) => ws.lost).length,
    rssPerSocketKB: (r1 - r0) / idleSockets / 1024,
    livePerSocketKB: (live(m1) - live(m0)) / idleSockets / 1024,
  };
  for (const ws of [...all, first]) ws.destroy();
  await server.kill();
  fs.rmSync(dir, { recursive: true, force: true });
  return result;
}

/** Clients whose relay is killed and starts again: each comes back when it can, after a wait of its own, as ours does. */
export async function storm(name, { stormClients = 2000 }) {
  const dir = tempDir();
  let server = await startServer(name, dir);
  const codec = codecs[server.codec];
  const notes = Math.ceil(stormClients / 10);
  const t = typing({ count: 200, paragraphs: 10 });
  await inBatches(notes, 40, async (n) => {
    const ws = await join(server, `note-${n}`);
    await ws.synced;
    ws.send(codec.update(ws.room, t.setup));
    for (const update of t.updates) ws.send(codec.update(ws.room, update));
    await sleep(200);
    ws.destroy();
  });
  await untilIdle(server.pid);
  await server.kill();
  const down = now();
  server = await startServer(name, dir);
  const ready = now();
  const target = t.clock0 + t.updates.length;
  const [backAt, syncedAt] = [[], []];
  let tries = 0;
  const comeBack = async (i) => {
    for (let failures = 0; ; failures++) {
      const ceiling = Math.min(30_000, 500 * 2 ** (failures + 1));
      await sleep(500 + Math.random() * (ceiling - 500));
      tries++;
      let to = 0;
      try {
        const ws = await join(server, `note-${i % notes}`, {
          onUpdate: (b, s, e) => {
            if (e - s > 2) to = Math.max(to, Y.parseUpdateMeta(b.subarray(s, e)).to.get(t.client) ?? 0);
          },
        });
        backAt.push(now() - ready);
        await ws.synced;
        await until(() => to >= target, 30_000, 'the whole note');
        syncedAt.push(now() - ready);
        return ws;
      } catch {
        // It comes again, a little later.
      }
    }
  };
  const all = await Promise.all(Array.from({ length: stormClients }, (_, i) => comeBack(i)));
  const result = {
    restartMs: ready - down,
    backP50ms: quantile(backAt, 0.5),
    backMaxMs: quantile(backAt, 1),
    syncedP50ms: quantile(syncedAt, 0.5),
    syncedMaxMs: quantile(syncedAt, 1),
    triesPerClient: tries / stormClients,
  };
  for (const ws of all) ws.destroy();
  await server.kill();
  fs.rmSync(dir, { recursive: true, force: true });
  return result;
}

/** A note that gets one row a keystroke, hundreds of thousands of them: what a keystroke costs at its beginning and at its end, and opening it. */
export async function years(name, { yearsRows = 500_000 }) {
  const dir = tempDir();
  let server = await startServer(name, dir);
  const codec = codecs[server.codec];
  const t = typing({ count: yearsRows });
  const room = 'years';
  const probes = 200;
  let to = 0;
  const reader = await join(server, room, {
    onUpdate: (b, s, e) => {
      const r = readRange(b, s, e);
      if (r.client === t.client && r.to > to) to = r.to;
    },
  });
  const writer = await join(server, room);
  await Promise.all([reader.synced, writer.synced]);
  writer.send(codec.update(room, t.setup));
  const send = (k) => writer.sendRaw(clientFrame(codec.update(room, t.updates[k])));
  const arrived = (k) => until(() => to >= t.clock0 + k, 120_000, `row ${k}`);
  /** One keystroke after the other, each when the last was seen. @returns their times. */
  const probe = async (from) => {
    const times = [];
    for (let k = from; k < from + probes; k++) {
      const before = now();
      send(k);
      while (to < t.clock0 + k + 1) await new Promise((resolve) => setImmediate(resolve));
      times.push(now() - before);
    }
    return times;
  };
  const fill = async (from, until) => {
    for (let k = from; k < until; k++) {
      send(k);
      if (k % 1000 === 999) await arrived(k - 2000);
    }
    await arrived(until);
  };
  await fill(0, 500);
  const early = await probe(500);
  const begun = now();
  await fill(500 + probes, yearsRows - probes);
  const fillSecs = (now() - begun) / 1000;
  await untilIdle(server.pid);
  const late = await probe(yearsRows - probes);
  reader.destroy();
  writer.destroy();
  await untilIdle(server.pid);
  await server.kill();
  server = await startServer(name, dir);
  const opened = now();
  let last = 0;
  const guest = await join(server, room, {
    onUpdate: (b, s, e) => {
      if (e - s > 2) last = Math.max(last, Y.parseUpdateMeta(b.subarray(s, e)).to.get(t.client) ?? 0);
    },
  });
  await guest.synced;
  const openMs = now() - opened;
  const result = {
    rows: yearsRows,
    missing: t.clock0 + yearsRows - last,
    openMs,
    appendEarlyP50ms: quantile(early, 0.5),
    appendLateP50ms: quantile(late, 0.5),
    fillPerSec: (yearsRows - 2 * probes) / fillSecs,
  };
  guest.destroy();
  await server.kill();
  fs.rmSync(dir, { recursive: true, force: true });
  return result;
}
