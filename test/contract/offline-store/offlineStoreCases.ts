import * as Y from 'yjs';
import type { DocumentId, Epoch } from '#shared/domain/ids.ts';
import {
  EpochConflictError,
  type DocumentHead,
  type OfflineStore,
  type RecoveredCopy,
} from '../../../renderer/collaboration/OfflineStore.ts';

/** One behaviour of an offline store. Runs in Node and in a browser: it throws when the behaviour is not there. */
export interface OfflineStoreCase {
  readonly title: string;
  /** @param open - opens the same, at first empty, store: a second call is a second window of the same browser. */
  run(open: () => Promise<OfflineStore>): Promise<void>;
}

const note = 'n'.repeat(22) as DocumentId;
const other = 'o'.repeat(22) as DocumentId;
const epoch = 'e'.repeat(22) as Epoch;
const later = 'f'.repeat(22) as Epoch;
const head: DocumentHead = { epoch, seq: 4, complete: true };

function equal(actual: unknown, expected: unknown): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (a !== b) throw new Error(`expected ${b}\n     got ${a}`);
}

/** One update a letter, by one author. */
function typing(text: string): Uint8Array[] {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update) => updates.push(update));
  for (const letter of text) doc.getText('title').insert(doc.getText('title').length, letter);
  return updates;
}

async function titleIn(store: OfflineStore, document = note): Promise<string> {
  const doc = new Y.Doc();
  for (const { update } of (await store.load(document))?.updates ?? []) Y.applyUpdate(doc, update);
  return doc.getText('title').toJSON();
}

async function pendingIn(store: OfflineStore): Promise<number> {
  return ((await store.load(note))?.updates ?? []).filter((row) => !row.acknowledged).length;
}

function copyOf(document: DocumentId, id: string, savedAt: number): RecoveredCopy {
  return {
    id,
    document,
    title: 'Titre',
    text: 'des mots',
    reason: 'not_allowed',
    savedAt,
    state: new Uint8Array([0, 0]),
  };
}

export const offlineStoreCases: readonly OfflineStoreCase[] = [
  {
    title: 'has nothing of a document that it was never given',
    async run(open) {
      equal(await (await open()).load(note), null);
    },
  },
  {
    title: 'gives back what was appended, in order, under rising keys',
    async run(open) {
      const store = await open();
      const keys = [
        ...(await store.append(
          note,
          typing('bon').map((update) => ({ update, acknowledged: false })),
          head,
        )),
        ...(await store.append(note, [], head)),
      ];
      const loaded = await store.load(note);
      equal(loaded?.head, head);
      equal(
        loaded?.updates.map(({ key, acknowledged }) => [key, acknowledged]),
        keys.map((key) => [key, false]),
      );
      equal(
        keys.every((key, at) => at === 0 || key > (keys[at - 1] ?? 0)),
        true,
      );
      equal(await titleIn(store), 'bon');
      equal(await store.load(other), null);
    },
  },
  {
    title: 'does not take back that a copy is complete, nor a sequence number',
    async run(open) {
      const store = await open();
      await store.append(note, [], head);
      await store.append(note, [], { epoch: null, seq: 2, complete: false });
      equal((await store.load(note))?.head, head);
    },
  },
  {
    title: 'refuses rows of another epoch and writes nothing of them',
    async run(open) {
      const store = await open();
      const [row] = typing('a');
      if (row === undefined) throw new Error('a letter is an update');
      await store.append(note, [{ update: row, acknowledged: true }], head);
      let failure: unknown = null;
      await store
        .append(note, [{ update: row, acknowledged: false }], { ...head, epoch: later })
        .catch((error: unknown) => {
          failure = error;
        });
      equal(failure instanceof EpochConflictError, true);
      equal([(await store.load(note))?.updates.length, (await store.load(note))?.head.epoch], [1, epoch]);
    },
  },
  {
    title: 'gives last words back among the rows, also of a document without a head, and once only',
    async run(open) {
      const store = await open();
      const updates = typing('fin').map((update) => ({ update, acknowledged: false }));
      await Promise.all([
        store.append(note, updates.slice(0, 1), head),
        store.keepLastWords(note, updates.slice(1), epoch),
        store.keepLastWords(other, updates, null),
      ]);
      equal([await titleIn(store), await titleIn(store, other)], ['fin', 'fin']);
      const again = await open();
      const [loaded, unknown] = [await again.load(note), await again.load(other)];
      equal([loaded?.head, unknown?.head], [head, { epoch: null, seq: 0, complete: false }]);
      equal([loaded?.updates.length, unknown?.updates.length], [3, 3]);
      await again.acknowledge(note, loaded?.updates.map((row) => row.key) ?? []);
      equal(await pendingIn(store), 0);
    },
  },
  {
    title: 'lets go of last words that the copy has after all',
    async run(open) {
      const store = await open();
      const updates = typing('fin').map((update) => ({ update, acknowledged: false }));
      const letGo = await store.keepLastWords(note, updates, epoch);
      await store.append(note, updates, head);
      await letGo();
      equal((await store.load(note))?.updates.length, 3);
    },
  },
  {
    title: 'says the epoch of last words that are unsent, when the copy has another by now',
    async run(open) {
      const store = await open();
      const updates = typing('a').map((update) => ({ update, acknowledged: false }));
      await store.append(note, [], { ...head, epoch: later });
      await store.keepLastWords(note, updates, epoch);
      const loaded = await store.load(note);
      equal(loaded?.head, head);
      await store.acknowledge(note, loaded?.updates.map((row) => row.key) ?? []);
      equal((await store.load(note))?.head.epoch, later);
    },
  },
  {
    title: 'marks what the relay has, and ignores keys it does not know',
    async run(open) {
      const store = await open();
      const keys = await store.append(
        note,
        typing('abc').map((update) => ({ update, acknowledged: false })),
        head,
      );
      await store.acknowledge(note, [keys[0] ?? 0, keys[2] ?? 0, 9_999]);
      equal(
        (await store.load(note))?.updates.map((row) => row.acknowledged),
        [true, false, true],
      );
    },
  },
  {
    title: 'compacts what the relay has and leaves the outbox alone',
    async run(open) {
      const store = await open();
      const updates = typing('abcdef');
      await store.append(
        note,
        updates.map((update, at) => ({ update, acknowledged: at < 4 })),
        head,
      );
      await store.compact(note);
      equal(
        [(await store.load(note))?.updates.length, await pendingIn(store), await titleIn(store)],
        [3, 2, 'abcdef'],
      );
    },
  },
  {
    title: 'two windows that append, acknowledge and compact at once lose nothing of each other',
    async run(open) {
      const [here, there] = [await open(), await open()];
      const [mine, theirs] = [typing('abcdefghij'), typing('0123456789')];
      await Promise.all(
        mine.flatMap((update, at) => [
          here.append(note, [{ update, acknowledged: at % 2 === 0 }], head),
          there.compact(note),
          there.append(note, [{ update: theirs[at] ?? update, acknowledged: at % 2 === 1 }], head),
          here.compact(note),
        ]),
      );
      equal((await titleIn(await open())).split('').sort().join(''), '0123456789abcdefghij');
      equal(await pendingIn(here), 10);
    },
  },
  {
    title: 'keeps a fork apart and takes only its rows out of the copy',
    async run(open) {
      const store = await open();
      const updates = typing('abcd');
      const keys = await store.append(
        note,
        updates.map((update, at) => ({ update, acknowledged: at < 2 })),
        head,
      );
      await store.recover(copyOf(note, 'r1', 10), keys.slice(3));
      equal(
        [(await store.load(note))?.updates.length, await titleIn(store), await pendingIn(store)],
        [3, 'abc', 1],
      );
      equal(
        (await store.listRecovered(note)).map((copy) => [copy.id, copy.text]),
        [['r1', 'des mots']],
      );
      equal(await store.listRecovered(other), []);
    },
  },
  {
    title: 'promises no row of the relay once rows were taken out, nor one that is gone from the relay',
    async run(open) {
      const store = await open();
      const updates = typing('abcd');
      const keys = await store.append(
        note,
        updates.map((update) => ({ update, acknowledged: false })),
        head,
      );
      await store.rewind(note, 3);
      equal((await store.load(note))?.head, { ...head, seq: 3 });
      await store.recover(copyOf(note, 'r1', 10), keys.slice(3));
      equal((await store.load(note))?.head, { ...head, seq: 0 });
      await store.rewind(other, 3);
      equal(await store.load(other), null);
    },
  },
  {
    title: 'keeps the first key of the relay until told otherwise, for every window',
    async run(open) {
      const [here, there] = [await open(), await open()];
      const [first, second] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
      equal([...(await here.pinRelayKey(first))], [...first]);
      equal([...(await there.pinRelayKey(second))], [...first]);
      equal([...(await there.pinRelayKey(second, true))], [...second]);
      equal([...(await here.pinRelayKey(first))], [...second]);
      equal(here.deviceId, there.deviceId);
    },
  },
  {
    title: 'keeps the relay’s signed word until another comes, and takes back a doubt only when told',
    async run(open) {
      const store = await open();
      const signed = { epoch, seq: 4, digest: new Uint8Array(32), time: 1, signature: new Uint8Array(64) };
      const proof = { head: signed, publicKey: new Uint8Array(32), isGenuine: true };
      const doubt = { kind: 'altered', kept: proof, later: null, noticedAt: 5 } as const;
      await store.append(note, [], { ...head, proof, doubt });
      await store.append(note, [], head);
      await store.rewind(note, 3);
      equal((await store.load(note))?.head, { ...head, seq: 3, proof, doubt });
      await store.append(note, [], { ...head, doubt: null });
      equal((await store.load(note))?.head, { ...head, proof, doubt: null });
    },
  },
  {
    title: 'takes the whole copy away when its epoch is over, and then accepts another epoch',
    async run(open) {
      const store = await open();
      await store.append(
        note,
        typing('ab').map((update) => ({ update, acknowledged: true })),
        head,
      );
      await store.recover(copyOf(note, 'r1', 10), 'all');
      equal(await store.load(note), null);
      await store.append(note, [], { ...head, epoch: later });
      equal((await store.load(note))?.head.epoch, later);
    },
  },
  {
    title: 'lists recovered copies newest first, and forgets one when told',
    async run(open) {
      const store = await open();
      await store.recover(copyOf(note, 'r1', 10), []);
      await store.recover(copyOf(other, 'r2', 30), []);
      await store.recover(copyOf(note, 'r3', 20), []);
      equal(
        (await store.listRecovered()).map((copy) => copy.id),
        ['r2', 'r3', 'r1'],
      );
      await store.removeRecovered('r3');
      equal(
        (await store.listRecovered(note)).map((copy) => copy.id),
        ['r1'],
      );
    },
  },
  {
    title: 'forgets a document, not its recovered copies',
    async run(open) {
      const store = await open();
      await store.append(
        note,
        typing('ab').map((update) => ({ update, acknowledged: true })),
        head,
      );
      await store.append(
        other,
        typing('cd').map((update) => ({ update, acknowledged: true })),
        head,
      );
      await store.recover(copyOf(note, 'r1', 10), []);
      await store.forget(note);
      equal(
        [await store.load(note), await titleIn(store, other), (await store.listRecovered(note)).length],
        [null, 'cd', 1],
      );
    },
  },
  {
    title: 'names each document that it has something of, last words too, once',
    async run(open) {
      const store = await open();
      equal(await store.documents(), []);
      const [update] = typing('a');
      const words = [{ update: update ?? new Uint8Array(), acknowledged: false }];
      await store.append(note, words, head);
      await store.append(note, words, head);
      await store.keepLastWords(other, words, epoch);
      equal((await store.documents()).toSorted(), [note, other]);
      await store.forget(note);
      equal(await store.documents(), [other]);
    },
  },
  {
    title: 'is the same device for every window',
    async run(open) {
      const [here, there] = [await open(), await open()];
      equal([here.deviceId, here.deviceId.length], [there.deviceId, 22]);
    },
  },
];
