import { randomBytes } from 'node:crypto';
import type { DocumentId } from '#shared/domain/ids.ts';
import { limits } from '#shared/protocol/messages.ts';
import type { Session } from './Session.ts';

/** What a ticket is bound to. */
export interface TicketValues extends Session {
  /** Null for a mirror's socket: each document is asked for on it. */
  readonly document: DocumentId | null;
}

const maxTickets = 20_000;

/** Single-use rights to open one socket. POST /api/tickets issues them; the upgrade redeems them. They live in memory only. */
export class TicketOffice {
  private readonly tickets = new Map<string, { readonly values: TicketValues; readonly until: number }>();
  private readonly now: () => number;

  constructor(now: () => number = Date.now) {
    this.now = now;
  }

  /** @returns 256 random bits, base64url: good for 30 s, once. Never logged, never in a URL. */
  issue(values: TicketValues): string {
    this.sweep();
    const ticket = randomBytes(32).toString('base64url');
    this.tickets.set(ticket, { values, until: this.now() + limits.ticketLifeMs });
    return ticket;
  }

  /** Takes a ticket out of the world. @returns what it was bound to; null when it is unknown, used, too old, or for something else. */
  redeem(ticket: string, document: string | null, wire: string): TicketValues | null {
    const found = this.tickets.get(ticket);
    this.tickets.delete(ticket);
    if (found === undefined || found.until < this.now()) return null;
    return found.values.document === document && found.values.wire === wire ? found.values : null;
  }

  /** A session has ended: what it was given and did not use is worth nothing. */
  endSession(sessionId: string): void {
    for (const [ticket, { values }] of this.tickets)
      if (values.sessionId === sessionId) this.tickets.delete(ticket);
  }

  /** They are kept in the order of their ends. */
  private sweep(): void {
    const now = this.now();
    for (const [ticket, { until }] of this.tickets) {
      if (until >= now && this.tickets.size < maxTickets) break;
      this.tickets.delete(ticket);
    }
  }
}
