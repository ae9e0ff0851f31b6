import { X509Certificate } from 'node:crypto';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import { Readable } from 'node:stream';
import tls from 'node:tls';
import { WebSocket } from 'ws';
import { AppError } from '#shared/api/errorCodes.ts';
import type { MeetingPlace } from './Discovery.ts';
import { fingerprintOf } from './newCertificate.ts';

const timeoutMs = 10_000;

/** Another computer that hosts a meeting, by the one certificate that it is known by. Whoever else answers there is sent nothing. */
export class PinnedHost {
  readonly place: MeetingPlace;
  /** PEM. */
  readonly certificate: string;
  /** SHA-256 of it. */
  readonly fingerprint: Buffer;
  readonly #tls: Pick<RequestOptions, 'ca' | 'checkServerIdentity' | 'minVersion' | 'servername'>;

  constructor(place: MeetingPlace, certificate: string) {
    this.place = place;
    this.certificate = certificate;
    const known = fingerprintOf(new X509Certificate(certificate));
    this.fingerprint = known;
    this.#tls = {
      // The only authority, and then the very certificate: nothing that it may have signed passes for it.
      ca: certificate,
      servername: '',
      minVersion: 'TLSv1.3',
      checkServerIdentity: (_name, shown) =>
        fingerprintOf(shown).equals(known) ? undefined : new Error('another certificate than the meeting’s'),
    };
  }

  /**
   * A request over TLS with that certificate.
   * @param path - from `/` on.
   * @throws AppError `meeting_unreachable` without a way there, an answer in time, or that certificate.
   */
  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const asked = new Request(`https://${this.place.address}:${this.place.port}${path}`, init);
    const body = init.body == null ? null : Buffer.from(await asked.arrayBuffer());
    return new Promise((resolve, reject) => {
      const fail = (cause: unknown): void => {
        reject(new AppError('meeting_unreachable', 'the host of the meeting does not answer', { cause }));
      };
      const request = httpsRequest(
        {
          ...this.#tls,
          host: this.place.address,
          port: this.place.port,
          method: asked.method,
          path,
          headers: {
            ...Object.fromEntries(asked.headers),
            ...(body === null ? {} : { 'content-length': body.length }),
          },
          timeout: timeoutMs,
          ...(init.signal ? { signal: init.signal } : {}),
        },
        (answer) => {
          const status = answer.statusCode ?? 502;
          const hasBody = ![204, 205, 304].includes(status);
          const headers = new Headers();
          for (const [name, value] of Object.entries(answer.headersDistinct))
            for (const one of value ?? []) headers.append(name, one);
          if (!hasBody) answer.resume();
          const stream = hasBody ? (Readable.toWeb(answer) as ReadableStream<Uint8Array>) : null;
          resolve(new Response(stream, { status, headers }));
        },
      );
      request.once('timeout', () => request.destroy(new Error('no answer in time')));
      request.once('error', fail);
      request.end(body ?? undefined);
    });
  }

  /** A WebSocket over TLS with that certificate. @param path - `/sync…` */
  socket(path: string, protocols: readonly string[]): WebSocket {
    return new WebSocket(`wss://${this.place.address}:${this.place.port}${path}`, [...protocols], {
      ...this.#tls,
      handshakeTimeout: timeoutMs,
      // Its types say another answer than TLS's own.
      checkServerIdentity: this.#tls.checkServerIdentity as never,
    });
  }
}

/**
 * The certificate that answers at a place, in PEM. Nothing but TLS's greeting is sent.
 * @returns null when nothing answers in time, or what answers shows none.
 */
export function certificateAt({ address, port }: MeetingPlace, signal?: AbortSignal): Promise<string | null> {
  return new Promise((resolve) => {
    const socket = tls.connect({
      host: address,
      port,
      minVersion: 'TLSv1.3',
      // The code decides, not an authority: until it has, this socket is for looking alone.
      rejectUnauthorized: false,
      timeout: timeoutMs,
    });
    const done = (certificate: string | null): void => {
      resolve(certificate);
      socket.destroy();
    };
    socket.once('secureConnect', () => done(socket.getPeerX509Certificate()?.toString() ?? null));
    socket.once('timeout', () => done(null));
    socket.once('error', () => done(null));
    signal?.addEventListener('abort', () => done(null), { once: true });
  });
}
