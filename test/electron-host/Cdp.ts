import type { Readable, Writable } from 'node:stream';
import { EventEmitter } from 'node:events';

/** Parameters and answers of the DevTools protocol, as they come. */
// oxlint-disable-next-line typescript/no-explicit-any -- the protocol's own types are generated per version; each use names what it reads.
export type Fields = Record<string, any>;

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: Fields;
  readonly result?: Fields;
  readonly error?: { readonly message: string };
}

/** One session of the DevTools protocol: of the browser, or of one page. Emits the protocol's events by their names, and `gone`. */
export class CdpSession extends EventEmitter {
  readonly #connection: Cdp;
  readonly id: string | undefined;

  constructor(connection: Cdp, id?: string) {
    super();
    this.setMaxListeners(0);
    this.#connection = connection;
    this.id = id;
  }

  send(method: string, params: Fields = {}): Promise<Fields> {
    return this.#connection.send(method, params, this.id);
  }
}

/** The DevTools protocol over Chromium's pipe: a browser whose pipe closes ends with it, so none outlives a main that was killed. */
export class Cdp {
  readonly browser = new CdpSession(this);
  readonly #input: Writable;
  readonly #sessions = new Map<string, CdpSession>();
  readonly #waiting = new Map<
    number,
    { resolve: (result: Fields) => void; reject: (error: Error) => void }
  >();
  #last = 0;
  #closed = false;

  constructor(input: Writable, output: Readable) {
    this.#input = input;
    let pieces: Buffer[] = [];
    output.on('data', (chunk: Buffer) => {
      let start = 0;
      for (let end = chunk.indexOf(0); end !== -1; end = chunk.indexOf(0, start)) {
        pieces.push(chunk.subarray(start, end));
        this.#receive(JSON.parse(Buffer.concat(pieces).toString('utf8')) as Message);
        pieces = [];
        start = end + 1;
      }
      if (start < chunk.length) pieces.push(chunk.subarray(start));
    });
    output.on('close', () => this.#end());
    input.on('error', () => this.#end());
  }

  send(method: string, params: Fields, sessionId?: string): Promise<Fields> {
    if (this.#closed) return Promise.reject(new Error(`${method}: the browser is closed`));
    const id = ++this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, {
        resolve,
        reject: (error) => reject(new Error(`${method}: ${error.message}`, { cause: error })),
      });
      this.#input.write(
        `${JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) })}\0`,
      );
    });
  }

  /** The session of a target that was attached. */
  session(id: string): CdpSession {
    const session = new CdpSession(this, id);
    this.#sessions.set(id, session);
    return session;
  }

  #receive(message: Message): void {
    if (message.id !== undefined) {
      const waiting = this.#waiting.get(message.id);
      this.#waiting.delete(message.id);
      if (message.error === undefined) waiting?.resolve(message.result ?? {});
      else waiting?.reject(new Error(message.error.message));
      return;
    }
    const { method = '', params = {}, sessionId } = message;
    if (method === 'Target.detachedFromTarget') {
      const id = String(params['sessionId']);
      this.#sessions.get(id)?.emit('gone');
      this.#sessions.delete(id);
    }
    const session = sessionId === undefined ? this.browser : this.#sessions.get(sessionId);
    session?.emit(method, params);
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const { reject } of this.#waiting.values()) reject(new Error('the browser is closed'));
    this.#waiting.clear();
    for (const session of this.#sessions.values()) session.emit('gone');
    this.browser.emit('gone');
  }
}
