import { once } from 'node:events';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';
import { FrameFuzzer } from './fuzzFrames.ts';
import { newRandom } from './random.ts';

/**
 * Somebody who sends nothing but fuzzed frames into one document, in a process of its own, so that what it takes to make them falls on nobody else. `start` and `stop` say
 * when; for each connection it asks who started it for a `ticket`, and says at each `stop` how many frames it has sent.
 */
const [url = '', seed = ''] = process.argv.slice(2);
const fuzzer = new FrameFuzzer(newRandom(Number(seed)), [11, 12, 13]);
let frames = 0;
let isFuzzing = false;
let onTicket: (ticket: string) => void = () => undefined;

async function connect(): Promise<WebSocket> {
  const answered = Promise.withResolvers<string>();
  onTicket = answered.resolve;
  process.send?.('ticket');
  const ticket = await answered.promise;
  const socket = new WebSocket(url, ['y-sync.1', `ticket.${ticket}`]);
  socket.on('error', () => null);
  await Promise.race([once(socket, 'open'), once(socket, 'close')]);
  return socket;
}

async function fuzz(): Promise<void> {
  let socket: WebSocket | null = null;
  while (isFuzzing) {
    if (socket?.readyState !== WebSocket.OPEN) socket = await connect();
    for (let n = 0; n < 5; n++, frames++) socket.send(fuzzer.next());
    await sleep(5);
  }
  socket?.terminate();
  process.send?.(frames);
}

process.on('message', (word: 'start' | 'stop' | { readonly ticket: string }) => {
  if (typeof word === 'object') return onTicket(word.ticket);
  isFuzzing = word === 'start';
  if (isFuzzing) void fuzz();
});
process.on('disconnect', () => process.exit(0));
