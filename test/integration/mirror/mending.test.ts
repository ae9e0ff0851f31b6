import { expect, test } from 'vitest';
import type { NoteContent } from '#shared/api/notes.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import {
  homeId,
  newComputer,
  newFolder,
  newHome,
  newNoteOf,
  openAt,
  titleAt,
  write,
} from '../../support/newMirroring.ts';
import { retryUntil } from '../../support/retryUntil.ts';

test('[R320] a copy of which a byte is damaged here is set aside alone, read as far as it is sound, and fetched again with what its home does not have; it is said to be, until it is', async () => {
  const home = await newHome({ storage: 'sqlite' });
  const ada = await home.administrator();
  const [spoiled, other] = [await newNoteOf(ada, 'Ruche'), await newNoteOf(ada, 'Verger')];
  const there = await openAt(home, ada, spoiled);
  write(there, ' en lavande');
  write(there, ' et trèfle');
  const computer = await newComputer(home, ada, { dataDir: await newFolder() });
  const mine = await newNoteOf(computer.me, 'À moi');
  for (const note of [spoiled, other]) {
    await computer.mirror.keep(note, 'note', homeId, 'opened');
    await computer.equal(note);
  }
  const here = await openAt(computer.full, computer.me, spoiled);
  computer.proxy.cut();
  await retryUntil('the cut', () => !computer.mirror.isConnected(homeId));
  write(here, ' à nous');
  await retryUntil('it to wait', () => computer.mirror.state(spoiled)?.waiting === 1);
  here.close();
  const digests = () => Promise.all([other, mine].map((note) => computer.full.log.chainHead(note)));
  const before = await digests();

  await computer.spoil(spoiled, 2);
  const read = (note: NoteId) => computer.me.json<NoteContent>('GET', `/api/notes/${note}/content`);
  await read(spoiled);
  await retryUntil('it to be said', () => computer.mirror.state(spoiled)?.isMending === true);
  expect(computer.mirror.state(spoiled)).toMatchObject({ isWhole: false, waiting: 1, reachable: false });
  expect([other].map((note) => computer.mirror.state(note)?.isMending)).toEqual([false]);
  expect([(await read(other)).title, (await read(mine)).title]).toEqual(['Verger', 'À moi']);
  // Started again in the middle of it, it still says so.
  await computer.restart();
  expect(computer.mirror.state(spoiled)).toMatchObject({ isMending: true, isWhole: false, waiting: 1 });
  const window = await openAt(computer.full, computer.me, spoiled);

  computer.proxy.mend();
  computer.mirror.retry();
  await computer.equal(spoiled, 'Ruche en lavande et trèfle à nous');
  await retryUntil('it to be whole', () => computer.mirror.state(spoiled)?.isMending === false);
  expect(computer.mirror.state(spoiled)).toMatchObject({ isWhole: true, problem: null });
  expect(await computer.full.log.head(spoiled)).toMatchObject({ readOnly: null });
  // Who had it open and may not write in it comes back.
  expect(await window.closed).toMatchObject({ code: 4500 });
  expect(await titleAt(home, spoiled)).toBe('Ruche en lavande et trèfle à nous');
  expect(await computer.full.log.read(spoiled, 0)).toEqual(await home.log.read(spoiled, 0));
  expect(await digests()).toEqual(before);
});
