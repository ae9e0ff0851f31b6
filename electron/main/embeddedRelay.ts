import type { UtilityProcess } from 'electron';
import type { StartProblem } from '#shared/desktop/DesktopBridge.ts';
import { fromRelaySchema } from '../relay/messages.ts';
import type { PrintAsset, PrintRequest, SecretRequest, ToRelay } from '../relay/messages.ts';
import type { RelayAddress } from './bundleProtocol.ts';

/** What the embedded relay takes from Electron. */
export interface EmbeddedRelayDependencies {
  /** `utilityProcess.fork` on the built entry of electron/relay. */
  fork(): UtilityProcess;
  readonly dataFolder: string;
  readonly version: string;
  /** For the one request that signs the local person in. */
  fetch(url: string, init: RequestInit): Promise<Response>;
  /** Carries out a step of printing in a hidden window. */
  print(request: PrintRequest): Promise<unknown>;
  /** Asks the secrets of this computer. */
  secret(request: SecretRequest): Promise<string | null>;
  /** Told of an end that nobody asked for; the relay is being started again. */
  onCrash(code: number): void;
  /** Told of each start that failed; the next one follows by itself. */
  onFailed(kind: StartProblem): void;
  /** The relay is there: at first, and each time that it came back. */
  onReady(address: RelayAddress): void;
  language(): 'fr' | 'en';
  /** The relay is there again after a crash. @param moved - at another address: open pages may call none but the one that they were given. */
  onBack(moved: boolean): void;
}

const firstDelayMs = 250;
const maxDelayMs = 10_000;
/** A relay that does not stop by then is ended: it has acknowledged nothing that is not on the disk. */
const stopLimitMs = 10_000;

/**
 * The relay of this computer, in a process of its own: a fault there closes no window, and it is started again on the same data, with a growing delay.
 */
export class EmbeddedRelay {
  readonly #dependencies: EmbeddedRelayDependencies;
  #child: UtilityProcess | null = null;
  #address: Promise<RelayAddress>;
  #stopping = false;
  #delayMs = firstDelayMs;
  #lastAsset = 0;
  #port = 0;
  /** Ends the pause before the next start. */
  #wake: (() => void) | null = null;
  readonly #assets = new Map<number, (asset: PrintAsset) => void>();

  constructor(dependencies: EmbeddedRelayDependencies) {
    this.#dependencies = dependencies;
    this.#address = this.#start();
    // A failed start is reported to whoever asks for the address, not as an unhandled rejection.
    this.#address.catch(() => undefined);
  }

  /** Where the relay listens and the local person's session; waits while it starts. */
  address(): Promise<RelayAddress> {
    return this.#address;
  }

  /** Starts the relay now, where it waits before its next try. @returns whether it is there. */
  async retry(): Promise<boolean> {
    this.#wake?.();
    return await this.#address.then(
      () => true,
      () => false,
    );
  }

  /** Stops the relay once everything pending is stored. Safe to call twice. */
  async close(): Promise<void> {
    this.#stopping = true;
    const child = this.#child;
    if (child === null) return;
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    this.#send({ type: 'stop' });
    const limit = setTimeout(() => child.kill(), stopLimitMs);
    await gone;
    clearTimeout(limit);
  }

  /** Asks the relay for a file of the book that `job` prints; null when there is none. */
  asset(job: number, path: string): Promise<PrintAsset> {
    if (this.#child === null) return Promise.resolve(null);
    const id = ++this.#lastAsset;
    return new Promise((resolve) => {
      this.#assets.set(id, resolve);
      this.#send({ type: 'asset', id, job, path });
    });
  }

  #send(message: ToRelay): void {
    this.#child?.postMessage(message);
  }

  #start(): Promise<RelayAddress> {
    return new Promise((resolve, reject) => {
      let isReady = false;
      let isTold = false;
      const fail = (kind: StartProblem, error: Error): void => {
        reject(error);
        if (isReady || isTold || this.#stopping) return;
        isTold = true;
        this.#dependencies.onFailed(kind);
      };
      const child = this.#dependencies.fork();
      this.#child = child;
      child.on('message', (data: unknown) => {
        const message = fromRelaySchema.parse(data);
        switch (message.type) {
          case 'ready':
            this.#signIn(message.port, message.launchSecret).then(
              (address) => {
                isReady = true;
                this.#delayMs = firstDelayMs;
                resolve(address);
                this.#dependencies.onReady(address);
                this.#keepPort(message.port);
              },
              (error: unknown) => {
                fail('other', error instanceof Error ? error : new Error(String(error)));
                child.kill();
              },
            );
            break;
          case 'failed':
            fail(message.kind, new Error(message.message));
            // It is of no use as it is; its end starts the next one.
            child.kill();
            break;
          case 'print':
            void this.#answer(message.id, this.#dependencies.print(message.request));
            break;
          case 'secret':
            void this.#answer(message.id, this.#dependencies.secret(message.request));
            break;
          case 'asset':
            this.#assets.get(message.id)?.(message.asset);
            this.#assets.delete(message.id);
            break;
        }
      });
      child.once('exit', (code) => {
        this.#child = null;
        for (const answer of this.#assets.values()) answer(null);
        this.#assets.clear();
        fail('other', new Error(`the relay ended (${code})`));
        if (this.#stopping) return;
        this.#dependencies.onCrash(code);
        this.#address = new Promise<void>((wake) => {
          const pause = setTimeout(wake, this.#delayMs);
          this.#wake = () => {
            clearTimeout(pause);
            wake();
          };
        }).then(() => {
          this.#wake = null;
          if (this.#stopping) throw new Error('the relay is stopped');
          return this.#start();
        });
        this.#address.catch(() => undefined);
        this.#delayMs = Math.min(this.#delayMs * 2, maxDelayMs);
      });
      this.#send({
        type: 'start',
        dataFolder: this.#dependencies.dataFolder,
        version: this.#dependencies.version,
        port: this.#port,
      });
    });
  }

  #keepPort(port: number): void {
    const before = this.#port;
    this.#port = port;
    if (before !== 0) this.#dependencies.onBack(before !== port);
  }

  async #signIn(port: number, secret: string): Promise<RelayAddress> {
    const origin = `http://127.0.0.1:${port}`;
    const answer = await this.#dependencies.fetch(`${origin}/api/session/launch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ secret, language: this.#dependencies.language() }),
    });
    if (!answer.ok) throw new Error(`the relay did not sign the local person in (${answer.status})`);
    const cookie = answer.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; ');
    return { port, cookie };
  }

  async #answer(id: number, act: Promise<unknown>): Promise<void> {
    try {
      this.#send({ type: 'answered', id, error: null, value: await act });
    } catch (error) {
      this.#send({
        type: 'answered',
        id,
        error: error instanceof Error ? error.message : String(error),
        value: null,
      });
    }
  }
}
