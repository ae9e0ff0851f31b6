import { expect, test } from 'vitest';
import type { NoteId } from '#shared/domain/ids.ts';
import {
  homeId,
  newComputer,
  newHome,
  newNoteOf,
  openAt,
  titleAt,
  titleIn,
} from '../../support/newMirroring.ts';
import { retryUntil } from '../../support/retryUntil.ts';

test('[R273] many copies that are kept one after the other are each whole when they are said to be, and stay so without a way to their home', async () => {
  const home = await newHome({ storage: 'sqlite' });
  const ada = await home.administrator();
  const computer = await newComputer(home, ada, { storage: 'sqlite' });
  const notes: NoteId[] = [];
  const titles = Array.from({ length: 20 }, (_, at) => `Note ${at}`);
  for (const title of titles) notes.push(await newNoteOf(ada, title));
  for (const note of notes) await computer.mirror.keep(note, 'note', homeId, 'opened');
  const found = async () => {
    const all: string[] = [];
    for (const note of notes) all.push(await titleAt(computer.full, note));
    return all;
  };
  expect(await found()).toEqual(titles);
  computer.proxy.cut();
  await retryUntil('the cut', () => !computer.mirror.isConnected(homeId));
  const shown: string[] = [];
  for (const note of notes) shown.push(titleIn(await openAt(computer.full, computer.me, note)));
  expect(await found()).toEqual(titles);
  expect(shown).toEqual(titles);
});
