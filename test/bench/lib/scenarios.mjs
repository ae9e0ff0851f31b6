// The scenarios. Each starts its own server process, drives it from this process and returns plain
// numbers. Nothing here knows which server it is talking to beyond its codec.
import fs from 'node:fs';
import path from 'node:path';
import * as Y from 'yjs';
import { ACK, codecs, eachPresence, msg, PRESENCE, readRange, STEP2, UPDATE } from './codec.mjs';
import { LeanWS, clientFrame } from './ws-lean.mjs';
import { bigDoc, presence, typing } from './fixture.mjs';
import { cpu, idle, median, quantile, rss, sleep } from './proc.mjs';
import { startServer, tempDir } from './servers.mjs';

const now = () => performance.now();

/**
 * Connects to a room. onUpdate(payload, start, end, client) sees every update, a sync answer's
 * included; `synced` resolves when the first sync answer came.
 */
export async function join(server, room, { sv, onUpdate, onPresence, chunkDone, hello = true } = {}) {
  const codec = codecs[server.codec];
  let ok;
  const synced = new Promise((resolve) => {
    ok = resolve;
  });
  const ws = new LeanWS({
    port: server.port,
    path: codec.path(room),
    chunkDone,
    onClose: (c) => {
      if (!c.expected) c.lost = true;
    },
    onMessage: (payload, c) => {
      const kind = codec.parse(payload);
      if (kind === STEP2) {
        onUpdate?.(payload, msg.start, msg.end, c);
        ok();
      } else if (kind === UPDATE) onUpdate?.(payload, msg.start, msg.end, c);
      else if (kind === ACK) c.acks++;
      else if (kind === PRESENCE) onPresence?.(payload, msg.start);
    },
  });
  ws.acks = 0;
  ws.room = room;
  ws.synced = synced;
  await ws.ready;
  if (hello) for (const m of codec.hello(room, sv)) ws.send(m);
  return ws;
}

export async function inBatches(n, size, f) {
  for (let i = 0; i < n; i += size)
    await Promise.all(Array.from({ length: Math.min(size, n - i) }, (_, k) => f(i + k)));
}

export const until = async (test, limit = 20000, what = 'condition') => {
  const t0 = now();
  while (!test()) {
    if (now() - t0 > limit) throw new Error(`waited ${limit} ms for ${what}`);
    await sleep(5);
  }
};

const clientCpu = () => {
  const u = process.cpuUsage();
  return (u.user + u.system) / 1e6;
};

// ---------------------------------------------------------------- a. fanout

export async function fanout(
  name,
  { readers = 50, window = 1000, warmSecs = 0.7, satSecs = 2.5, rate = 200, rateSecs = 5, count = 300_000 },
) {
  const dir = tempDir();
  const server = await startServer(name, dir);
  const codec = codecs[server.codec];
  const t = typing({ count });
  const room = 'fan';
  const to = new Float64Array(readers); // how far each reader has come, on the writer's clock
  let delivered = 0;
  let gaps = 0;
  let sendTime = null;
  const lat = [];
  let base = 0;
  let pump = () => {};
  const all = [];
  for (let i = 0; i < readers; i++) {
    const ws = await join(server, room, {
      chunkDone: () => pump(),
      onUpdate: (b, s, e) => {
        const r = readRange(b, s, e);
        if (r.client !== t.client || r.to <= to[i]) return;
        const from = Math.max(r.from, to[i]);
        if (r.from > to[i] && to[i] > 0) gaps++;
        delivered += r.to - from;
        if (sendTime !== null) {
          const at = now();
          for (let k = from; k < r.to; k++) if (k >= base) lat.push(at - sendTime[k - base]);
        }
        to[i] = r.to;
      },
    });
    all.push(ws);
  }
  const writer = await join(server, room);
  await Promise.all([...all, writer].map((c) => c.synced));
  const frames = t.updates.map((u) => clientFrame(codec.update(room, u)));
  const stream = Buffer.concat(frames);
  const offset = new Float64Array(frames.length + 1);
  frames.forEach((f, i) => {
    offset[i + 1] = offset[i] + f.length;
  });
  // the first update lays the paragraphs: it is not one character a struct, so it is left out of the count
  to.fill(0);
  writer.send(codec.update(room, t.setup));
  await sleep(300);
  to.fill(t.clock0);

  // saturation: never more than `window` updates between the writer and the slowest reader
  let sent = 0;
  const forSaturation = frames.length - Math.floor(rate * rateSecs);
  const min = () => {
    let m = Infinity;
    for (let i = 0; i < readers; i++) if (to[i] < m) m = to[i];
    return m - t.clock0;
  };
  let running = true;
  pump = () => {
    if (!running) return;
    const inFlight = sent - min();
    if (inFlight > window * 0.75) return;
    const n = Math.min(window - inFlight, forSaturation - sent);
    if (n <= 0) {
      running = false;
      return;
    }
    writer.sendRaw(stream.subarray(offset[sent], offset[sent + n]));
    sent += n;
  };
  const frameCount = () => all.reduce((s, c) => s + c.framesIn, 0);
  pump();
  const w0 = now();
  while (now() - w0 < warmSecs * 1000 && sent < forSaturation * 0.1) await sleep(5);
  const a = { t: now(), d: delivered, f: frameCount(), c: cpu(server.pid), u: clientCpu() };
  while (running && now() - a.t < satSecs * 1000) await sleep(5);
  const z = { t: now(), d: delivered, f: frameCount(), c: cpu(server.pid), u: clientCpu() };
  running = false;
  const dt = (z.t - a.t) / 1000;
  await until(() => min() >= sent, 20000, 'the readers to catch up');
  pump = () => {};

  // a moderate, fixed rate
  await idle(server.pid, { quiet: 300, limit: 15000 });
  const total = Math.min(Math.floor(rate * rateSecs), frames.length - sent);
  base = t.clock0 + sent;
  sendTime = new Float64Array(total);
  const first = sent;
  const c0 = cpu(server.pid);
  const d0 = delivered;
  const f0 = frameCount();
  const s0 = now();
  for (let k = 0; k < total;) {
    const due = Math.min(total, Math.floor(((now() - s0) / 1000) * rate) + 1);
    while (k < due) {
      sendTime[k] = now();
      writer.sendRaw(frames[first + k]);
      k++;
    }
    sent = first + k;
    await sleep(1);
  }
  await until(() => min() >= sent, 20000, 'the readers to catch up');
  const c1 = cpu(server.pid);
  const result = {
    saturatedPerSec: (z.d - a.d) / dt,
    saturatedFramesPerSec: (z.f - a.f) / dt,
    serverBusy: (z.c - a.c) / dt,
    clientBusy: (z.u - a.u) / dt,
    saturatedCpuUsPerDelivery: ((z.c - a.c) * 1e6) / (z.d - a.d),
    p50ms: quantile(lat, 0.5),
    p99ms: quantile(lat, 0.99),
    maxms: quantile(lat, 1),
    cpuUsPerDelivery: ((c1 - c0) * 1e6) / (delivered - d0),
    framesPerDelivery: (frameCount() - f0) / (delivered - d0),
    gaps,
  };
  for (const c of [...all, writer]) c.destroy();
  await server.kill();
  fs.rmSync(dir, { recursive: true, force: true });
  return result;
}

// ---------------------------------------------------------------- a2. a meeting

/** One room in which everyone types, and each keystroke brings a presence update along, as it does in an editor. */
export async function meeting(name, { people = 30, meetRate = 8, meetSecs = 5 }) {
  const dir = tempDir();
  const server = await startServer(name, dir);
  const codec = codecs[server.codec];
  const room = 'meeting';
  const each = Math.ceil(meetRate * meetSecs);
  const who = new Map();
  const all = [];
  const lat = [];
  let delivered = 0;
  let measuring = false;
  for (let i = 0; i < people; i++) {
    const t = typing({ count: each, client: 2000000000 + i * 7919, seed: 100 + i, paragraphs: 1 });
    who.set(t.client, i);
    all.push({
      t,
      sent: 0,
      sendTime: new Float64Array(each),
      to: new Float64Array(people),
      seen: new Float64Array(people),
      ws: null,
    });
  }
  for (let i = 0; i < people; i++) {
    const me = all[i];
    me.to.set(all.map((p) => p.t.clock0));
    const take = (client, to, at) => {
      const j = who.get(client);
      if (j === undefined || j === i) return;
      const p = all[j];
      for (let k = me.to[j]; k < to; k++) {
        lat.push(at - p.sendTime[k - p.t.clock0]);
        delivered++;
      }
      if (to > me.to[j]) me.to[j] = to;
    };
    const see = (client, clock) => {
      const j = who.get(client);
      if (j !== undefined && clock > me.seen[j]) me.seen[j] = clock;
    };
    me.ws = await join(server, room, {
      onPresence: (b, s) => eachPresence(b, s, see),
      onUpdate: (b, s, e) => {
        if (!measuring) return;
        const at = now();
        const r = readRange(b, s, e);
        if (r.structs === -1) for (const [c, to] of Y.parseUpdateMeta(b.subarray(s, e)).to) take(c, to, at);
        else if (r.structs > 0) take(r.client, r.to, at);
      },
    });
    await me.ws.synced;
  }
  for (const p of all) {
    p.ws.send(codec.update(room, p.t.setup));
    p.ws.send(codec.awareness(room, presence(p.t.client, 1)));
  }
  await idle(server.pid, { quiet: 300 });
  measuring = true;
  const frames = all.map((p) =>
    p.t.updates.map((u, k) => [
      clientFrame(codec.update(room, u)),
      clientFrame(codec.awareness(room, presence(p.t.client, k + 2))),
    ]),
  );
  const order = all
    .map((p, i) => ({ p, f: frames[i], phase: (((i * 7919) % 1000) / 1000) * (1000 / meetRate) }))
    .sort((a, b) => a.phase - b.phase);
  const bytes0 = all.reduce((s, p) => s + p.ws.bytesIn, 0);
  const frames0 = all.reduce((s, p) => s + p.ws.framesIn, 0);
  const c0 = cpu(server.pid);
  const t0 = now();
  for (let cursor = 0; cursor < people * each;) {
    const elapsed = now() - t0;
    for (; cursor < people * each; cursor++) {
      const round = Math.floor(cursor / people);
      const o = order[cursor % people];
      if (round * (1000 / meetRate) + o.phase > elapsed) break;
      o.p.sendTime[o.p.sent++] = now();
      o.p.ws.sendRaw(o.f[round][0]);
      o.p.ws.sendRaw(o.f[round][1]);
    }
    await sleep(1);
  }
  const expected = people * each * (people - 1);
  await until(() => delivered >= expected, 20000, 'delivery').catch(() => {});
  await sleep(100);
  const c1 = cpu(server.pid);
  // a server may skip presence that newer presence replaced, but everyone must end up with the newest of everyone
  let presenceBehind = 0;
  all.forEach((p, i) =>
    p.seen.forEach((clock, j) => {
      if (j !== i && clock < each + 1) presenceBehind++;
    }),
  );
  const result = {
    keystrokes: people * each,
    undelivered: expected - delivered,
    presenceBehind,
    cpuSecPer1000: ((c1 - c0) / (people * each)) * 1000,
    p50ms: quantile(lat, 0.5),
    p95ms: quantile(lat, 0.95),
    p99ms: quantile(lat, 0.99),
    bytesPerDelivery: (all.reduce((s, p) => s + p.ws.bytesIn, 0) - bytes0) / expected,
    framesPerDelivery: (all.reduce((s, p) => s + p.ws.framesIn, 0) - frames0) / expected,
  };
  for (const p of all) p.ws.destroy();
  await server.kill();
  fs.rmSync(dir, { recursive: true, force: true });
  return result;
}

// ---------------------------------------------------------------- b. many rooms

export async function rooms(name, { rooms = 500, roomRate = 5, roomSecs = 10 }) {
  const dir = tempDir();
  const server = await startServer(name, dir);
  const codec = codecs[server.codec];
  const perClient = Math.ceil(roomRate * roomSecs);
  const scripts = [
    typing({ count: perClient, client: 3456789012, seed: 5, paragraphs: 1 }),
    typing({ count: perClient, client: 2345678901, seed: 6, paragraphs: 1 }),
  ];
  await sleep(300);
  const m0 = await server.memory();
  const r0 = rss(server.pid);
  const clients = Array.from({ length: rooms * 2 });
  const lat = [];
  let delivered = 0;
  let measuring = false;
  await inBatches(rooms * 2, 40, async (i) => {
    const side = i & 1;
    const peer = scripts[1 - side];
    const state = { side, sent: 0, to: peer.clock0, sendTime: new Float64Array(perClient), ws: null };
    clients[i] = state;
    state.ws = await join(server, `room-${i >> 1}`, {
      onUpdate: (b, s, e) => {
        if (!measuring) return;
        const r = readRange(b, s, e);
        if (r.structs === -1) {
          // both writers in one update
          const meta = Y.parseUpdateMeta(b.subarray(s, e));
          if (!meta.to.has(peer.client)) return;
          r.client = peer.client;
          r.to = meta.to.get(peer.client);
        }
        if (r.client !== peer.client) return; // an echo of its own
        const at = now();
        const times = clients[i ^ 1].sendTime;
        for (let k = state.to; k < r.to; k++) {
          lat.push(at - times[k - peer.clock0]);
          delivered++;
        }
        if (r.to > state.to) state.to = r.to;
      },
    });
    await state.ws.synced;
  });
  for (const c of clients) c.ws.send(codec.update(c.ws.room, scripts[c.side].setup));
  await idle(server.pid);
  await sleep(200);
  measuring = true;
  const m1 = await server.memory();
  const r1 = rss(server.pid);

  // every client types at its own phase; one loop serves the due ones
  const step = 1000 / roomRate;
  const frames = clients.map((c) =>
    scripts[c.side].updates.map((u) => clientFrame(codec.update(c.ws.room, u))),
  );
  const order = clients
    .map((c, i) => ({ c, f: frames[i], phase: (((i * 7919) % 1000) / 1000) * step }))
    .sort((p, q) => p.phase - q.phase);
  await sleep(300);
  const c0 = cpu(server.pid);
  const u0 = clientCpu();
  const t0 = now();
  let done = 0;
  const totalSends = order.length * perClient;
  let cursor = 0;
  while (done < totalSends) {
    const elapsed = now() - t0;
    for (;;) {
      const round = Math.floor(cursor / order.length);
      if (round >= perClient) break;
      const o = order[cursor % order.length];
      if (round * step + o.phase > elapsed) break;
      o.c.sendTime[o.c.sent++] = now();
      o.c.ws.sendRaw(o.f[round]);
      cursor++;
      done++;
    }
    await sleep(1);
  }
  let late = false;
  await until(() => delivered >= totalSends, 30000, 'delivery').catch(() => {
    late = true;
  });
  const wall = (now() - t0) / 1000;
  const c1 = cpu(server.pid);
  const u1 = clientCpu();
  // what it does after the last delivery, such as storing, belongs to the same updates
  await idle(server.pid, { quiet: server.persistent ? 2600 : 300, limit: 20000 });
  const c2 = cpu(server.pid);
  const m2 = await server.memory();
  const r2 = rss(server.pid);
  const live = (m) => (m === null ? NaN : m.heapUsed + m.external);
  const result = {
    updates: totalSends,
    undelivered: totalSends - delivered,
    late,
    wallSecs: wall,
    serverBusy: (c1 - c0) / wall,
    clientBusy: (u1 - u0) / wall,
    cpuSecPer1000: ((c1 - c0) / totalSends) * 1000,
    cpuSecPer1000WithAfter: ((c2 - c0) / totalSends) * 1000,
    p50ms: quantile(lat, 0.5),
    p99ms: quantile(lat, 0.99),
    rssPerRoomKB: (r2 - r0) / rooms / 1024,
    rssPerRoomJoinedKB: (r1 - r0) / rooms / 1024,
    livePerRoomKB: (live(m2) - live(m0)) / rooms / 1024,
    livePerRoomJoinedKB: (live(m1) - live(m0)) / rooms / 1024,
  };
  for (const c of clients) c.ws.destroy();
  await server.kill();
  fs.rmSync(dir, { recursive: true, force: true });
  return result;
}

// ---------------------------------------------------------------- c, d. cold open and reconnect

function folderBytes(dir) {
  let sum = 0;
  for (const f of fs.readdirSync(dir, { recursive: true, withFileTypes: true }))
    if (f.isFile()) sum += fs.statSync(path.join(f.parentPath, f.name)).size;
  return sum;
}

const goal = (sv) => [...Y.decodeStateVector(sv)];

/**
 * Opens a room and times how long until it has every struct of `want`, from what it has already
 * (`sv`). What is looked at after a frame came is not on the clock.
 */
async function fetchAll(server, room, { sv, want, minBytes }) {
  const have = sv === undefined ? new Map() : new Map(Y.decodeStateVector(sv));
  let finish;
  const complete = new Promise((resolve) => {
    finish = resolve;
  });
  let bytes = 0;
  let parts = 0;
  const t0 = now();
  const ws = await join(server, room, {
    hello: false,
    onUpdate: (b, s, e) => {
      const at = now();
      bytes += e - s;
      parts++;
      if (e - s > 2) {
        for (const [c, to] of Y.parseUpdateMeta(b.subarray(s, e)).to)
          if (to > (have.get(c) ?? 0)) have.set(c, to);
      }
      if (bytes >= minBytes && want.every(([c, to]) => (have.get(c) ?? 0) >= to)) finish(at);
    },
  });
  const t1 = now();
  for (const m of codecs[server.codec].hello(room, sv)) ws.send(m);
  const t2 = await Promise.race([complete, sleep(20000).then(() => NaN)]);
  await sleep(20);
  return { ws, ms: t2 - t0, syncMs: t2 - t1, updateBytes: bytes, socketBytes: ws.bytesIn, parts };
}

const sendSeed = (server, ws, room, big) => {
  const codec = codecs[server.codec];
  if (server.reference) {
    const name = Buffer.from(room, 'latin1');
    const head = (kind) => Buffer.concat([Buffer.from([255, kind, name.length]), name]);
    ws.send(Buffer.concat([head(0), codec.step2(room, big.full)]));
    ws.send(Buffer.concat([head(1), codec.step2(room, big.diff99)]));
    return;
  }
  ws.send(codec.update(room, big.base));
  ws.sendRaw(Buffer.concat(big.tail.map((u) => clientFrame(codec.update(room, u)))));
};

export async function open(name, { docs = 10, reconnects = 10, doc = 'large' }) {
  const dir = tempDir();
  let server = await startServer(name, dir);
  const big = bigDoc({ name: doc });
  const want = goal(big.sv);
  await sleep(300);
  let mem0 = await server.memory();
  let rss0 = rss(server.pid);
  const seeders = [];
  const seedCpu0 = cpu(server.pid);
  for (let i = 0; i <= docs; i++) {
    const room = `doc-${i}`;
    const ws = await join(server, room);
    await ws.synced;
    sendSeed(server, ws, room, big);
    // asks again and waits: everything sent before has been taken in then
    const check = await fetchAll(server, room, { want, minBytes: 0 });
    if (Number.isNaN(check.ms)) throw new Error(`${name}: a seeded document did not come back`);
    check.ws.destroy();
    if (server.persistent) {
      ws.destroy();
      await sleep(5);
    } else seeders.push(ws);
  }
  await idle(server.pid, { quiet: server.persistent ? 1500 : 500 });
  const seedCpu = cpu(server.pid) - seedCpu0;
  let diskBytes = 0;
  let mem1 = await server.memory();
  let rss1 = rss(server.pid);
  if (server.persistent) {
    await server.kill();
    diskBytes = folderBytes(dir);
    server = await startServer(name, dir);
    await sleep(300);
    mem0 = await server.memory();
    rss0 = rss(server.pid);
  }
  const times = [];
  const opened = [];
  const cpu0 = cpu(server.pid);
  let fail = 0;
  for (let i = 0; i < docs; i++) {
    const r = await fetchAll(server, `doc-${i}`, { want, minBytes: big.full.length * 0.5 });
    if (Number.isNaN(r.ms)) fail++;
    times.push(r);
    opened.push(r.ws);
  }
  const openCpu = cpu(server.pid) - cpu0;
  if (server.persistent) {
    mem1 = await server.memory();
    rss1 = rss(server.pid);
  }
  // nobody joins for a while: what a server keeps of documents that are only open
  await sleep(1500);
  const memIdle = await server.memory();
  const live = (m) => (m === null ? NaN : m.heapUsed + m.external);

  // reconnect, to a document nobody has open (persistent servers) and to one that is open
  const room = `doc-${docs}`;
  const coldBack = server.persistent
    ? await fetchAll(server, room, { sv: big.sv99, want, minBytes: 0 })
    : null;
  if (coldBack) seeders.push(coldBack.ws);
  const backs = [];
  for (let i = 0; i < reconnects; i++) {
    const r = await fetchAll(server, room, { sv: big.sv99, want, minBytes: 0 });
    backs.push(r);
    r.ws.destroy();
    await sleep(10);
  }
  const pick = (k) => times.map((t) => t[k]);
  const result = {
    fail,
    openP50ms: median(pick('ms')),
    openP99ms: quantile(pick('ms'), 0.99),
    openFirstMs: times[0].ms,
    openCpuMs: (openCpu * 1000) / docs,
    openBytes: median(pick('socketBytes')),
    openParts: median(pick('parts')),
    rssPerDocMB: (rss1 - rss0) / docs / 2 ** 20,
    livePerDocMB: (live(mem1) - live(mem0)) / docs / 2 ** 20,
    liveIdlePerDocMB: (live(memIdle) - live(mem0)) / docs / 2 ** 20,
    seedCpuMsPerDoc: (seedCpu * 1000) / (docs + 1),
    diskPerDocKB: diskBytes / (docs + 1) / 1024,
    fullBytes: big.full.length,
    reconnectMs: median(backs.map((b) => b.syncMs)),
    reconnectBytes: median(backs.map((b) => b.socketBytes)),
    reconnectUpdateBytes: median(backs.map((b) => b.updateBytes)),
    coldReconnectMs: coldBack ? coldBack.syncMs : NaN,
    coldReconnectBytes: coldBack ? coldBack.socketBytes : NaN,
  };
  for (const c of [...seeders, ...opened]) c.destroy();
  await server.kill();
  fs.rmSync(dir, { recursive: true, force: true });
  return result;
}

// ---------------------------------------------------------------- e. durability

/** Types in `durRooms` rooms, kills the server `killAfter` ms after the last update reached a peer, and counts what is gone. */
export async function durability(name, { durRooms = 10, durRate = 10, durSecs = 3, killAfter = 200 }) {
  const dir = tempDir();
  let server = await startServer(name, dir);
  if (!server.persistent) {
    await server.kill();
    return { skipped: 1 };
  }
  const codec = codecs[server.codec];
  const count = Math.round(durRate * durSecs);
  const t = typing({ count, client: 3456789012, seed: 9, paragraphs: 1 });
  const pairs = [];
  for (let i = 0; i < durRooms; i++) {
    const room = `dur-${i}`;
    const p = { room, to: 0, echoed: 0 };
    p.peer = await join(server, room, {
      onUpdate: (b, s, e) => {
        if (e - s <= 2) return;
        const to = Y.parseUpdateMeta(b.subarray(s, e)).to.get(t.client) ?? 0;
        if (to > p.to) {
          p.to = to;
          p.at = now();
        }
      },
    });
    p.writer = await join(server, room);
    await Promise.all([p.peer.synced, p.writer.synced]);
    p.writer.send(codec.update(room, t.setup));
    pairs.push(p);
  }
  const target = t.clock0 + count;
  const t0 = now();
  for (let k = 0; k < count;) {
    const due = Math.min(count, Math.floor(((now() - t0) / 1000) * durRate) + 1);
    for (; k < due; k++) for (const p of pairs) p.writer.send(codec.update(p.room, t.updates[k]));
    await sleep(2);
  }
  await until(() => pairs.every((p) => p.to >= target), 20000, 'the peers');
  const last = Math.max(...pairs.map((p) => p.at));
  while (now() - last < killAfter) await sleep(2);
  await server.kill();
  const acked = pairs.reduce((n, p) => n + Math.max(0, p.writer.acks - 1), 0);
  for (const p of pairs) {
    p.peer.destroy();
    p.writer.destroy();
  }
  server = await startServer(name, dir);
  let recovered = 0;
  let roomsHurt = 0;
  for (const p of pairs) {
    let to = 0;
    let at = now();
    const ws = await join(server, p.room, {
      onUpdate: (b, s, e) => {
        at = now();
        if (e - s > 2) to = Math.max(to, Y.parseUpdateMeta(b.subarray(s, e)).to.get(t.client) ?? 0);
      },
    });
    await ws.synced;
    at = now();
    while (now() - at < 250 && to < target) await sleep(10);
    const got = Math.max(0, to - t.clock0);
    recovered += got;
    if (got < count) roomsHurt++;
    ws.destroy();
  }
  const sent = count * durRooms;
  await server.kill();
  fs.rmSync(dir, { recursive: true, force: true });
  return {
    sent,
    acked,
    lost: sent - recovered,
    lostPercent: ((sent - recovered) / sent) * 100,
    roomsHurt,
    rooms: durRooms,
  };
}
