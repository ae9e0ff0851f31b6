import { expect, test } from 'vitest';
import type { PersonId } from '#shared/domain/ids.ts';
import {
  homeId,
  newComputer,
  newFolder,
  newGuest,
  newHome,
  newNoteOf,
  openAt,
  titleAt,
  titleIn,
  write,
} from '../../support/newMirroring.ts';
import { retryUntil } from '../../support/retryUntil.ts';

const storages = ['memory', 'sqlite'] as const;

/** A home with a note of two authors: Ada, whose computer keeps a copy of it, and Benoît. */
async function begin(storage: (typeof storages)[number], options: object = {}) {
  const home = await newHome({ storage });
  const ada = await home.administrator();
  const note = await newNoteOf(ada, 'Ruche');
  const benoit = await newGuest(home, ada, note, 'Benoît');
  const computer = await newComputer(home, ada, { storage, ...options });
  const state = await computer.mirror.keep(note, 'note', homeId, 'opened');
  return { home, ada, benoit, note, computer, state };
}

test.each(storages)(
  '[R273] a copy has the home’s rows as they are there, from the first and as they come, over %s',
  async (storage) => {
    const { home, benoit, note, computer, state } = await begin(storage);
    expect(state).toMatchObject({
      role: 'author',
      isWhole: true,
      waiting: 0,
      waitingSince: null,
      problem: null,
    });
    const there = await openAt(home, benoit, note);
    write(there, ' ouverte');
    await computer.equal(note, 'Ruche ouverte');
    expect(await computer.full.log.read(note, 0)).toEqual(await home.log.read(note, 0));
    const here = await openAt(computer.full, computer.me, note);
    write(there, ' à toutes');
    await retryUntil('it to be seen', () => titleIn(here) === 'Ruche ouverte à toutes');
  },
);

test.each(storages)(
  '[R276] what is written here is the home’s, with its person, and is told to have come there, over %s',
  async (storage) => {
    const { home, ada, note, computer } = await begin(storage);
    const here = await openAt(computer.full, computer.me, note);
    const before = (await home.log.head(note))?.seq ?? 0;
    for (const letter of ' abc') write(here, letter);
    await computer.equal(note, 'Ruche abc');
    const rows = await home.log.read(note, before);
    const { person } = await ada.json<{ person: { id: PersonId } }>('GET', '/api/session');
    expect(rows.map((row) => row.person)).toEqual(rows.map(() => person.id));
    expect(await computer.full.log.read(note, 0)).toEqual(await home.log.read(note, 0));
  },
);

test.each(storages)(
  '[R276] [R277] what was written on both sides without a way between them is on both, in one order, each edit of the computer a row with its time, over %s',
  async (storage) => {
    const { home, benoit, note, computer } = await begin(storage);
    const [here, there] = [await openAt(computer.full, computer.me, note), await openAt(home, benoit, note)];
    computer.proxy.cut();
    await retryUntil('the cut', () => computer.mirror.state(note)?.problem === 'home_unreachable');
    const from = Date.now();
    for (let index = 0; index < 20; index++) write(here, 'x');
    for (let index = 0; index < 10; index++) write(there, 'y');
    await retryUntil('what waits', () => computer.mirror.state(note)?.waiting === 20);
    const { waitingSince, reachable } = computer.mirror.state(note) ?? {};
    expect([reachable, (waitingSince ?? 0) >= from]).toEqual([false, true]);
    const written = (await computer.full.log.read(note, 0)).slice(-20);
    computer.proxy.mend();
    computer.mirror.retry();
    await computer.equal(note);
    expect(await computer.full.log.read(note, 0)).toEqual(await home.log.read(note, 0));
    await retryUntil('all to see all', () => titleIn(here) === titleIn(there) && titleIn(here).length === 35);
    const offline = (await home.log.read(note, 0)).filter(({ deviceTime }) => deviceTime !== null);
    expect(offline.map(({ deviceTime, bytes }) => [deviceTime, Buffer.from(bytes)])).toEqual(
      written.map(({ time, bytes }) => [time, Buffer.from(bytes)]),
    );
    expect(computer.mirror.state(note)).toMatchObject({ waiting: 0, waitingSince: null, problem: null });
  },
);

test('[R277] an embedded relay that stops in between goes on where it was: nothing is lost, nothing comes twice', async () => {
  const folder = await newFolder();
  const { home, benoit, note, computer } = await begin('sqlite', { dataDir: folder });
  const there = await openAt(home, benoit, note);
  for (let round = 0; round < 4; round++) {
    const here = await openAt(computer.full, computer.me, note);
    if (round % 2 === 0) computer.proxy.cut();
    for (let index = 0; index < 30; index++) {
      write(here, 'x');
      if (index % 3 === 0) write(there, 'y');
    }
    await retryUntil(
      'it to be stored here',
      async () => count(await titleAt(computer.full, note), 'x') === 30 * (round + 1),
    );
    await computer.restart();
    computer.proxy.mend();
    computer.mirror.retry();
  }
  await computer.equal(note);
  const title = await titleAt(home, note);
  expect([count(title, 'x'), count(title, 'y')]).toEqual([120, 40]);
  const rows = await home.log.read(note, 0);
  expect(await computer.full.log.read(note, 0)).toEqual(rows);
  expect(new Set(rows.map(({ bytes }) => Buffer.from(bytes).toString('hex'))).size).toBe(rows.length);
});

const count = (text: string, letter: string): number => text.split(letter).length - 1;
