import { encodeAwareness } from '#shared/protocol/encodeMessage.ts';
import type { Connection } from './Connection.ts';

const tickMs = 2_500;
const nothing = encodeAwareness([]);

/**
 * Finds sockets whose other end is gone (two pings unanswered), ends readers that do not drain, and sends an empty presence message to who would otherwise hear
 * nothing: a stock client does not count pings, and gives up after 30 s.
 */
export class Heartbeat {
  private readonly timer: NodeJS.Timeout;
  private readonly pingedAt = new WeakMap<Connection, number>();

  constructor(
    connections: () => Iterable<Connection>,
    limits: { readonly pingMs: number; readonly keepAliveMs: number },
  ) {
    this.timer = setInterval(
      () => {
        const now = Date.now();
        for (const connection of connections()) this.check(connection, now, limits);
      },
      Math.min(tickMs, limits.keepAliveMs / 4, limits.pingMs / 4),
    );
    this.timer.unref();
  }

  close(): void {
    clearInterval(this.timer);
  }

  private check(connection: Connection, now: number, limits: { pingMs: number; keepAliveMs: number }): void {
    connection.checkPatience(now);
    if (connection.closed) return;
    if (now - connection.lastSentAt > limits.keepAliveMs - tickMs) connection.send(nothing);
    const pingedAt = this.pingedAt.get(connection);
    if (pingedAt !== undefined && now - pingedAt < limits.pingMs) return;
    this.pingedAt.set(connection, now);
    // The first look only starts the clock.
    if (pingedAt === undefined) return;
    if (connection.missedPongs >= 2) connection.terminate();
    else {
      connection.missedPongs++;
      connection.ping();
    }
  }
}
