import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  contributionRelations,
  opens,
  policy,
  type Relation,
  relations,
} from '#shared/permissions/policy.ts';
import type { SubjectPolicy } from '#shared/permissions/policy.ts';
import { type Visibility, visibilities } from '#shared/domain/Visibility.ts';
import {
  type MatrixHouse,
  newMatrixHouse,
  nowhere,
  type Subject,
  type SubjectKind,
  type Who,
} from './matrixHouse.ts';
import { type Ask, type Cell, routeTable, type SubjectCell } from './routeTable.ts';

// Every route × everybody × every visibility, of one relay over SQLite. What the answers are to be is worked out from the policy; what there is to ask comes from
// the router. A refusal is compared with the answer about what does not exist: status, body and headers.

let house: MatrixHouse;
beforeAll(async () => {
  house = await newMatrixHouse();
});
afterAll(() => house.close());

const long = process.env['CALEPIN_LONG'] === '1';
// Thousands of requests: a busy machine takes its time.
vi.setConfig({ testTimeout: long ? 600_000 : 120_000 });
const cellsOf = <K extends Cell['kind']>(kind: K): [string, Extract<Cell, { kind: K }>][] =>
  Object.entries(routeTable).flatMap(
    ([route, cells]) =>
      cells.flatMap((cell) =>
        cell.kind === kind ? [[route, cell as Extract<Cell, { kind: K }>]] : [],
      ) as never,
  );

async function send(who: Who, route: string, id: string | null, ask: Ask): Promise<Response> {
  const [method = '', pattern = ''] = route.split(' ');
  const { params = {}, query, ...init } = ask;
  const values: Record<string, string | null> = { id, ...params };
  const path = pattern.replaceAll(/:(\w+)/g, (_, name: string) => {
    const value = values[name];
    if (value == null) throw new Error(`${route}: nothing stands for ${name}`);
    return value;
  });
  return who.fetch(query === undefined ? path : `${path}?${query}`, { method, ...init });
}

/** What can be seen of an answer, without what differs between any two. */
async function seen(answer: Response): Promise<string> {
  const headers = [...answer.headers]
    .filter(([name]) => name !== 'date')
    .map(([name, value]) => `${name}: ${value.replaceAll(/nonce-[^']+/g, 'nonce')}`);
  return [answer.status, ...headers.sort(), await answer.text()].join('\n');
}
const isRefusal = (status: number): boolean => status === 401 || status === 403;
/** Not refused: done, or not to be done twice. */
const isOpen = (status: number): boolean => (status >= 200 && status < 300) || status === 409;

test('every route is in the table, and the table has no route that is not', () => {
  const routes = new Set(
    house.home.full.relay.app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path}`),
  );
  expect(routes.size).toBeGreaterThan(80);
  expect(Object.keys(routeTable).sort()).toEqual([...routes].sort());
});

/** What the policy says of a cell: open, refused, or (null) of no sense for who is beyond it. */
function isMeant({ on, act }: SubjectCell, relation: Relation, visibility: Visibility): boolean | null {
  const one = policy[on] as unknown as SubjectPolicy;
  const given = one.relations[relation]![visibility];
  const adds = contributionRelations.contributors.includes(relation);
  const level = (on === 'carnet' || on === 'base') && given === 'reader' && adds ? 'contributor' : given;
  const grant = one.acts[act]!;
  if (grant.signedIn === true && relation === 'anonymous') return false;
  if (opens(one, level, act)) return true;
  const isBeyond = grant.upTo !== undefined && one.levels.indexOf(level) > one.levels.indexOf(grant.upTo);
  return isBeyond ? null : false;
}

/** What was answered about what does not exist: to each their own, and the same whatever else there is. */
const unknowns: Record<string, string> = {};

const things: [SubjectKind, Visibility][] = [
  ...visibilities.flatMap((visibility): [SubjectKind, Visibility][] => [
    ['note', visibility],
    ['carnet', visibility],
    ['base', visibility],
  ]),
  ['community', 'authors'],
  // Its page is shown to everybody.
  ['community', 'public'],
];

test.each(things)('a %s that is visible to: %s', async (kind, visibility) => {
  const cells = cellsOf('subject').filter(([, { on }]) => on === kind);
  const [quiet, busy] = [await house.make[kind](visibility), await house.make[kind](visibility)];
  const owners = {
    note: 'author',
    carnet: 'manager',
    base: 'manager',
    community: 'communityResponsable',
  } as const;
  const owner = house.as(owners[kind]);
  const look = async (): Promise<string> =>
    seen(await owner.fetch(`/api/${kind}s/${quiet.id}`.replace('communitys', 'communities')));
  const before = await look();
  const wrong: string[] = [];
  const askOne = async (who: Who, route: string, cell: SubjectCell): Promise<void> => {
    const meant = isMeant(cell, who.relation, visibility);
    const about = (subject: Subject) =>
      Promise.resolve(cell.ask(subject, who, house)).then((ask) => send(who, route, subject.id, ask));
    const subject =
      meant !== true || cell.effect === 'reads'
        ? quiet
        : cell.effect === 'adds'
          ? busy
          : await house.make[kind](visibility);
    const answer = await about(subject);
    const name = `${route} (${cell.act}) by ${who.relation}`;
    if (meant === null) {
      if (answer.status !== 409) wrong.push(`${name}: has no sense, but ${answer.status}`);
    } else if (meant) {
      if (!isOpen(answer.status)) wrong.push(`${name}: refused, ${answer.status} ${await answer.text()}`);
      else await answer.arrayBuffer();
    } else {
      const refused = await seen(answer);
      const unknown = (unknowns[name] ??= await seen(await about(nowhere)));
      if (!isRefusal(answer.status)) wrong.push(`${name}: not refused, ${refused}`);
      else if (refused !== unknown) wrong.push(`${name}: ${refused}\n≠ unknown: ${unknown}`);
    }
  };
  await Promise.all(
    Object.keys(policy[kind].relations).map(async (relation) => {
      for (const [route, cell] of cells) await askOne(house.as(relation as Relation), route, cell);
    }),
  );
  expect(wrong).toEqual([]);
  // What was refused left nothing behind.
  expect(await look()).toBe(before);
});

test('what is about the relay, or the caller’s own, is open as the policy says', async () => {
  const wrong: string[] = [];
  for (const relation of relations) {
    const known = relation in policy.relay.relations ? (relation as 'anonymous') : 'signedIn';
    const level = policy.relay.relations[known].authors;
    for (const [route, cell] of cellsOf('relay')) {
      const who = await spent(relation, cell.spends);
      const { status } = await send(who, route, null, await cell.ask(null, who, house));
      const meant = opens(policy.relay as unknown as SubjectPolicy, level, cell.act);
      if (meant ? !isOpen(status) : !isRefusal(status))
        wrong.push(`${route} by ${relation}: ${String(meant)}, but ${status}`);
    }
  }
  expect(wrong).toEqual([]);
});

/** Somebody in a relation; for what ends them, somebody new who is as much signed in. */
async function spent(relation: Relation, spends: boolean | undefined): Promise<Who> {
  if (spends !== true || relation === 'anonymous') return house.as(relation);
  return Object.assign(await house.home.guest('Passagère'), { relation });
}

test('what is somebody’s own is for everybody else as if it were not', async () => {
  const wrong: string[] = [];
  for (const [route, cell] of cellsOf('own')) {
    const owner = Object.assign(await house.home.guest('Propriétaire'), { relation: 'signedIn' as const });
    const id = await cell.make(owner, house);
    for (const relation of relations) {
      const who = house.as(relation);
      const answer = await send(who, route, null, cell.ask(id));
      const unknown = await seen(await send(who, route, null, cell.ask(nowhere.id)));
      const { status } = answer;
      const refused = await seen(answer);
      if (!isRefusal(status) || refused !== unknown) wrong.push(`${route} by ${relation}: ${refused}`);
    }
    const { status } = await send(owner, route, null, cell.ask(id));
    if (!isOpen(status)) wrong.push(`${route} by its owner: ${status}`);
  }
  expect(wrong).toEqual([]);
});

test('what a secret opens, and what is for everybody, is so whoever asks', async () => {
  const wrong: string[] = [];
  for (const [route, cell] of cellsOf('alike')) {
    for (const relation of relations) {
      const who = await spent(relation, cell.spends);
      // Who keeps this relay is the one with an account.
      const wanted =
        relation === 'administrator'
          ? cell.account
          : relation === 'anonymous'
            ? (cell.visitor ?? cell.status)
            : cell.status;
      const { status } = await send(who, route, null, cell.ask());
      if (status !== wanted) wrong.push(`${route} by ${relation}: ${status}, not ${wanted}`);
    }
  }
  expect(wrong).toEqual([]);
});

const asked = 200;

/** Median and the distance between the quartiles, in milliseconds. */
function middle(times: readonly number[]): { median: number; spread: number } {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
  return { median: at(0.5), spread: at(0.75) - at(0.25) };
}

test.runIf(long)('what is refused and what does not exist take the same time', async () => {
  const who = house.as('signedIn');
  const lines: string[] = [];
  const told: string[] = [];
  for (const kind of ['note', 'carnet', 'base'] as const) {
    const closed = await house.make[kind]('authors');
    for (const [route, cell] of cellsOf('subject')) {
      if (cell.on !== kind || cell.effect !== 'reads') continue;
      const times: Record<'refused' | 'unknown', number[]> = { refused: [], unknown: [] };
      // By turns, so that both see the same neighbours.
      for (let at = 0; at < 2 * asked; at++) {
        const subject = at % 2 === 0 ? closed : nowhere;
        const ask = await cell.ask(subject, who, house);
        const before = performance.now();
        await (await send(who, route, subject.id, ask)).arrayBuffer();
        times[at % 2 === 0 ? 'refused' : 'unknown'].push(performance.now() - before);
      }
      const [refused, unknown] = [middle(times.refused), middle(times.unknown)];
      lines.push(
        `${route}: ${refused.median.toFixed(2)} and ${unknown.median.toFixed(2)} ms, half of them within ${unknown.spread.toFixed(2)}`,
      );
      if (Math.abs(refused.median - unknown.median) > Math.max(unknown.spread, refused.spread))
        told.push(lines.at(-1)!);
    }
  }
  console.log(`refused and unknown, medians of ${asked}:\n  ${lines.join('\n  ')}`);
  expect(told).toEqual([]);
});
