import type { ClientSocket } from './ClientSocket.ts';

const tickMs = 2_500;

/**
 * Finds sockets whose other end is gone (two pings unanswered), ends readers that do not drain, and sends an empty presence message to who would otherwise hear
 * nothing: a stock client does not count pings, and gives up after 30 s.
 */
export class Heartbeat {
  private readonly timer: NodeJS.Timeout;
  private readonly pingedAt = new WeakMap<ClientSocket, number>();

  constructor(
    sockets: Iterable<ClientSocket>,
    limits: { readonly pingMs: number; readonly keepAliveMs: number },
  ) {
    this.timer = setInterval(
      () => {
        const now = Date.now();
        for (const socket of sockets) this.check(socket, now, limits);
      },
      Math.min(tickMs, limits.keepAliveMs / 4, limits.pingMs / 4),
    );
    this.timer.unref();
  }

  close(): void {
    clearInterval(this.timer);
  }

  private check(socket: ClientSocket, now: number, limits: { pingMs: number; keepAliveMs: number }): void {
    socket.checkPatience(now);
    if (socket.closed) return;
    if (now - socket.lastSentAt > limits.keepAliveMs - tickMs) socket.keepAlive();
    const pingedAt = this.pingedAt.get(socket);
    if (pingedAt !== undefined && now - pingedAt < limits.pingMs) return;
    this.pingedAt.set(socket, now);
    // The first look only starts the clock.
    if (pingedAt === undefined) return;
    if (socket.missedPongs >= 2) socket.terminate();
    else {
      socket.missedPongs++;
      socket.ping();
    }
  }
}
