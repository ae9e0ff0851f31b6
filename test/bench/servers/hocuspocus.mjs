// @hocuspocus/server with its defaults, in memory or with its sqlite extension.
import path from 'node:path';
import { Server } from '@hocuspocus/server';
import { SQLite } from '@hocuspocus/extension-sqlite';
import { ready, dataDir } from './_common.mjs';

const server = new Server({
  port: Number(process.env.PORT ?? 0),
  address: '127.0.0.1',
  quiet: true,
  stopOnSignals: false,
  extensions: process.env.PERSIST === '1' ? [new SQLite({ database: path.join(dataDir, 'db.sqlite') })] : [],
});
await server.listen();
ready(server.address.port, { codec: 'hocuspocus' });
