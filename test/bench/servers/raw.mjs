// The reference: no CRDT, no persistence, nothing but `ws`. Every binary frame goes to the other
// sockets of the room. For the open and reconnect scenarios it hands out files it was seeded with.
import { WebSocketServer } from 'ws';
import fs from 'node:fs';
import path from 'node:path';
import { ready, dataDir } from './_common.mjs';

const rooms = new Map();
export const seeds = new Map(); // room -> { full: file, tail: file }
export const EMPTY_STEP2 = Buffer.from([0, 1, 2, 0, 0]);

export function store(m) {
  // [255, kind, name length, name, payload]: a frame the load generator sends to this reference only
  const name = m.toString('latin1', 3, 3 + m[2]);
  const file = path.join(dataDir, `${encodeURIComponent(name)}.${m[1]}`);
  fs.writeFileSync(file, m.subarray(3 + m[2]));
  const s = seeds.get(name) ?? {};
  s[m[1]] = file;
  seeds.set(name, s);
}

export function step1Answer(room, m, send) {
  const s = seeds.get(room);
  if (s === undefined) return send(EMPTY_STEP2);
  // step 1 is [0, 0, length, state vector]; one byte of state vector is an empty one
  const file = m[2] > 1 && s[1] !== undefined ? s[1] : s[0];
  fs.readFile(file, (err, b) => {
    if (err) throw err;
    send(b);
  });
}

if (process.argv[1] === import.meta.filename) {
  const wss = new WebSocketServer({ port: Number(process.env.PORT ?? 0), host: '127.0.0.1' });
  wss.on('connection', (ws, req) => {
    const room = req.url.slice(1);
    let members = rooms.get(room);
    if (members === undefined) rooms.set(room, (members = new Set()));
    members.add(ws);
    ws.on('message', (m) => {
      if (m[0] === 0 && m[1] === 0) return step1Answer(room, m, (b) => ws.send(b));
      if (m[0] === 255) return store(m);
      for (const peer of members) if (peer !== ws) peer.send(m);
    });
    ws.on('close', () => {
      members.delete(ws);
      if (members.size === 0) rooms.delete(room);
    });
  });
  wss.on('listening', () => ready(wss.address().port, { codec: 'yws' }));
}
