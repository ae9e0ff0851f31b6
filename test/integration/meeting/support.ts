import { createHash, X509Certificate } from 'node:crypto';
import { request as httpsRequest } from 'node:https';
import tls from 'node:tls';
import type { HostedMeeting, JoinedMeeting } from '#shared/api/meeting.ts';
import type { CarnetId, NoteId } from '#shared/domain/ids.ts';
import { noDiscovery } from '#server/meeting/Discovery.ts';
import { type FullRelay, newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { retryUntil } from '../../support/retryUntil.ts';

export interface Answer<T = unknown> {
  readonly status: number;
  readonly body: T;
}

/** The certificate that answers at a port, in PEM. */
export function certificateAt(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = tls.connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      const certificate = socket.getPeerX509Certificate();
      socket.destroy();
      if (certificate === undefined) reject(new Error('no certificate'));
      else resolve(certificate.toString());
    });
    socket.once('error', reject);
  });
}

/** A request of a guest's computer, over TLS with that certificate alone. */
export function ask<T>(
  port: number,
  ca: string,
  method: string,
  path: string,
  { body, headers }: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer<T>> {
  return new Promise((resolve, reject) => {
    const json = body === undefined ? undefined : JSON.stringify(body);
    const request = httpsRequest(
      {
        host: '127.0.0.1',
        port,
        method,
        path,
        ca,
        checkServerIdentity: () => undefined,
        headers: { ...headers, ...(json === undefined ? {} : { 'content-type': 'application/json' }) },
      },
      (answer) => {
        let text = '';
        answer.on('data', (part: Buffer) => {
          text += part.toString();
        });
        answer.on('end', () => {
          const isJson = answer.headers['content-type']?.includes('json') === true;
          resolve({ status: answer.statusCode ?? 0, body: (isJson ? JSON.parse(text) : text) as T });
        });
      },
    );
    request.once('error', reject);
    request.end(json);
  });
}

/** Fingerprint of a certificate, 32 bytes. */
export const fingerprint = (pem: string): Buffer =>
  createHash('sha256').update(new X509Certificate(pem).raw).digest();

export const claim = 'c'.repeat(43);

/** A computer with a carnet of one note, another note that is in none, and its person. */
export async function newHost(more: Parameters<typeof newFullRelay>[0] = {}): Promise<{
  full: FullRelay;
  ada: TestVisitor;
  carnet: CarnetId;
  note: NoteId;
  other: NoteId;
}> {
  const full = await newFullRelay({ meetingAddresses: ['127.0.0.1'], discovery: noDiscovery, ...more });
  const ada = await full.signIn();
  const title = { language: 'fr' };
  const carnet = await ada.json<{ collection: { id: CarnetId } }>('POST', '/api/carnets', {
    title: 'Carnet de la rencontre',
    ...title,
  });
  const note = await ada.json<{ note: { id: NoteId } }>('POST', '/api/notes', {
    title: 'Ordre du jour',
    ...title,
  });
  const other = await ada.json<{ note: { id: NoteId } }>('POST', '/api/notes', {
    title: 'Journal',
    ...title,
  });
  const [id, inside] = [carnet.collection.id, note.note.id];
  await ada.json('POST', `/api/carnets/${id}/entries`, { memberIds: [inside] });
  await retryUntil(
    'the entry to be indexed',
    async () => (await full.relay.operations.catalogue.derived.entries(id)).length === 1,
  );
  return { full, ada, carnet: id, note: inside, other: other.note.id };
}

/** Opens a meeting. @returns it, its port and its certificate. */
export async function openMeeting(ada: TestVisitor, carnet: CarnetId, mayWrite = true) {
  const { meeting } = await ada.json<HostedMeeting>('POST', '/api/meeting', { carnets: [carnet], mayWrite });
  if (meeting === null) throw new Error('no meeting');
  const port = meeting.places[0]?.port ?? 0;
  return { meeting, port, ca: await certificateAt(port) };
}

/** A guest who joins. @returns their part of the meeting, and how they ask. */
export async function joinMeeting(
  { port, ca, meeting }: Awaited<ReturnType<typeof openMeeting>>,
  name = 'Zoé',
) {
  const { status, body } = await ask<JoinedMeeting>(port, ca, 'POST', '/meeting/join', {
    body: { code: meeting.code, name, claim },
  });
  if (status !== 201) throw new Error(`joining was answered ${status}: ${JSON.stringify(body)}`);
  const authorization = `Bearer ${body.session}`;
  return {
    joined: body,
    authorization,
    ask: <T>(method: string, path: string, json?: unknown) =>
      ask<T>(port, ca, method, path, {
        headers: { authorization },
        ...(json === undefined ? {} : { body: json }),
      }),
  };
}
