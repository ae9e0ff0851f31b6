import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { carryOutRestore, createRelay, lockDataFolder, sqliteAdapters } from '#server/index.ts';
import type { Relay } from '#server/index.ts';
import { MainPdfPrinter } from './MainPdfPrinter.ts';
import { MainSecrets } from './MainSecrets.ts';
import { startProblemOf } from './startProblemOf.ts';
import { toRelaySchema } from './messages.ts';
import type { FromRelay, ToRelay } from './messages.ts';

// The utility process that hosts the relay of this computer. Its life follows main: it starts and stops when told, and ends with it.

const { parentPort } = process;
const send = (message: FromRelay): void => parentPort.postMessage(message);

const asked = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
let lastAsked = 0;
function ask(message: (id: number) => FromRelay): Promise<unknown> {
  const id = ++lastAsked;
  return new Promise((resolve, reject) => {
    asked.set(id, { resolve, reject });
    send(message(id));
  });
}

const printer = new MainPdfPrinter((request) => ask((id) => ({ type: 'print', id, request })));
const secrets = new MainSecrets((request) => ask((id) => ({ type: 'secret', id, request })));
let relay: Relay | null = null;

/** A main that was killed takes a moment to take its relay along, which has the folder until then. */
const lockPatienceMs = 10_000;
const lockPauseMs = 100;

async function lockWhenFree(dataFolder: string): Promise<ReturnType<typeof lockDataFolder>> {
  const end = performance.now() + lockPatienceMs;
  for (;;) {
    try {
      return lockDataFolder(dataFolder);
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'conflict' || performance.now() > end) throw error;
    }
    await sleep(lockPauseMs);
  }
}

async function open(dataFolder: string, version: string, port: number): Promise<Relay> {
  const made = await createRelay(
    {
      mode: 'local',
      host: '127.0.0.1',
      port,
      publicUrl: null,
      version,
      interfaceFolder: path.join(import.meta.dirname, '../../renderer'),
      pdfPrinter: printer,
      // The answer leaves first.
      restart: () => void setImmediate(() => void stop()),
    },
    { ...(await sqliteAdapters(dataFolder)), secrets },
  );
  try {
    await made.listen();
    return made;
  } catch (error) {
    await made.close();
    // Somebody else took the port meanwhile.
    if (port !== 0 && (error as { code?: unknown }).code === 'EADDRINUSE')
      return open(dataFolder, version, 0);
    throw error;
  }
}

async function start({ dataFolder, version, port }: Extract<ToRelay, { type: 'start' }>): Promise<void> {
  (await lockWhenFree(dataFolder)).close();
  await carryOutRestore(dataFolder);
  const lock = await lockWhenFree(dataFolder);
  process.once('exit', () => lock.close());
  relay = await open(dataFolder, version, port);
  send({
    type: 'ready',
    port: relay.port ?? 0,
    launchSecret: relay.renewLaunchSecret(),
  });
}

/** Main starts another one, unless it asked for the end. */
async function stop(): Promise<void> {
  await relay?.close();
  process.exit(0);
}

async function receive(message: ToRelay): Promise<void> {
  switch (message.type) {
    case 'start':
      await start(message);
      break;
    case 'stop':
      await stop();
      break;
    case 'answered': {
      const waiting = asked.get(message.id);
      asked.delete(message.id);
      if (message.error === null) waiting?.resolve(message.value);
      else waiting?.reject(new Error(message.error));
      break;
    }
    case 'asset':
      send({ type: 'asset', id: message.id, asset: await printer.asset(message.job, message.path) });
      break;
  }
}

parentPort.on('message', ({ data }) => {
  receive(toRelaySchema.parse(data)).catch((error: unknown) => {
    send({
      type: 'failed',
      kind: startProblemOf(error),
      message: error instanceof Error ? error.message : String(error),
    });
  });
});
