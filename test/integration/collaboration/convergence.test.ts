import process from 'node:process';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { bodyOf, titleOf } from '#shared/document/fields.ts';
import { fragmentToBody } from '#shared/document/noteContent.ts';
import type { DocumentSession } from '../../../renderer/collaboration/DocumentSession.ts';
import { RelayProcess } from '../../support/RelayProcess.ts';
import { TestPerson } from '../../support/TestPerson.ts';

const long = process.env['CALEPIN_LONG'] === '1';
const rounds = long ? 200 : 40;
const seeds = long ? [1, 2, 3, 4, 5, Date.now()] : [Date.now()];

/** mulberry32: the same numbers for the same seed. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) % below;
  };
}

let relay: RelayProcess;
beforeAll(async () => {
  relay = await RelayProcess.start();
});
afterAll(async () => {
  await relay.close();
});

const until = <T>(check: () => T) => vi.waitFor(check, { timeout: 30_000, interval: 20 });

/** One random edit: letters and marks in and out, paragraphs in and out, the title. */
function edit(doc: Y.Doc, random: (below: number) => number): void {
  const body = bodyOf(doc);
  const letters = String.fromCodePoint(97 + random(26)).repeat(1 + random(4));
  doc.transact(() => {
    const kind = random(10);
    if (kind === 0) {
      const title = titleOf(doc);
      title.insert(random(title.length + 1), letters);
    } else if (kind === 1 || body.length === 0) {
      const paragraph = new Y.XmlElement('paragraph');
      paragraph.insert(0, [new Y.XmlText(letters)]);
      body.insert(random(body.length + 1), [paragraph]);
    } else if (kind === 2 && body.length > 3) {
      body.delete(random(body.length), 1);
    } else {
      const text = (body.get(random(body.length)) as Y.XmlElement).get(0);
      if (!(text instanceof Y.XmlText)) return;
      if (kind === 3 && text.length > 2) text.delete(random(text.length - 1), 1);
      else if (kind === 4 && text.length > 2) text.format(random(text.length - 1), 1, { bold: {} });
      else text.insert(random(text.length + 1), letters);
    }
  });
}

test.each(seeds)(
  'five clients with lost links and relay restarts end equal, and equal to what the log gives (seed %i)',
  async (seed) => {
    const random = randomFrom(seed);
    const owner = await TestPerson.launch(relay.origin, relay.launchSecret);
    const note = await owner.createNote();
    const invitation = await owner.invite(note, 'author');
    const people = [owner];
    while (people.length < 5) people.push(await TestPerson.join(invitation, `Personne ${people.length}`));
    const sessions: DocumentSession[] = people.map((person) => person.open(note));
    try {
      await until(() => expect(sessions.every((session) => session.loaded)).toBe(true));
      for (let round = 0; round < rounds; round += 1) {
        for (const session of sessions) for (let at = random(4); at > 0; at -= 1) edit(session.doc, random);
        const chance = random(20);
        const at = random(5);
        const chosen = sessions[at];
        if (chance === 0) await relay.restart();
        else if (chance < 4) chosen?.noteNoNetwork();
        else if (chance < 6) {
          // Closes the window and opens the note again, from the copy on the device.
          await chosen?.close();
          sessions[at] = people[at]?.open(note) as DocumentSession;
          await sessions[at]?.whenLoaded;
        } else await new Promise((resolve) => setTimeout(resolve, random(30)));
      }
      await until(() =>
        expect(sessions.map((session) => session.saveState)).toEqual(sessions.map(() => ({ kind: 'saved' }))),
      );
      const newcomer = (await TestPerson.join(invitation, 'Nouvelle venue')).open(note);
      sessions.push(newcomer);
      await until(() => expect(newcomer.saveState).toEqual({ kind: 'saved' }));
      const told = (session: DocumentSession) =>
        `${titleOf(session.doc).toJSON()}\n${bodyOf(session.doc).toJSON()}`;
      await until(() => expect(new Set(sessions.map(told)).size).toBe(1));
      const rendered = await owner.content(note);
      expect([rendered.title, rendered.body]).toEqual([
        titleOf(newcomer.doc).toJSON(),
        fragmentToBody(bodyOf(newcomer.doc)),
      ]);
      expect(bodyOf(newcomer.doc).length).toBeGreaterThan(0);
      for (const person of people) expect(await person.store.listRecovered()).toEqual([]);
    } finally {
      for (const session of sessions) await session.close();
    }
  },
  long ? 600_000 : 90_000,
);
