// @y/websocket-server, in memory, or with y-leveldb when YPERSISTENCE names a folder (its own switch).
import { WebSocketServer } from 'ws';
import { ready, dataDir } from './_common.mjs';

if (process.env.PERSIST === '1') process.env.YPERSISTENCE = dataDir;
console.info = () => {};
const { setupWSConnection } = await import('@y/websocket-server/utils');
const wss = new WebSocketServer({ port: Number(process.env.PORT ?? 0), host: '127.0.0.1' });
wss.on('connection', (ws, req) => setupWSConnection(ws, req));
wss.on('listening', () => ready(wss.address().port, { codec: 'yws' }));
