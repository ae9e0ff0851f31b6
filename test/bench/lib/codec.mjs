// The two dialects of the y-websocket protocol. `yws` names the room in the URL path; `hocuspocus`
// names it in front of every message and wants an auth message first.
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

export const EMPTY_SV = Y.encodeStateVector(new Y.Doc());

// what parse() leaves behind: one shared object, so parsing allocates nothing
export const msg = { kind: 0, start: 0, end: 0 };
export const STEP1 = 1;
export const STEP2 = 2;
export const UPDATE = 3;
export const ACK = 4;
export const PRESENCE = 5;
export const OTHER = 9;

let pos = 0;
function varUint(b) {
  let n = 0;
  let mul = 1;
  for (;;) {
    const x = b[pos++];
    n += (x & 127) * mul;
    if (x < 128) return n;
    mul *= 128;
  }
}

function parseSync(b) {
  const sub = varUint(b);
  const len = varUint(b);
  msg.start = pos;
  msg.end = pos + len;
  msg.kind = sub === 0 ? STEP1 : sub === 1 ? STEP2 : sub === 2 ? UPDATE : OTHER;
  return msg.kind;
}

function parsePresence(b) {
  const len = varUint(b);
  msg.start = pos;
  msg.end = pos + len;
  return (msg.kind = PRESENCE);
}

/** Calls take(client, clock) for everyone in a presence update. */
export function eachPresence(b, start, take) {
  pos = start;
  for (let n = varUint(b); n > 0; n--) {
    const client = varUint(b);
    const clock = varUint(b);
    const len = varUint(b);
    pos += len;
    take(client, clock);
  }
}

const sync = (prefix, sub, bytes) =>
  encoding.encode((e) => {
    if (prefix !== null) encoding.writeVarString(e, prefix);
    encoding.writeVarUint(e, 0);
    encoding.writeVarUint(e, sub);
    encoding.writeVarUint8Array(e, bytes);
  });

export const codecs = {
  yws: {
    path: (room) => '/' + room,
    hello: (_room, sv = EMPTY_SV) => [sync(null, 0, sv)],
    step1: (_room, sv) => sync(null, 0, sv),
    step2: (_room, u) => sync(null, 1, u),
    update: (_room, u) => sync(null, 2, u),
    awareness: (_room, a) =>
      encoding.encode((e) => {
        encoding.writeVarUint(e, 1);
        encoding.writeVarUint8Array(e, a);
      }),
    parse(b) {
      pos = 0;
      const type = varUint(b);
      if (type === 0) return parseSync(b);
      return type === 1 ? parsePresence(b) : (msg.kind = OTHER);
    },
  },
  hocuspocus: {
    path: (_room) => '/',
    hello: (room, sv = EMPTY_SV) => [
      encoding.encode((e) => {
        encoding.writeVarString(e, room);
        encoding.writeVarUint(e, 2);
        encoding.writeVarUint(e, 0);
        encoding.writeVarString(e, 'token');
      }),
      sync(room, 0, sv),
    ],
    step1: (room, sv) => sync(room, 0, sv),
    step2: (room, u) => sync(room, 1, u),
    update: (room, u) => sync(room, 2, u),
    awareness: (room, a) =>
      encoding.encode((e) => {
        encoding.writeVarString(e, room);
        encoding.writeVarUint(e, 1);
        encoding.writeVarUint8Array(e, a);
      }),
    parse(b) {
      pos = 0;
      const n = varUint(b);
      pos += n;
      const type = varUint(b);
      if (type === 0 || type === 4) return parseSync(b);
      if (type === 1) return parsePresence(b);
      return (msg.kind = type === 8 ? ACK : OTHER);
    },
  },
};

/**
 * Where a v1 update that holds structs of one client only, each one character long, begins and
 * ends on that client's clock. Anything else is read by yjs itself. Leaves the answer in `range`.
 */
export const range = { client: 0, from: 0, to: 0, structs: 0 };
export function readRange(b, start, end) {
  pos = start;
  const clients = varUint(b);
  if (clients === 0) {
    range.from = range.to = range.structs = 0;
    return range;
  }
  if (clients === 1) {
    range.structs = varUint(b);
    range.client = varUint(b);
    range.from = varUint(b);
    range.to = range.from + range.structs;
    if (range.structs > 1 && (++checked & 63) === 0) {
      const meta = Y.parseUpdateMeta(b.subarray(start, end));
      if (meta.to.get(range.client) !== range.to)
        throw new Error('an update merged several characters into one struct: readRange must decode it');
    }
    return range;
  }
  const meta = Y.parseUpdateMeta(b.subarray(start, end));
  range.structs = -1;
  range.client = -1;
  for (const [c, to] of meta.to) {
    range.client = c;
    range.from = meta.from.get(c);
    range.to = to;
  }
  return range;
}
let checked = 0;
