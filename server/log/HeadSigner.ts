import { type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';
import type { Logger } from 'pino';
import type { DocumentId } from '#shared/domain/ids.ts';
import { type SignedHead, signedHeadBytes } from '#shared/protocol/SignedHead.ts';
import { rawPublicKey } from '../signingKey.ts';
import type { UpdateLog } from '../storage/ports/UpdateLog.ts';
import type { SignedHeads } from './SignedHeads.ts';

const signInBackground = promisify(sign);
/** Signed and stored in one go. */
const maxTogether = 100;

export interface HeadSignerOptions {
  readonly log: UpdateLog;
  readonly logger: Logger;
  readonly key: KeyObject;
  /** How long after a row its document's head is signed, in ms. */
  readonly delayMs: number;
}

type SignedListener = (document: DocumentId, head: SignedHead) => void;

/** Signs the heads of documents that were written in, now and then and all together: no row waits for it. */
export class HeadSigner implements SignedHeads {
  readonly publicKey: Uint8Array;
  private readonly options: HeadSignerOptions;
  private readonly listeners = new Set<SignedListener>();
  private readonly unsigned = new Set<DocumentId>();
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private closed = false;

  constructor(options: HeadSignerOptions) {
    this.options = options;
    this.publicKey = rawPublicKey(options.key);
  }

  latest(document: DocumentId): Promise<SignedHead | null> {
    return this.options.log.signedHead(document);
  }

  onSigned(listener: SignedListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** A document has a row more. */
  appended(document: DocumentId): void {
    this.unsigned.add(document);
    if (this.timer !== null || this.closed) return;
    this.timer = setTimeout(() => void this.signNow(), this.options.delayMs);
    this.timer.unref();
  }

  /** Signs what is not signed yet; failures are logged, and the heads signed at the next time. */
  signNow(): Promise<void> {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.running = this.running.then(() => this.signAll());
    return this.running;
  }

  /** Signs what is not signed yet, for the last time. */
  close(): Promise<void> {
    this.closed = true;
    return this.signNow();
  }

  private async signAll(): Promise<void> {
    while (this.unsigned.size > 0) {
      const some = [...this.unsigned].slice(0, maxTogether);
      for (const document of some) this.unsigned.delete(document);
      try {
        const heads = (await Promise.all(some.map((document) => this.sign(document)))).flat();
        await this.options.log.saveHeads(heads, this.publicKey);
        for (const { document, head } of heads)
          for (const listener of this.listeners) listener(document, head);
      } catch (error) {
        this.options.logger.warn({ err: error }, 'heads were not signed');
        for (const document of some) this.appended(document);
        return;
      }
    }
  }

  private async sign(document: DocumentId): Promise<{ document: DocumentId; head: SignedHead }[]> {
    const chain = await this.options.log.chainHead(document);
    if (chain === null || chain.seq === 0) return [];
    const head = { ...chain, time: Date.now() };
    const signature = await signInBackground(null, signedHeadBytes(document, head), this.options.key);
    return [{ document, head: { ...head, signature } }];
  }
}
