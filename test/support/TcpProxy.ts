import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export type Direction = 'toRelay' | 'toClient';

interface Pair {
  readonly client: Socket;
  readonly relay: Socket;
  /** One end is gone, and the other was not told. */
  isHalfOpen: boolean;
}

const slowPieceBytes = 200;
const slowPieceMs = 4;

/** One client's way to a relay on this computer. A test breaks it as networks break: neither end is told more than a network tells. */
export class TcpProxy {
  readonly #server: Server;
  readonly #relayPort: number;
  readonly #pairs = new Set<Pair>();
  readonly #held = new Map<Direction, PromiseWithResolvers<void>>();
  #isCut = false;
  #isSlow = false;

  private constructor(server: Server, relayPort: number) {
    this.#server = server;
    this.#relayPort = relayPort;
    server.on('connection', (client) => this.#join(client));
  }

  /** @param relayPort - where the relay listens, on 127.0.0.1. */
  static async start(relayPort: number): Promise<TcpProxy> {
    const server = createServer();
    const proxy = new TcpProxy(server, relayPort);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get isCut(): boolean {
    return this.#isCut;
  }

  /** Connections are reset, and nobody gets through any more. */
  cut(): void {
    this.#isCut = true;
    for (const pair of this.#pairs) end(pair);
  }

  /** What is sent in this direction does not arrive before the link is mended; the other direction works. */
  hold(direction: Direction): void {
    if (!this.#held.has(direction)) this.#held.set(direction, Promise.withResolvers());
  }

  /** This end of each connection goes without a word: the other keeps a socket on which it hears nothing, ever. */
  halfOpen(gone: 'client' | 'relay'): void {
    for (const pair of this.#pairs) {
      pair.isHalfOpen = true;
      pair[gone].destroy();
    }
  }

  /** Bytes trickle. */
  slow(): void {
    this.#isSlow = true;
  }

  /** Who comes gets through, and what was held arrives. What is half open stays so. */
  mend(): void {
    this.#isCut = false;
    this.#isSlow = false;
    for (const { resolve } of this.#held.values()) resolve();
    this.#held.clear();
  }

  async close(): Promise<void> {
    this.cut();
    this.mend();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #join(client: Socket): void {
    if (this.#isCut) {
      client.on('error', () => null).resetAndDestroy();
      return;
    }
    const relay = createConnection(this.#relayPort, '127.0.0.1');
    const pair = { client, relay, isHalfOpen: false };
    this.#pairs.add(pair);
    for (const socket of [client, relay]) {
      socket.setNoDelay();
      socket.on('error', () => null);
      socket.on('close', () => {
        if (!pair.isHalfOpen) end(pair);
        if (client.destroyed && relay.destroyed) this.#pairs.delete(pair);
      });
    }
    void this.#carry(pair, client, relay, 'toRelay');
    void this.#carry(pair, relay, client, 'toClient');
  }

  async #carry(pair: Pair, from: Socket, to: Socket, direction: Direction): Promise<void> {
    try {
      for await (const chunk of from as AsyncIterable<Buffer>) {
        const step = this.#isSlow ? slowPieceBytes : chunk.length;
        for (let at = 0; at < chunk.length; at += step) {
          if (this.#isSlow) await sleep(slowPieceMs);
          await this.#held.get(direction)?.promise;
          // What is written to an end that nobody reads any more is gone.
          if (!to.destroyed && !pair.isHalfOpen) to.write(chunk.subarray(at, at + step));
        }
      }
      if (!pair.isHalfOpen) to.end();
    } catch {
      // The socket was reset; its `close` ends the other.
    }
  }
}

function end({ client, relay }: Pair): void {
  client.resetAndDestroy();
  relay.resetAndDestroy();
}
