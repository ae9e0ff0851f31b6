import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PrometheusMeter } from './PrometheusMeter.ts';

/**
 * Serves `/metrics` on a port of this machine alone: how many people write and when is nobody else's business, and the relay's own
 * port may be open to the world.
 * @param port - 0 takes any free one.
 * @throws the error of the system, `EADDRINUSE` for a port that is taken.
 */
export async function serveMetrics(
  meter: PrometheusMeter,
  port: number,
): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    meter.read().then(
      ({ type, text }) => response.writeHead(200, { 'content-type': type }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
