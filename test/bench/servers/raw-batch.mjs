// The reference with one thing more: what reaches a room within one turn of the event loop is framed
// once and leaves in one write per socket. Still no CRDT and no persistence, so what it shows is
// how far a relay in this runtime can go without looking inside an update.
import { WebSocketServer } from 'ws';
import { ready } from './_common.mjs';
import { step1Answer, store } from './raw.mjs';

function frame(m) {
  const len = m.length;
  const head = len < 126 ? 2 : len < 65536 ? 4 : 10;
  const out = Buffer.allocUnsafe(head + len);
  out[0] = 0x82;
  if (head === 2) out[1] = len;
  else if (head === 4) {
    out[1] = 126;
    out.writeUInt16BE(len, 2);
  } else {
    out[1] = 127;
    out.writeBigUInt64BE(BigInt(len), 2);
  }
  out.set(m, head);
  return out;
}

const rooms = new Map();
const dirty = new Set();
let scheduled = false;
function flush() {
  scheduled = false;
  for (const room of dirty) {
    const { from, frames, members } = room;
    // one buffer for everyone who wrote nothing in this turn; the writers get theirs cut out
    const all = frames.length === 1 ? frames[0] : Buffer.concat(frames);
    let only = from[0];
    for (const f of from)
      if (f !== only) {
        only = null;
        break;
      }
    for (const peer of members) {
      if (only === null && from.includes(peer)) {
        const rest = frames.filter((_, i) => from[i] !== peer);
        if (rest.length > 0) peer._socket.write(Buffer.concat(rest));
      } else if (peer !== only) peer._socket.write(all);
    }
    room.from = [];
    room.frames = [];
  }
  dirty.clear();
}

const wss = new WebSocketServer({ port: Number(process.env.PORT ?? 0), host: '127.0.0.1' });
wss.on('connection', (ws, req) => {
  const name = req.url.slice(1);
  let room = rooms.get(name);
  if (room === undefined) rooms.set(name, (room = { members: new Set(), from: [], frames: [] }));
  room.members.add(ws);
  ws.on('message', (m) => {
    if (m[0] === 0 && m[1] === 0) return step1Answer(name, m, (b) => ws.send(b));
    if (m[0] === 255) return store(m);
    room.frames.push(frame(m));
    room.from.push(ws);
    dirty.add(room);
    if (!scheduled) {
      scheduled = true;
      setImmediate(flush);
    }
  });
  ws.on('close', () => {
    room.members.delete(ws);
    if (room.members.size === 0) rooms.delete(name);
  });
});
wss.on('listening', () => ready(wss.address().port, { codec: 'yws' }));
