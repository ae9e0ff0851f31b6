// Somebody's computer that follows a community's relay, in a process of its own: its embedded relay, and the mirror. Told what to do by its parent.
import { pino } from 'pino';
import process from 'node:process';
import { AppError } from '../../../shared/api/errorCodes.ts';
import { createRelay, sqliteAdapters } from '../../../server/index.ts';
import { copyDuties } from '../../../server/mirror/copyDuties.ts';
import { homeSocket } from '../../../server/mirror/homeRequest.ts';
import { Mirror } from '../../../server/mirror/Mirror.ts';

const [folder, origin, publicOrigin, cookie, personThere] = process.argv.slice(2);
const id = 'AQEBAQEBAQEBAQEBAQEBAQ';
const home = {
  id,
  origin,
  name: '',
  personThere,
  nameThere: 'Ada',
  device: 'AgICAgICAgICAgICAgICAg',
  addedAt: 1,
};
const relays = {
  list: () => [home],
  get: () => home,
  onChanged: () => () => undefined,
  fetch: async (_, path, init = {}) => {
    const headers = { ...init.headers, cookie, origin: publicOrigin };
    try {
      return await fetch(origin + path, { ...init, headers });
    } catch (cause) {
      throw new AppError('home_unreachable', 'no way there', { cause });
    }
  },
  socket: (_, path, protocols) => homeSocket(origin, path, protocols),
};

const logger = pino({ level: process.env['CALEPIN_LOG_LEVEL'] ?? 'silent' }, pino.destination(2));
const adapters = await sqliteAdapters(folder);
const options = {
  mode: 'local',
  host: '127.0.0.1',
  port: 0,
  publicUrl: null,
  version: '0',
  interfaceFolder: 'dist/renderer',
};
const relay = await createRelay({ ...options, logger }, adapters);
const { url } = await relay.listen();
const { operations } = relay;
const local = await operations.catalogue.persons.firstOfKind('local');
operations.identities.join(personThere, local.id);
const mirror = new Mirror({
  relays,
  store: operations.catalogue.mirrored,
  log: adapters.log,
  documents: operations.documents,
  duties: copyDuties(operations, adapters.log, relays),
  logger,
  now: Date.now,
});
await mirror.start();

const commands = {
  keep: async ({ documents }) => {
    for (const document of documents) await mirror.keep(document, 'note', id, 'opened');
  },
  states: () => mirror.states().map(({ document, waiting, reachable }) => ({ document, waiting, reachable })),
  retry: () => mirror.retry(),
  stop: async () => {
    await mirror.close();
    await relay.close();
  },
};
const obey = async ({ number, command, ...argument }) => {
  try {
    process.send({ number, answer: (await commands[command](argument)) ?? null });
  } catch (error) {
    process.send({ number, error: String(error) });
  }
  if (command === 'stop') process.exit(0);
};
process.on('message', (message) => void obey(message));
process.send({ ready: url, secret: relay.renewLaunchSecret() });
