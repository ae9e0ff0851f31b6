// A WebSocket client made small on purpose: the load generator shares a two-core machine with the
// server under test, so what a client costs must stay far below what the server costs.
// No extensions are offered, so no server can compress. Outgoing frames carry a zero mask key,
// which a server has to unmask like any other.
import net from 'node:net';
import { randomBytes } from 'node:crypto';

const NO_MASK = Buffer.alloc(4);

/** One masked binary frame (client to server). */
export function clientFrame(payload) {
  const len = payload.length;
  const head = len < 126 ? 2 : len < 65536 ? 4 : 10;
  const out = Buffer.allocUnsafe(head + 4 + len);
  out[0] = 0x82;
  if (head === 2) out[1] = 0x80 | len;
  else if (head === 4) {
    out[1] = 0x80 | 126;
    out.writeUInt16BE(len, 2);
  } else {
    out[1] = 0x80 | 127;
    out.writeBigUInt64BE(BigInt(len), 2);
  }
  NO_MASK.copy(out, head);
  out.set(payload, head + 4);
  return out;
}

export class LeanWS {
  /**
   * @param {{host?: string, port: number, path: string, onMessage: (payload: Buffer, client: LeanWS) => void, onClose?: (c: LeanWS) => void, chunkDone?: (c: LeanWS) => void}} o
   * The payload handed to onMessage is only valid during the call: copy it to keep it.
   */
  constructor({ host = '127.0.0.1', port, path, onMessage, onClose, chunkDone }) {
    this.onMessage = onMessage;
    this.chunkDone = chunkDone;
    this.bytesIn = 0;
    this.framesIn = 0;
    this.open = false;
    this.closed = false;
    this.rest = null; // an incomplete frame's first bytes
    this.big = null; // a frame larger than one read, being filled
    this.bigAt = 0;
    this.fragments = null;
    this.ready = new Promise((resolve, reject) => {
      this._ok = resolve;
      this._fail = reject;
    });
    this.ready.catch(() => {});
    const read = Buffer.allocUnsafe(65536);
    this.socket = net.connect({
      host,
      port,
      noDelay: true,
      onread: {
        buffer: read,
        callback: (n, buf) => {
          this._data(buf.subarray(0, n));
          return true;
        },
      },
    });
    this.socket.on('connect', () => {
      this.socket.write(
        `GET ${path} HTTP/1.1\r\nHost: ${host}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
      );
    });
    this.socket.on('error', (e) => this._fail(e));
    this.socket.on('close', () => {
      this.closed = true;
      this._fail(new Error('closed'));
      onClose?.(this);
    });
  }

  send(payload) {
    this.socket.write(clientFrame(payload));
  }
  sendRaw(framed) {
    this.socket.write(framed);
  }
  destroy() {
    this.socket.destroy();
  }

  _data(chunk) {
    this.bytesIn += chunk.length;
    if (!this.open) {
      if (this.rest) {
        chunk = Buffer.concat([this.rest, chunk]);
        this.rest = null;
      }
      const end = chunk.indexOf('\r\n\r\n');
      if (end < 0) {
        this.rest = Buffer.from(chunk);
        return;
      }
      const head = chunk.toString('latin1', 0, end);
      if (!head.startsWith('HTTP/1.1 101')) {
        this._fail(new Error(head));
        this.socket.destroy();
        return;
      }
      this.open = true;
      this._ok(this);
      chunk = chunk.subarray(end + 4);
      this.bytesIn = chunk.length; // the handshake is not counted
      if (chunk.length === 0) return;
    }
    let at = 0;
    if (this.big) {
      const n = Math.min(chunk.length, this.big.length - this.bigAt);
      chunk.copy(this.big, this.bigAt, 0, n);
      this.bigAt += n;
      at = n;
      if (this.bigAt < this.big.length) return;
      const whole = this.big;
      this.big = null;
      this._frame(this.bigOp, this.bigFin, whole);
    }
    if (this.rest) {
      chunk = Buffer.concat([this.rest, chunk.subarray(at)]);
      this.rest = null;
      at = 0;
    }
    const end = chunk.length;
    while (at < end) {
      if (end - at < 2) break;
      const b0 = chunk[at];
      let len = chunk[at + 1] & 127;
      let head = 2;
      if (len === 126) {
        if (end - at < 4) break;
        len = chunk.readUInt16BE(at + 2);
        head = 4;
      } else if (len === 127) {
        if (end - at < 10) break;
        len = Number(chunk.readBigUInt64BE(at + 2));
        head = 10;
      }
      const from = at + head;
      if (end - from < len) {
        if (len > 16384) {
          this.big = Buffer.allocUnsafe(len);
          this.bigAt = end - from;
          this.bigOp = b0 & 15;
          this.bigFin = b0 >> 7;
          chunk.copy(this.big, 0, from, end);
          at = end;
        }
        break;
      }
      this._frame(b0 & 15, b0 >> 7, chunk.subarray(from, from + len));
      at = from + len;
    }
    if (at < end) this.rest = Buffer.from(chunk.subarray(at));
    this.chunkDone?.(this);
  }

  _frame(op, fin, payload) {
    if (op === 9) {
      // ping
      const pong = clientFrame(payload);
      pong[0] = 0x8a;
      this.socket.write(pong);
      return;
    }
    if (op === 8) {
      this.socket.end();
      return;
    }
    if (op === 10) return;
    if (op === 0 || !fin) {
      (this.fragments ??= []).push(Buffer.from(payload));
      if (!fin) return;
      payload = Buffer.concat(this.fragments);
      this.fragments = null;
    }
    this.framesIn++;
    this.onMessage(payload, this);
  }
}
