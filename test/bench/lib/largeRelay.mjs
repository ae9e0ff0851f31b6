import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { relayFlags } from './relayFlags.mjs';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const password = 'mesurer une grande maison';
const administrator = { name: 'Administration', email: 'administration@mesure.example' };
const member = { name: 'Membre', email: 'membre@mesure.example' };
/** How many notices the inbox of the member holds: one of somebody who was away for long. */
const noticeCount = 3_000;

/**
 * One who asks: keeps their own cookie.
 * @param {string} origin
 */
export function asker(origin) {
  let cookie = '';
  /** @returns {Promise<string>} the body; throws where it is refused. */
  const ask = async (where, { method = 'GET', body } = {}) => {
    const answer = await fetch(origin + where, {
      method,
      headers: {
        origin,
        ...(cookie && { cookie }),
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    for (const one of answer.headers.getSetCookie()) cookie = one.split(';', 1)[0] ?? '';
    const text = await answer.text();
    if (!answer.ok)
      throw Object.assign(new Error(`${where}: ${answer.status} ${text.slice(0, 200)}`), {
        status: answer.status,
      });
    return text;
  };
  ask.cookie = () => cookie;
  return ask;
}

/** Starts a community relay on the folder, as `npm run relay` does but for the building of the interface. */
export async function startRelay(folder) {
  const begun = performance.now();
  const child = spawn(process.execPath, [...relayFlags, path.join(root, 'test/bench/lib/relay.mjs')], {
    env: {
      ...process.env,
      PORT: '0',
      CALEPIN_DATA: folder,
      CALEPIN_ADMIN_LINK: '1',
      CALEPIN_LOG_LEVEL: 'info',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // Whatever goes wrong here, no relay stays behind on the folder.
  process.once('exit', () => child.kill());
  let secret = '';
  const origin = await new Promise((resolve, reject) => {
    child.on('exit', () => reject(new Error('the relay ended')));
    createInterface({ input: child.stdout }).on('line', (line) => {
      secret = /\/join#(\S+)$/.exec(line)?.[1] ?? secret;
      const ready = /^READY (\S+)$/.exec(line)?.[1];
      if (ready !== undefined) resolve(ready);
    });
  });
  const readyAfterMs = performance.now() - begun;
  const stop = () =>
    new Promise((resolve) => {
      child.once('exit', resolve);
      child.kill('SIGTERM');
    });
  return { origin, secret, child, stop, readyAfterMs };
}

/** Signs in; the first time, makes the account by `secret`. @returns the person. */
async function enter(ask, who, secret) {
  const account = { ...who, password, language: 'fr' };
  try {
    return JSON.parse(
      await ask('/api/account/sign-in', { method: 'POST', body: { email: who.email, password } }),
    ).person;
  } catch (error) {
    if (error.status !== 401) throw error;
    const body = { ...account, secret: await secret() };
    return JSON.parse(await ask('/api/account', { method: 'POST', body })).person;
  }
}

export async function enterBoth({ origin, secret }) {
  const asAdministrator = asker(origin);
  const manager = await enter(asAdministrator, administrator, async () => secret);
  const asMember = asker(origin);
  const person = await enter(asMember, member, async () => {
    const body = { subject: 'relay', role: 'member' };
    const { url } = JSON.parse(await asAdministrator('/api/invitations', { method: 'POST', body }));
    return url.split('#')[1];
  });
  return { asAdministrator, asMember, person, manager };
}

/** Fills the inbox of somebody, and makes somebody a manager of a carnet, with nobody's relay running. */
async function prepare(folder, person, noteIds, manager, carnet) {
  const { lockDataFolder, sqliteAdapters } = await import('../../../server/index.ts');
  const lock = lockDataFolder(folder);
  const adapters = await sqliteAdapters(folder);
  const now = Date.now();
  const notices = Array.from({ length: noticeCount }, (_, at) => ({
    id: Buffer.from(`inbox-${String(at).padStart(10, '0')}`).toString('base64url'),
    person,
    kind: 'author_added',
    subject: 'note',
    subjectId: noteIds[at % noteIds.length],
    within: null,
    from: null,
    text: null,
    at: now - at * 60_000,
    readAt: null,
    count: 1,
  }));
  await adapters.catalogue.notices.add(notices);
  await adapters.catalogue.carnets.addPerson(carnet, manager, 'manager', now);
  await adapters.close();
  lock.close();
}

/**
 * A relay on a folder that `npm run sample` filled, started as a community's: with an administrator, who is a manager of the longest carnet too, and a member who has a full inbox.
 * @param {string} folder
 */
export async function startLargeRelay(folder) {
  const first = await startRelay(folder);
  const { asMember, person, manager } = await enterBoth(first);
  const { notes } = JSON.parse(await asMember('/api/notes?limit=100'));
  const { carnets } = JSON.parse(await asMember('/api/carnets'));
  await first.stop();
  const noteIds = notes.map((note) => note.id);
  await prepare(folder, person.id, noteIds, manager.id, longest(carnets).id);
  const relay = await startRelay(folder);
  return { ...relay, ...(await enterBoth(relay)), asVisitor: asker(relay.origin) };
}

/** The one that gathers, or holds, the most. */
export const longest = (among) => among.reduce((a, b) => (a.memberCount > b.memberCount ? a : b));

/** Processor time that a process has had, in ms: on a busy machine it says more than the clock. */
export function cpuMs(pid) {
  const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Resident memory of a process now, and at most so far, in MB. */
export function memoryMb(pid) {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  const read = (name) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
  return { now: read('VmRSS'), most: read('VmHWM') };
}

/** What figures are to be read with: when, on what, beside what. */
export function circumstances() {
  const version = (name) =>
    createRequire(import.meta.url)(path.join(root, 'node_modules', name, 'package.json')).version;
  const load = os.loadavg().map((one) => one.toFixed(1));
  return (
    `${new Date().toISOString().slice(0, 16)}Z · ${os.cpus().length} cores (${os.cpus()[0]?.model}), load average ${load.join(' ')} · ` +
    `Node ${process.versions.node} · better-sqlite3 ${version('better-sqlite3')} · yjs ${version('yjs')}`
  );
}

/** @param {number[]} values @param {number} at - 0.95 for the 95th percentile. */
export function quantile(values, at) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? Number.NaN;
}
