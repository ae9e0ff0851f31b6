import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { MessageId, NoteId, PersonId } from '#shared/domain/ids.ts';
import type { Catalogue } from '#server/storage/ports/Catalogue.ts';
import type { Trace } from '#server/storage/ports/Trace.ts';
import * as records from './records.ts';

const { id, message, notice, nothing, person, thread } = records;
const anne = id<PersonId>(1);
const basile = id<PersonId>(2);
const note = id<NoteId>(10);

const registered = (at: number) => records.registered(at, 'thread.started', { subjectId: note });
/** One line in the register, and one notice to Basile. */
const trace = (n: number): Trace => ({
  audit: [registered(n)],
  notices: [notice(n, { person: basile, kind: 'mentioned', from: anne, text: null })],
});

/** What every adapter of `ThreadStore` does. @param open - an empty catalogue, and the way to close it. */
export function describeThreadStore(
  name: string,
  open: () => Promise<{ catalogue: Catalogue; close: () => Promise<void> }>,
): void {
  describe(`ThreadStore of ${name}`, () => {
    let catalogue: Catalogue;
    let close: () => Promise<void>;
    beforeEach(async () => {
      ({ catalogue, close } = await open());
      await catalogue.persons.add(person(anne, 'Personne 1'));
      await catalogue.persons.add(person(basile, 'Personne 2', 2));
      for (const n of [10, 11]) await catalogue.notes.add(records.note(n, { visibility: 'members' }));
    });
    afterEach(() => close());

    const traces = async (): Promise<number[]> => {
      const told = (await catalogue.notices.list(basile, 100)).toReversed().map((one) => one.at);
      expect((await catalogue.register.about(note)).map((one) => one.at)).toEqual(told);
      return told;
    };

    test('[R127] gives threads back with their passages and messages, in the order in which they came, whatever their clocks say', async () => {
      const { threads } = catalogue;
      const anchor = { start: 'AAAA', end: 'BBBB', quote: 'Ces mots.' };
      expect(await threads.start(thread(30, { anchor }), message(40, 30), trace(100))).toBe(true);
      expect(await threads.start(thread(20), message(41, 20, { by: basile }), trace(101))).toBe(true);
      await threads.start(thread(21, { note: id(11) }), message(42, 21), nothing);
      const reply = message(39, 30, { by: basile, mentions: [anne, basile], writtenAt: 7 });
      expect(await threads.reply(reply, trace(102))).toBe(true);
      const first = { ...thread(30, { anchor }), messages: [message(40, 30), reply] };
      expect(await threads.ofNote(note)).toEqual([
        first,
        { ...thread(20), messages: [message(41, 20, { by: basile })] },
      ]);
      expect(await threads.get(id(30))).toEqual(first);
      expect(await threads.get(id(99))).toBeNull();
      expect(await threads.ofNote(id(99))).toEqual([]);
      expect(await traces()).toEqual([100, 101, 102]);
    });

    test('what is sent twice is written once, with one trace; a taken id takes nothing else in', async () => {
      const { threads } = catalogue;
      await threads.start(thread(20), message(40, 20), trace(100));
      expect(await threads.start(thread(20), message(41, 20), trace(101))).toBe(false);
      expect(await threads.start(thread(21), message(40, 21), trace(102))).toBe(false);
      expect(await threads.reply(message(40, 20, { text: 'Autre' }), trace(103))).toBe(false);
      expect(await threads.ofNote(note)).toEqual([{ ...thread(20), messages: [message(40, 20)] }]);
      expect(await traces()).toEqual([100]);
    });

    test('a message is said anew by its newest words; what says the same leaves no trace', async () => {
      const { threads } = catalogue;
      await threads.start(thread(20), message(40, 20, { mentions: [basile] }), nothing);
      expect(await threads.edit(id(40), { text: 'Mieux', mentions: [anne] }, 50, trace(100))).toBe(true);
      expect(await threads.edit(id(40), { text: 'Mieux', mentions: [anne] }, 51, trace(101))).toBe(false);
      expect(await threads.edit(id(99), { text: 'Rien', mentions: [] }, 52, trace(102))).toBe(false);
      expect((await threads.get(id(20)))?.messages).toEqual([
        message(40, 20, { text: 'Mieux', mentions: [anne], editedAt: 50 }),
      ]);
      expect(await traces()).toEqual([100]);
    });

    test('of a message that was taken back no word is left, and its id stays taken', async () => {
      const { threads } = catalogue;
      await threads.start(thread(20), message(40, 20, { mentions: [basile] }), nothing);
      expect(await threads.retract(id(40), 50, trace(100))).toBe(true);
      expect(await threads.retract(id(40), 51, trace(101))).toBe(false);
      expect(await threads.edit(id(40), { text: 'Encore', mentions: [] }, 52, trace(102))).toBe(false);
      expect(await threads.reply(message(40, 20), trace(103))).toBe(false);
      expect((await threads.get(id(20)))?.messages).toEqual([message(40, 20, { text: '', deletedAt: 50 })]);
      expect(await traces()).toEqual([100]);
    });

    test('a thread is closed once and opened once', async () => {
      const { threads } = catalogue;
      await threads.start(thread(20), message(40, 20), nothing);
      expect(await threads.resolve(id(20), null, trace(100))).toBe(false);
      expect(await threads.resolve(id(20), { by: basile, at: 50 }, trace(101))).toBe(true);
      expect(await threads.resolve(id(20), { by: anne, at: 51 }, trace(102))).toBe(false);
      expect(await threads.get(id(20))).toEqual({
        ...thread(20, { resolvedAt: 50, resolvedBy: basile }),
        messages: [message(40, 20)],
      });
      expect(await threads.resolve(id(20), null, trace(103))).toBe(true);
      expect(await threads.get(id(20))).toEqual({ ...thread(20), messages: [message(40, 20)] });
      expect(await threads.resolve(id(99), { by: anne, at: 60 }, trace(104))).toBe(false);
      expect(await traces()).toEqual([101, 103]);
    });

    test('goes with a note that is destroyed', async () => {
      const { threads } = catalogue;
      await threads.start(thread(20), message(40, 20), nothing);
      await threads.start(thread(21, { note: id(11) }), message(41, 21), nothing);
      await catalogue.removal.remove(note, { ...registered(1), by: null, act: 'note.destroyed' });
      expect([await threads.ofNote(note), await threads.get(id(20))]).toEqual([[], null]);
      expect(await threads.messagesBy(anne, 0)).toBe(1);
    });

    test('tells the threads of notes that have a word standing, the one with the newest first', async () => {
      const { threads } = catalogue;
      await threads.start(thread(20), message(30, 20), nothing);
      await threads.start(thread(21), message(31, 21), nothing);
      await threads.start(thread(22), message(32, 22), nothing);
      await threads.reply(message(40, 20), nothing);
      await threads.retract(id<MessageId>(32), 50, nothing);
      const first = { thread: thread(20), lastAt: 40, messageCount: 2 };
      const second = { thread: thread(21), lastAt: 31, messageCount: 1 };
      expect(await threads.newestOf([note], 9)).toEqual([first, second]);
      expect(await threads.newestOf([note], 1)).toEqual([first]);
      expect(await threads.newestOf([id<NoteId>(11)], 9)).toEqual([]);
      expect(await threads.newestOf([], 9)).toEqual([]);
    });

    test('hides a message once and shows it once, with its traces', async () => {
      const { threads, reports } = catalogue;
      await threads.start(thread(20), message(30, 20), nothing);
      const hidden = { by: basile, at: 50 };
      const ids = [id<MessageId>(30), id<MessageId>(31)];
      expect(await reports.hide(ids[0]!, hidden, trace(60))).toBe(true);
      expect(await reports.hide(ids[0]!, hidden, trace(61))).toBe(false);
      expect([...(await reports.hiddenAmong(ids))]).toEqual([ids[0]]);
      expect(await reports.hide(ids[0]!, null, trace(62))).toBe(true);
      expect(await reports.hide(ids[0]!, null, trace(63))).toBe(false);
      expect([...(await reports.hiddenAmong(ids))]).toEqual([]);
      expect((await catalogue.notices.list(basile, 9)).map((one) => one.at)).toEqual([62, 60]);
    });

    test('counts what somebody wrote since then, also what was taken back', async () => {
      const { threads } = catalogue;
      await threads.start(thread(20), message(40, 20), nothing);
      await threads.reply(message(41, 20), nothing);
      await threads.reply(message(42, 20, { by: basile }), nothing);
      await threads.retract(id(41), 50, nothing);
      expect(await threads.messagesBy(anne, 40)).toBe(2);
      expect(await threads.messagesBy(anne, 41)).toBe(1);
      expect(await threads.messagesBy(basile, 43)).toBe(0);
    });

    test('gives what somebody wrote with its thread, in the order in which it came, without what was taken back', async () => {
      const { threads } = catalogue;
      await threads.start(thread(20), message(40, 20), nothing);
      await threads.start(thread(21), message(41, 21, { by: basile }), nothing);
      await threads.reply(message(42, 21), nothing);
      await threads.reply(message(43, 20), nothing);
      await threads.retract(id(43), 50, nothing);
      expect(await threads.writtenBy(anne)).toEqual([
        { thread: thread(20), message: message(40, 20) },
        { thread: thread(21), message: message(42, 21) },
      ]);
    });
  });
}
