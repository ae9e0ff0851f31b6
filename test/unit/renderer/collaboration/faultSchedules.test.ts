import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { DocumentId, PersonId } from '#shared/domain/ids.ts';
import { titleOf } from '#shared/document/fields.ts';
import type { DocumentSession } from '../../../../renderer/collaboration/DocumentSession.ts';
import { SessionRegistry } from '../../../../renderer/collaboration/SessionRegistry.ts';
import { FaultyDisk, wordsIn } from '../../../support/faults/FaultyDisk.ts';
import { FaultyHome } from '../../../support/faults/FaultyHome.ts';
import { newRandom, type Random } from '../../../support/random.ts';

const long = process.env['CALEPIN_LONG'] === '1';
const schedules = Number(process.env['CALEPIN_SCHEDULES'] ?? (long ? 2_000 : 200));
const steps = 120;
const given = process.env['CALEPIN_SEED'];
const firstSeed =
  given === undefined ? (long ? Math.floor(Math.random() * 2 ** 32) : 20_261_127) : Number(given);

const note = 'n'.repeat(22) as DocumentId;
const person = { id: 'a'.repeat(22) as PersonId, name: 'Ada', colour: 'azur' } as const;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** What waits for nothing but its turn has had it. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 4; turn++) await new Promise((resolve) => setImmediate(resolve));
};

/** A device and the home of one note, with everything between them happening when the schedule says so. */
class World {
  readonly home = new FaultyHome();
  readonly disk = new FaultyDisk(note);
  /** Moments at which the screen said more than was true. */
  readonly lies: string[] = [];
  /** How often each state was seen with something typed. */
  readonly seen = new Map<string, number>();
  /** Words that the screen said were kept, on this device or at the home. */
  readonly promised = new Set<string>();
  readonly #random: Random;
  #registry: SessionRegistry;
  #session: DocumentSession | null = null;
  #release: () => void = () => {};
  #typed = 0;
  /** Written here, in whatever page. */
  readonly #own = new Set<string>();
  step = '';

  constructor(random: Random) {
    this.#random = random;
    this.#registry = this.#newPage();
  }

  #newPage(): SessionRegistry {
    const registry = new SessionRegistry({
      api: { requestTicket: this.home.requestTicket },
      origin: 'http://home.test',
      store: this.disk.store(),
      person,
      WebSocketPolyfill: this.home.socketClass(),
      random: () => this.#random.next(),
    });
    const watch = (): void => {
      const session = registry.get(note, 'note');
      this.#session = session;
      session.subscribe(() => {
        if (this.#session === session) this.#look(session);
      });
    };
    this.#release = registry.hold(note, 'note', watch);
    watch();
    return registry;
  }

  get session(): DocumentSession {
    return this.#session as DocumentSession;
  }

  type(): void {
    const { loaded, role, problem, mayBind } = this.session.getSnapshot();
    // As the page of a note lets people write.
    if (!loaded || role !== 'author' || problem !== null || !mayBind) return;
    const word = `w${++this.#typed}`;
    this.#own.add(word);
    titleOf(this.session.doc).insert(titleOf(this.session.doc).length, `${word} `);
  }

  writeElsewhere(): void {
    this.home.write(`w${++this.#typed}`);
  }

  /** The page ends, as by a fault or as when it is closed, and another one is opened. */
  reload(leaves: boolean): void {
    if (leaves) void this.#registry.leave();
    this.#release();
    this.#session = null;
    this.home.leave();
    this.disk.abandon(this.#random);
    // Nothing of a page that is gone goes on.
    vi.clearAllTimers();
    this.#registry = this.#newPage();
  }

  retry = (): void => this.#registry.retryNow();
  noNetwork = (): void => this.#registry.noteNoNetwork();
  flush = (): void => void this.#registry.flush().catch(() => undefined);

  /** What the screen says, against what the two disks hold. Called whenever what it says changes, and after each step. */
  #look(session: DocumentSession): void {
    const { saveState } = session.getSnapshot();
    const kind = saveState.kind === 'offline' ? `offline:${saveState.pending}` : saveState.kind;
    const mine = [...wordsIn(titleOf(session.doc).toJSON())].filter((word) => this.#own.has(word));
    if (mine.length > 0) this.seen.set(kind, (this.seen.get(kind) ?? 0) + 1);
    const atHome = kind === 'saved' || kind === 'offline:none';
    const isPromise = atHome || kind === 'savedHere' || kind === 'offline:here';
    if (!isPromise) return;
    const here = this.disk.words;
    const missing = mine.filter((word) => !this.home.words.has(word) && (atHome || !here.has(word)));
    for (const word of mine) this.promised.add(word);
    if (missing.length > 0) this.lies.push(`${this.step}: ${kind}, without ${missing.join(' ')}`);
  }

  async settle(): Promise<void> {
    await settle();
    if (this.#session !== null) this.#look(this.#session);
  }

  /** Promises that neither disk holds. */
  broken(): string[] {
    const here = this.disk.words;
    return [...this.promised].filter((word) => !here.has(word) && !this.home.words.has(word));
  }
}

type Step = readonly [often: number, name: string, act: (world: World, random: Random) => void];

const closeCodes = [1001, 1006, 1012, 4401, 4403, 4410, 4413, 4500, 4503, 4513, 4529] as const;
const tickets = ['unreachable', 'silent', 'not_signed_in', 'not_allowed'] as const;
const times = (random: Random, most: number, act: () => void): void => {
  for (let count = random.between(1, most); count > 0; count--) act();
};

const all: readonly Step[] = [
  [16, 'type', (world, random) => times(random, 4, () => world.type())],
  [10, 'time', (_, random) => vi.advanceTimersByTime(random.pick([5, 45, 45, 100, 400, 1_200]))],
  [1, 'much time', (_, random) => vi.advanceTimersByTime(random.pick([6_000, 12_000, 70_000]))],
  [10, 'store', ({ disk }, random) => times(random, 4, () => disk.commit())],
  [0.4, 'store fails', ({ disk }) => disk.fail()],
  [6, 'open', ({ home }) => home.open()],
  [12, 'receive', ({ home }, random) => times(random, 5, () => home.receive())],
  [12, 'commit', ({ home }, random) => times(random, 3, () => home.commit())],
  [12, 'deliver', ({ home }, random) => times(random, 6, () => home.deliver())],
  [3, 'others', (world) => world.writeElsewhere()],
  [2, 'drop', ({ home }, random) => home.drop(random.pick(closeCodes))],
  [0.5, 'refuse', ({ home }, random) => home.refuse(random.pick([4403, 4410, 4413, 4422]))],
  [0.4, 'restore', ({ home }) => home.restore()],
  [2, 'tickets', ({ home }, random) => (home.tickets = random.pick(tickets))],
  [5, 'tickets again', ({ home }) => (home.tickets = 'given')],
  [1, 'page ends', (world) => world.reload(false)],
  [1, 'page leaves', (world) => world.reload(true)],
  [3, 'retry', (world) => world.retry()],
  [1, 'no network', (world) => world.noNetwork()],
  [1, 'flush', (world) => world.flush()],
];
const weight = all.reduce((sum, [often]) => sum + often, 0);

function draw(random: Random): Step {
  let at = random.next() * weight;
  return all.find(([often]) => (at -= often) < 0) ?? (all[0] as Step);
}

/** Nothing fails any more. */
async function heal(world: World): Promise<void> {
  world.home.tickets = 'given';
  for (let round = 0; round < 60; round++) {
    world.retry();
    world.home.open();
    while (world.disk.waiting > 0) {
      world.disk.commit();
      await world.settle();
    }
    for (let count = 0; count < 20; count++) {
      world.home.receive();
      world.home.commit();
      world.home.deliver();
    }
    vi.advanceTimersByTime(500);
    await world.settle();
  }
}

test(
  `[R263] in ${schedules} schedules of faults there is no instant at which the state that is shown is better than what is stored (seed ${firstSeed})`,
  async () => {
    const seen = new Map<string, number>();
    let promised = 0;
    let ended = 0;
    for (let seed = firstSeed; seed < firstSeed + schedules; seed++) {
      const random = newRandom(seed);
      const world = new World(random);
      for (let step = 0; step < steps; step++) {
        const [, name, act] = draw(random);
        world.step = `seed ${seed}, step ${step} (${name})`;
        world.home.keepsOfLost = random.int(4);
        act(world, random);
        await world.settle();
      }
      world.step = `seed ${seed}, at the end`;
      // Whoever opens the note again after all that.
      world.reload(false);
      await heal(world);
      expect({ lies: world.lies, broken: world.broken() }, `seed ${seed}`).toEqual({ lies: [], broken: [] });
      if (world.session.saveState.kind === 'saved') ended += 1;
      world.reload(false);
      promised += world.promised.size;
      for (const [kind, count] of world.seen) seen.set(kind, (seen.get(kind) ?? 0) + count);
      vi.clearAllTimers();
    }
    // Every state was met with words in it, or the schedules show nothing.
    const states = ['editing', 'offline:here', 'offline:memory', 'saved', 'savedHere'];
    expect([...seen.keys()]).toEqual(expect.arrayContaining(states));
    expect(ended).toBeGreaterThan(schedules * 0.9);
    // For docs/reliability.md.
    if (long)
      process.stdout.write(
        `fault schedules: ${schedules} from seed ${firstSeed}, ${promised} words promised, states ${JSON.stringify(Object.fromEntries(seen))}\n`,
      );
  },
  long ? 3_600_000 : 120_000,
);
