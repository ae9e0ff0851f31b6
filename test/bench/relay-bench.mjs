#!/usr/bin/env node
// Measures servers that speak the y-websocket protocol, side by side. See README.md.
import { fork } from 'node:child_process';
import fs from 'node:fs';
import { parseArgs } from 'node:util';
import { addServer, SERVERS } from './lib/servers.mjs';
import { durability, fanout, meeting, open, rooms } from './lib/scenarios.mjs';
import { crowd, idle, storm, years } from './lib/shapes.mjs';

const scenarios = { fanout, meeting, rooms, open, durability, crowd, idle, storm, years };
import { median } from './lib/proc.mjs';

const NUMBERS = [
  'readers',
  'window',
  'warmSecs',
  'satSecs',
  'rate',
  'rateSecs',
  'people',
  'meetRate',
  'meetSecs',
  'rooms',
  'roomRate',
  'roomSecs',
  'docs',
  'reconnects',
  'durRooms',
  'durRate',
  'durSecs',
  'killAfter',
  'crowdPeople',
  'crowdRate',
  'crowdSecs',
  'idleSockets',
  'stormClients',
  'yearsRows',
];
const { values: o } = parseArgs({
  options: {
    servers: { type: 'string' },
    scenarios: { type: 'string', default: 'fanout,meeting,rooms,open,durability,durabilityInstant' },
    add: { type: 'string', multiple: true, default: [] },
    reps: { type: 'string', default: '1' },
    out: { type: 'string' },
    doc: { type: 'string' },
    report: { type: 'string', multiple: true },
    json: { type: 'boolean', default: false },
    job: { type: 'string' },
    ...Object.fromEntries(NUMBERS.map((n) => [n, { type: 'string' }])),
  },
});
for (const spec of o.add) addServer(spec);

/** What a scenario's figures are, how they read, and which way is better (0: neither, 2: shown with its range only). */
const FIGURES = {
  fanout: [
    ['saturatedPerSec', 'delivered updates/s', 0, 1],
    ['serverBusy', 'server cores busy', 2, 0],
    ['clientBusy', 'client cores busy', 2, 0],
    ['saturatedCpuUsPerDelivery', 'µs CPU/delivery, saturated', 2, -1],
    ['p50ms', 'p50 ms', 2, -1],
    ['p99ms', 'p99 ms', 2, -1],
    ['cpuUsPerDelivery', 'µs CPU/delivery at fixed rate', 2, -1],
  ],
  meeting: [
    ['cpuSecPer1000', 'CPU s/1000 keystrokes', 4, -1],
    ['p50ms', 'p50 ms', 2, -1],
    ['p99ms', 'p99 ms', 2, -1],
    ['bytesPerDelivery', 'bytes a client gets per keystroke', 0, -1],
    ['framesPerDelivery', 'frames for it', 2, -1],
    ['undelivered', 'undelivered', 0, 2],
    ['presenceBehind', 'pairs without the latest presence', 0, 2],
  ],
  rooms: [
    ['cpuSecPer1000', 'CPU s/1000 updates', 4, -1],
    ['cpuSecPer1000WithAfter', 'the same, with work afterwards', 4, -1],
    ['serverBusy', 'server cores busy', 2, 0],
    ['clientBusy', 'client cores busy', 2, 0],
    ['p50ms', 'p50 ms', 2, -1],
    ['p99ms', 'p99 ms', 2, -1],
    ['rssPerRoomKB', 'RSS KB/room', 0, -1],
    ['livePerRoomKB', 'live heap KB/room', 0, -1],
    ['undelivered', 'undelivered', 0, 0],
  ],
  open: [
    ['openP50ms', 'open p50 ms', 2, -1],
    ['openP99ms', 'open p99 ms', 2, -1],
    ['openCpuMs', 'server CPU ms/open', 2, -1],
    ['openBytes', 'bytes/open', 0, -1],
    ['rssPerDocMB', 'RSS MB/open doc', 2, -1],
    ['livePerDocMB', 'live heap MB/open doc', 2, -1],
    ['liveIdlePerDocMB', 'the same, when nobody joins', 2, -1],
    ['seedCpuMsPerDoc', 'CPU ms to take one in', 1, 0],
    ['diskPerDocKB', 'disk KB/doc', 0, 0],
    ['reconnectMs', 'reconnect ms', 2, -1],
    ['reconnectBytes', 'reconnect bytes', 0, -1],
    ['coldReconnectMs', 'cold reconnect ms', 2, 0],
    ['coldReconnectBytes', 'cold reconnect bytes', 0, 0],
    ['fail', 'failed', 0, 0],
  ],
  durability: [
    ['sent', 'updates sent', 0, 0],
    ['acked', 'of them acknowledged as saved', 0, 0],
    ['lost', 'lost', 0, 2],
    ['lostPercent', 'lost %', 1, 0],
    ['roomsHurt', 'rooms with loss', 0, 2],
  ],
};
FIGURES.crowd = [
  ['p50ms', 'p50 ms', 2, -1],
  ['p95ms', 'p95 ms', 2, -1],
  ['p99ms', 'p99 ms', 2, -1],
  ['cpuSecPer1000', 'CPU s/1000 keystrokes', 4, -1],
  ['undelivered', 'undelivered', 0, 2],
  ['presenceBehind', 'pairs without the latest presence', 0, 2],
];
FIGURES.idle = [
  ['sockets', 'sockets', 0, 0],
  ['rssPerSocketKB', 'RSS KB/socket', 1, -1],
  ['livePerSocketKB', 'live heap KB/socket', 1, -1],
  ['lost', 'lost', 0, 2],
];
FIGURES.storm = [
  ['restartMs', 'ms to be ready again', 0, -1],
  ['backP50ms', 'back, p50 ms', 0, -1],
  ['backMaxMs', 'all back, ms', 0, -1],
  ['syncedP50ms', 'in sync, p50 ms', 0, -1],
  ['syncedMaxMs', 'all in sync, ms', 0, -1],
  ['triesPerClient', 'tries a client', 2, -1],
];
FIGURES.years = [
  ['rows', 'rows', 0, 0],
  ['openMs', 'open ms', 1, -1],
  ['appendEarlyP50ms', 'a keystroke at row 500, p50 ms', 2, -1],
  ['appendLateP50ms', 'at the end, p50 ms', 2, -1],
  ['fillPerSec', 'rows/s', 0, 1],
  ['missing', 'missing', 0, 2],
];
FIGURES.durabilityBusy = FIGURES.durabilityInstant = FIGURES.durability;
const PRESETS = { durabilityBusy: { durRate: 200 }, durabilityInstant: { durRate: 200, killAfter: 0 } };

if (o.job !== undefined) {
  const job = JSON.parse(o.job);
  const run = scenarios[job.scenario.startsWith('durability') ? 'durability' : job.scenario];
  const result = await run(job.server, job.params);
  process.send(result, () => process.exit(0));
} else if (o.report) {
  print(
    o.report.flatMap((f) =>
      fs
        .readFileSync(f, 'utf8')
        .trim()
        .split('\n')
        .map((l) => JSON.parse(l)),
    ),
  );
} else {
  const servers = o.servers?.split(',') ?? Object.keys(SERVERS).filter((s) => !SERVERS[s].extra);
  const params = Object.fromEntries(NUMBERS.filter((n) => o[n] !== undefined).map((n) => [n, Number(o[n])]));
  if (o.doc) params.doc = o.doc;
  const rows = [];
  const reps = Number(o.reps);
  const t0 = performance.now();
  for (let rep = 0; rep < reps; rep++) {
    for (const scenario of o.scenarios.split(',')) {
      for (let i = 0; i < servers.length; i++) {
        const server = servers[(i + rep) % servers.length]; // no server always goes first
        if (scenario.startsWith('durability') && !SERVERS[server].persistent) continue;
        const row = { rep, scenario, server, spinMs: spin() };
        try {
          Object.assign(row, await job({ scenario, server, params: { ...PRESETS[scenario], ...params } }));
        } catch (e) {
          row.error = e.message;
        }
        rows.push(row);
        if (o.out) fs.appendFileSync(o.out, JSON.stringify(row) + '\n');
        process.stderr.write(
          `${((performance.now() - t0) / 1000).toFixed(0)}s rep ${rep} ${scenario} ${server}${row.error ? ' FAILED ' + row.error : ''}\n`,
        );
      }
    }
  }
  print(rows);
}

/** The time a fixed piece of work takes just before a job: how even the machine was. */
function spin() {
  const t = performance.now();
  let x = 1;
  for (let i = 0; i < 3e7; i++) x = (x * 1103515245 + 12345) & 0x7fffffff;
  return performance.now() - t + (x === 0 ? 1 : 0);
}

function job(j) {
  return new Promise((resolve, reject) => {
    const child = fork(
      import.meta.filename,
      [...o.add.flatMap((a) => ['--add', a]), '--job', JSON.stringify(j)],
      { stdio: ['ignore', 'inherit', 'pipe', 'ipc'] },
    );
    let err = '';
    let got = null;
    child.stderr.on('data', (d) => {
      err += d;
    });
    child.on('message', (m) => {
      got = m;
    });
    child.on('exit', (code) => (got ? resolve(got) : reject(new Error(`exit ${code}: ${err.slice(-600)}`))));
  });
}

function print(rows) {
  if (o.json) {
    console.log(JSON.stringify(rows));
    return;
  }
  const spins = rows.map((r) => r.spinMs).filter(Number.isFinite);
  if (spins.length > 0)
    console.log(
      `\nThe machine: a fixed piece of work before every job took ${Math.min(...spins).toFixed(1)} to ${Math.max(...spins).toFixed(1)} ms, median ${median(spins).toFixed(1)} (${spins.length} jobs).`,
    );
  const of = (scenario, server) =>
    rows.filter((r) => r.scenario === scenario && r.server === server && !r.error);
  for (const scenario of Object.keys(FIGURES)) {
    const servers = [...new Set(rows.filter((r) => r.scenario === scenario).map((r) => r.server))].sort(
      (a, b) => Object.keys(SERVERS).indexOf(a) - Object.keys(SERVERS).indexOf(b),
    );
    if (servers.length === 0) continue;
    console.log(
      `\n### ${scenario} (medians of ${Math.max(...servers.map((s) => of(scenario, s).length))}; in brackets the lowest and highest; × is the median of the ratios to raw of the same repetition)\n`,
    );
    console.log('| | ' + servers.join(' | ') + ' |');
    console.log('|---|' + servers.map(() => '---:|').join(''));
    for (const [key, label, digits, better] of FIGURES[scenario]) {
      const cells = servers.map((s) => {
        const mine = of(scenario, s).filter(
          (r) => r[key] !== null && r[key] !== undefined && !Number.isNaN(r[key]),
        );
        if (mine.length === 0) return '–';
        const xs = mine.map((r) => r[key]);
        const f = (x) =>
          x.toLocaleString('en', {
            minimumFractionDigits: digits,
            maximumFractionDigits: digits,
            useGrouping: true,
          });
        let cell = f(median(xs));
        if (xs.length > 1 && better !== 0) cell += ` [${f(Math.min(...xs))}–${f(Math.max(...xs))}]`;
        if (Math.abs(better) === 1 && s !== 'raw') {
          const ratios = mine
            .map((r) => r[key] / (of(scenario, 'raw').find((q) => q.rep === r.rep)?.[key] ?? NaN))
            .filter(Number.isFinite);
          if (ratios.length > 0) cell += ` ×${median(ratios).toPrecision(3)}`;
        }
        return cell;
      });
      console.log(`| ${label} | ${cells.join(' | ')} |`);
    }
    for (const r of rows.filter((r) => r.scenario === scenario && r.error))
      console.log(`\n${r.server}, repetition ${r.rep}: ${r.error}`);
  }
}
