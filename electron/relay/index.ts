import path from 'node:path';
import { createRelay, lockDataFolder, sqliteAdapters } from '#server/index.ts';
import type { Relay } from '#server/index.ts';
import { MainPdfPrinter } from './MainPdfPrinter.ts';
import { toRelaySchema } from './messages.ts';
import type { FromRelay, PrintRequest, ToRelay } from './messages.ts';

// The utility process that hosts the relay of this computer. Its life follows main: it starts and stops when told, and ends with it.

const { parentPort } = process;
const send = (message: FromRelay): void => parentPort.postMessage(message);

const printing = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
let lastPrint = 0;
function print(request: PrintRequest): Promise<unknown> {
  const id = ++lastPrint;
  return new Promise((resolve, reject) => {
    printing.set(id, { resolve, reject });
    send({ type: 'print', id, request });
  });
}

const printer = new MainPdfPrinter(print);
let relay: Relay | null = null;

async function start({ dataFolder, version }: Extract<ToRelay, { type: 'start' }>): Promise<void> {
  const lock = lockDataFolder(dataFolder);
  relay = await createRelay(
    {
      mode: 'local',
      host: '127.0.0.1',
      port: 0,
      publicUrl: null,
      version,
      interfaceFolder: path.join(import.meta.dirname, '../../renderer'),
      pdfPrinter: printer,
    },
    await sqliteAdapters(dataFolder),
  );
  const { port } = await relay.listen();
  process.once('exit', () => lock.close());
  send({ type: 'ready', port, launchSecret: relay.renewLaunchSecret() });
}

async function receive(message: ToRelay): Promise<void> {
  switch (message.type) {
    case 'start':
      await start(message);
      break;
    case 'stop':
      await relay?.close();
      process.exit(0);
      break;
    case 'printed': {
      const waiting = printing.get(message.id);
      printing.delete(message.id);
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
    send({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  });
});
