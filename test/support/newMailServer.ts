import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** A mail server that takes every letter (or refuses every address), and keeps what it is told. */
export async function newMailServer(refuses = false) {
  const said: string[] = [];
  const server = createServer((socket) => {
    let inLetter = false;
    socket.write('220 mail.test\r\n');
    createInterface({ input: socket }).on('line', (line) => {
      said.push(line);
      if (inLetter) {
        if (line !== '.') return;
        inLetter = false;
        socket.write('250 kept\r\n');
      } else if (line === 'DATA') {
        inLetter = true;
        socket.write('354 go on\r\n');
      } else if (line === 'QUIT') socket.end('221 bye\r\n');
      else if (refuses && line.startsWith('RCPT')) socket.write('550 nobody here\r\n');
      else socket.write('250 ok\r\n');
    });
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { said, url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
