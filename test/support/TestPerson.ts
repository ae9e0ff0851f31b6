import WebSocket from 'ws';
import { createdInvitationSchema } from '#shared/api/invitations.ts';
import { noteContentSchema, notePageSchema } from '#shared/api/notes.ts';
import { sessionSchema } from '#shared/api/session.ts';
import { AppError, type ErrorCode } from '#shared/api/errorCodes.ts';
import { errorBodySchema } from '#shared/api/common.ts';
import { ticketSchema, type Ticket, type TicketRequest } from '#shared/api/tickets.ts';
import type { DocumentId, NoteId } from '#shared/domain/ids.ts';
import { DocumentSession } from '../../renderer/collaboration/DocumentSession.ts';
import type { DocumentSessionOptions } from '../../renderer/collaboration/DocumentSessionOptions.ts';
import { MemoryOfflineStore } from '../../renderer/collaboration/MemoryOfflineStore.ts';

/** Somebody signed in at a relay from a browser of their own, by the same calls as the interface. */
export class TestPerson {
  readonly origin: string;
  /** What this browser keeps; `durable`, so that states are those of a browser. */
  readonly store = new MemoryOfflineStore({ durable: true });
  #cookie = '';
  #self: DocumentSessionOptions['person'] = null;

  private constructor(origin: string) {
    this.origin = origin;
  }

  /** The local person, by the launch secret. */
  static async launch(origin: string, secret: string): Promise<TestPerson> {
    const person = new TestPerson(origin);
    await person.#call('POST', '/api/session/launch', { secret, language: 'fr' });
    await person.#readSelf();
    return person;
  }

  /** A guest, by an invitation's address. */
  static async join(invitation: string, name: string): Promise<TestPerson> {
    const url = new URL(invitation);
    const person = new TestPerson(url.origin);
    await person.#call('POST', '/api/invitations/accept', {
      secret: url.hash.slice(1),
      name,
      colour: 'olive',
    });
    await person.#readSelf();
    return person;
  }

  async createNote(title = ''): Promise<NoteId> {
    const page = notePageSchema.parse(await this.#call('POST', '/api/notes', { title, language: 'fr' }));
    return page.note.id;
  }

  /** @returns the address that invites to a note. */
  async invite(note: NoteId, role: 'author' | 'reader'): Promise<string> {
    const body = { subject: 'note', subjectId: note, role, days: 1 };
    return createdInvitationSchema.parse(await this.#call('POST', '/api/invitations', body)).url;
  }

  async content(note: NoteId) {
    return noteContentSchema.parse(await this.#call('GET', `/api/notes/${note}/content`));
  }

  readonly requestTicket = async (request: TicketRequest): Promise<Ticket> =>
    ticketSchema.parse(await this.#call('POST', '/api/tickets', request));

  /** Opens a document as the interface does. */
  open(documentId: DocumentId, more: Partial<DocumentSessionOptions> = {}): DocumentSession {
    return new DocumentSession({
      documentId,
      kind: 'note',
      api: { requestTicket: this.requestTicket },
      origin: this.origin,
      store: this.store,
      person: this.#self,
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
      random: () => 0,
      ...more,
    });
  }

  async #readSelf(): Promise<void> {
    this.#self = sessionSchema.parse(await this.#call('GET', '/api/session')).person;
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const answer = await fetch(this.origin + path, {
      method,
      headers: {
        origin: this.origin,
        cookie: this.#cookie,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0];
    if (cookie !== undefined) this.#cookie = cookie;
    const read: unknown = await answer.json();
    if (answer.ok) return read;
    const refusal = errorBodySchema.safeParse(read);
    const code: ErrorCode = refusal.success ? refusal.data.error.code : 'internal';
    throw new AppError(code, `${method} ${path} was answered ${answer.status}`);
  }
}
