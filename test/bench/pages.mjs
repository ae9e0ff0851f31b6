// How long the relay takes to answer for each page of a large relay, and what memory it then has.
//   CALEPIN_DATA=/tmp/sample npm run sample
//   node test/bench/pages.mjs /tmp/sample [rounds]
// Whoever is asked for is signed in as an author of many notes; a visitor reads the public pages.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { relayFlags } from './lib/relayFlags.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const [folder = '', roundsText = '60'] = process.argv.slice(2);
const rounds = Number(roundsText);
const child = spawn(process.execPath, [...relayFlags, path.join(root, 'scripts/start.mjs')], {
  env: { ...process.env, PORT: '0', CALEPIN_OPEN: '0', CALEPIN_DATA: folder },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const begun = performance.now();
const lines = createInterface({ input: child.stdout });
const ready = await new Promise((resolve) => {
  lines.on('line', (line) => {
    const found = /^Calepin is ready: (\S+)$/.exec(line);
    if (found) resolve(new URL(found[1]));
  });
});
console.log(`ready after ${((performance.now() - begun) / 1000).toFixed(1)} s`);
const { origin } = ready;
let cookie = '';
const ask = async (where, { method = 'GET', body, signedIn = true } = {}) => {
  const answer = await fetch(origin + where, {
    method,
    headers: {
      origin,
      ...(signedIn && cookie ? { cookie } : {}),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  for (const one of answer.headers.getSetCookie()) if (signedIn) cookie = one.split(';', 1)[0];
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${where}: ${answer.status} ${text.slice(0, 200)}`);
  return text;
};
await ask('/api/session/launch', {
  method: 'POST',
  body: { secret: new URLSearchParams(ready.hash.slice(1)).get('launch'), language: 'fr' },
});

const list = JSON.parse(await ask('/api/notes?limit=500&sort=modified'));
const { carnets } = JSON.parse(await ask('/api/carnets'));
const { communities = [] } = JSON.parse(await ask('/api/communities'));
const longest = carnets.reduce((a, b) => (a.memberCount > b.memberCount ? a : b));
console.log(
  `${list.total} notes and ${carnets.length} carnets to read; the longest has ${longest.memberCount} notes`,
);
const pick = (from) => from[Math.floor(Math.random() * from.length)];
const publicNotes = list.notes.filter((note) => note.visibility === 'public');
const publicCarnets = carnets.filter((carnet) => carnet.visibility === 'public');
const pages = {
  'library, first 100': () => ask('/api/notes?limit=100&sort=modified'),
  'library, by title, far down': () => ask('/api/notes?limit=100&sort=title&offset=9000'),
  carnets: () => ask('/api/carnets'),
  'note page': () => ask(`/api/notes/${pick(list.notes).id}`),
  'note content': () => ask(`/api/notes/${pick(list.notes).id}/content`),
  'carnet page': () => ask(`/api/carnets/${pick(carnets).id}`),
  'carnet page, the longest': () => ask(`/api/carnets/${longest.id}`),
  search: () => ask(`/api/search?q=${pick(['logement', 'quartier', 'entraide hiver', 'bénévol', 'cit'])}`),
  ...(communities.length === 0 ? {} : { community: () => ask(`/api/communities/${pick(communities).id}`) }),
  'public note, no script': () => ask(`/notes/${pick(publicNotes).id}`, { signedIn: false }),
  'public carnet, no script': () => ask(`/carnets/${pick(publicCarnets).id}`, { signedIn: false }),
  sitemap: () => ask('/sitemap.xml', { signedIn: false }),
};
/** Processor time that the relay has had, in ms: on a busy machine it says more than the clock. */
const cpuMs = () => {
  const stat = fs.readFileSync(`/proc/${child.pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
};
const quantile = (sorted, at) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))];
console.log('| page | p50 ms | p95 ms | most ms | CPU ms | kB |\n|---|---:|---:|---:|---:|---:|');
for (const [name, load] of Object.entries(pages)) {
  const times = [];
  let bytes = 0;
  const before = cpuMs();
  for (let round = 0; round < (name === 'sitemap' ? Math.ceil(rounds / 10) : rounds); round++) {
    const at = performance.now();
    bytes = (await load()).length;
    times.push(performance.now() - at);
  }
  const cpu = ((cpuMs() - before) / times.length).toFixed(1);
  times.sort((a, b) => a - b);
  const ms = [0.5, 0.95, 1].map((share) => quantile(times, share).toFixed(1));
  console.log(`| ${name} | ${ms.join(' | ')} | ${cpu} | ${(bytes / 1024).toFixed(0)} |`);
}
const status = fs.readFileSync(`/proc/${child.pid}/status`, 'utf8');
console.log(`memory of the relay: ${Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024)} MB`);
child.kill('SIGTERM');
