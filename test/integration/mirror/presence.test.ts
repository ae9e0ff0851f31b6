import { expect, test } from 'vitest';
import { homeId, newComputer, newGuest, newHome, newNoteOf, openAt } from '../../support/newMirroring.ts';
import type { TestClient } from '../../support/newClient.ts';
import { retryUntil } from '../../support/retryUntil.ts';

/** A home with a note of Ada's, and the computer of Benoît, who keeps a copy of it. */
async function begin(role: 'author' | 'reader') {
  const home = await newHome();
  const ada = await home.administrator();
  const note = await newNoteOf(ada, 'Ruche');
  const benoit = await newGuest(home, ada, note, 'Benoît', role);
  const computer = await newComputer(home, benoit);
  await computer.mirror.keep(note, 'note', homeId, 'opened');
  return { home, ada, benoit, note, computer };
}

interface Shown {
  readonly user?: { readonly id: string; readonly name: string } | null;
  readonly caret?: number;
}

/** Who a window sees beside itself, and where. */
function seen({ doc, provider: { awareness } }: TestClient): [string, number][] {
  return [...awareness.getStates()].flatMap(([client, state]) => {
    const { user, caret = -1 } = state as Shown;
    return client === doc.clientID || user == null ? [] : [[user.name, caret] as [string, number]];
  });
}

const show = ({ provider }: TestClient, caret: number): void => provider.awareness.setLocalState({ caret });

test.each(['author', 'reader'] as const)(
  '[R319] who is in a note at its home is seen on the computer of its %s, and its person there, once, in the window where they did something last',
  async (role) => {
    const { home, ada, note, computer } = await begin(role);
    const there = await openAt(home, ada, note);
    show(there, 3);
    const here = await openAt(computer.full, computer.me, note);
    show(here, 5);
    await retryUntil('Ada to be seen here', () => seen(here).join() === 'ada,3');
    await retryUntil('Benoît to be seen there', () => seen(there).join() === 'Benoît,5');
    expect([...there.provider.awareness.getStates().keys()]).not.toContain(here.doc.clientID);

    // A second window, here, sees both; there he is where he wrote last.
    const second = await openAt(computer.full, computer.me, note);
    show(second, 8);
    const name = seen(second).find(([, caret]) => caret === 5)?.[0] ?? '';
    await retryUntil('both', () => {
      const carets = seen(second).map((one) => one.join());
      return carets.length === 2 && carets.includes(`${name},5`) && carets.includes('ada,3');
    });
    await retryUntil('the other window', () => seen(there).join() === 'Benoît,8');
    show(here, 6);
    await retryUntil('the first again', () => seen(there).join() === 'Benoît,6');
    here.close();
    await retryUntil('the one that is left', () => seen(there).join() === 'Benoît,8');
    show(there, 4);
    await retryUntil('her caret', () => seen(second).join() === 'ada,4');
    second.close();
    await retryUntil('nobody', () => seen(there).length === 0);
    there.close();
  },
);

test('[R319] with the line goes who was seen over it, on both sides; with it they come back', async () => {
  const { home, ada, note, computer } = await begin('author');
  const [there, here] = [await openAt(home, ada, note), await openAt(computer.full, computer.me, note)];
  show(there, 1);
  show(here, 2);
  await retryUntil('both', () => seen(here).join() === 'ada,1' && seen(there).join() === 'Benoît,2');
  computer.proxy.cut();
  await retryUntil('neither', () => seen(here).length + seen(there).length === 0);
  show(here, 7);
  computer.proxy.mend();
  computer.mirror.retry();
  await retryUntil('both again', () => seen(here).join() === 'ada,1' && seen(there).join() === 'Benoît,7');
  there.close();
  await retryUntil('her to leave', () => seen(here).length === 0);
});

test('[R319] of the person themselves at the home, a window here is told the person of this computer', async () => {
  const { home, benoit, note, computer } = await begin('author');
  const [there, here] = [await openAt(home, benoit, note), await openAt(computer.full, computer.me, note)];
  show(there, 1);
  await retryUntil('himself', () => seen(here).length === 1);
  const users = [...here.provider.awareness.getStates().values()].map((state) => (state as Shown).user?.id);
  expect(users.filter((id) => id !== undefined)).toEqual([computer.person]);
});
