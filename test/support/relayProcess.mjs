// A relay in a process of its own, for tests that kill it. Prints its addresses as one line of JSON.
import process from 'node:process';
import { runServer } from '../../server/main.ts';

const server = await runServer({ mode: 'local' });
process.stdout.write(`${JSON.stringify({ url: server.url, readyUrl: server.readyUrl })}\n`);
process.on('SIGTERM', () => {
  void server.close().then(() => process.exit(0));
});
