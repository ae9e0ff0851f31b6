import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FrameLedger } from '../../../../renderer/collaboration/FrameLedger.ts';
import { SaveLedger } from '../../../../renderer/collaboration/SaveLedger.ts';

/** What can happen, in any order. */
type Event =
  | 'type'
  | 'store'
  | 'connect'
  | 'flush'
  | 'relayStores'
  | 'relayRefuses'
  | 'ackArrives'
  | 'homeTakes'
  | 'disconnect';
const events: readonly Event[] = [
  'type',
  'store',
  'connect',
  'flush',
  'relayStores',
  'relayRefuses',
  'ackArrives',
  'homeTakes',
  'disconnect',
];

/**
 * The world as it is: a device with a disk, a relay with a disk, frames and answers on their way between them, and, where the relay keeps a copy, the home behind
 * it, which takes what the relay has in its order. The ledgers see of it only what the real ones see.
 */
class World {
  readonly ledger = new SaveLedger();
  frames = new FrameLedger();
  made = 0;
  onDevice = 0;
  readonly onRelay = new Set<number>();
  isOnline = false;
  hasForked = false;
  unsent: number[] = [];
  /** Sent, not handled by the relay. */
  wire: number[][] = [];
  handled = 0;
  answers: ({ stored: number } | { refused: number } | { upstream: number })[] = [];
  /** Of what the relay has, in its order, so much is at the home. */
  atHome = 0;
  /** What the relay had once it had handled each frame of the connection. */
  relayHad: number[] = [];
  readonly #isCopy: boolean;

  constructor(isCopy: boolean) {
    this.#isCopy = isCopy;
  }

  run(event: Event): void {
    switch (event) {
      case 'type':
        this.made = this.ledger.change();
        this.unsent.push(this.made);
        break;
      case 'store':
        this.onDevice = this.made;
        this.ledger.storedHere(this.made);
        break;
      case 'connect':
        if (this.isOnline || this.hasForked) break;
        this.isOnline = true;
        this.frames = new FrameLedger();
        this.handled = 0;
        this.relayHad = [];
        this.#send(
          Array.from({ length: this.made }, (_, at) => at + 1).filter((change) => !this.onRelay.has(change)),
        );
        if (this.#isCopy) this.ledger.setHome({ through: this.frames.settleUpstream(0) });
        this.ledger.setLink({ kind: 'online' });
        break;
      case 'flush':
        if (this.isOnline && this.unsent.length > 0) this.#send(this.unsent);
        this.unsent = [];
        break;
      case 'relayStores': {
        const frame = this.wire.shift();
        if (frame === undefined) break;
        for (const change of frame) this.onRelay.add(change);
        this.handled += 1;
        this.relayHad.push(this.onRelay.size);
        this.answers.push({ stored: this.handled });
        this.#tellUpstream();
        break;
      }
      case 'homeTakes':
        if (this.atHome < this.onRelay.size) this.atHome += 1;
        this.#tellUpstream();
        break;
      case 'relayRefuses':
        if (this.wire.shift() === undefined) break;
        this.handled += 1;
        this.relayHad.push(this.onRelay.size);
        this.answers.push({ refused: this.handled }, { stored: this.handled });
        break;
      case 'ackArrives': {
        const answer = this.answers.shift();
        if (answer === undefined) break;
        if ('refused' in answer) {
          this.frames.refuse(answer.refused);
          this.ledger.refuse();
          this.hasForked = true;
        } else if ('upstream' in answer) {
          this.ledger.setHome({ through: this.frames.settleUpstream(answer.upstream) });
        } else {
          const through = this.frames.settle(answer.stored);
          if (through !== null) this.ledger.acknowledge(through);
        }
        break;
      }
      case 'disconnect':
        this.isOnline = false;
        this.wire = [];
        this.answers = [];
        this.ledger.setLink({ kind: 'offline', reason: 'link_lost' });
    }
  }

  #send(changes: readonly number[]): void {
    this.wire.push([...changes]);
    this.frames.sent(this.made, 0);
  }

  #tellUpstream(): void {
    if (!this.#isCopy || !this.isOnline) return;
    const settled = this.relayHad.findIndex((had) => had > this.atHome);
    this.answers.push({ upstream: settled === -1 ? this.handled : settled });
  }

  /** Claims that are better than this world: there must be none. */
  lies(): string[] {
    const { state } = this.ledger;
    const saved = this.#isCopy ? this.atHome : this.onRelay.size;
    const saysSaved = state.kind === 'saved' || (state.kind === 'offline' && state.pending === 'none');
    const saysHere = state.kind === 'savedHere' || (state.kind === 'offline' && state.pending === 'here');
    const saysWaiting = state.kind === 'waiting' && this.onRelay.size < this.made;
    const saysOnline = state.kind === 'saved';
    return [
      ...(saysSaved && saved < this.made ? ['saved'] : []),
      ...(saysWaiting ? ['saved at the relay'] : []),
      ...(saysHere && this.onDevice < this.made && this.onRelay.size < this.made
        ? ['saved on this device']
        : []),
      ...(saysOnline && !this.isOnline ? ['online'] : []),
      ...(this.hasForked && state.kind !== 'offline' ? ['going on after a refusal'] : []),
    ];
  }
}

describe('what is said about saving', () => {
  test('never claims more than the facts, whatever the order of typing, storing, answers, refusals and lost links', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.array(fc.constantFrom(...events), { maxLength: 60 }),
        (isCopy, sequence) => {
          const world = new World(isCopy);
          expect(
            sequence.flatMap((event) => {
              world.run(event);
              return world.lies();
            }),
          ).toEqual([]);
        },
      ),
      { numRuns: 6_000 },
    );
  });

  test('ends at « Enregistré » when all is stored and every answer arrived', () => {
    fc.assert(
      fc.property(
        fc.boolean(),
        fc.array(fc.constantFrom(...events.filter((event) => event !== 'relayRefuses')), { maxLength: 40 }),
        (isCopy, sequence) => {
          const world = new World(isCopy);
          for (const event of sequence) world.run(event);
          world.run('disconnect');
          world.run('connect');
          while (world.wire.length > 0) world.run('relayStores');
          while (world.atHome < world.onRelay.size) world.run('homeTakes');
          while (world.answers.length > 0) world.run('ackArrives');
          expect(world.ledger.state).toEqual({ kind: 'saved' });
        },
      ),
      { numRuns: 500 },
    );
  });

  test('goes from memory to this device to the home', () => {
    const ledger = new SaveLedger();
    const seen = [ledger.state.kind];
    ledger.setLink({ kind: 'online' });
    seen.push(ledger.state.kind);
    ledger.change();
    seen.push(ledger.state.kind);
    ledger.storedHere(1);
    seen.push(ledger.state.kind);
    ledger.acknowledge(1);
    seen.push(ledger.state.kind);
    expect(seen).toEqual(['opening', 'saved', 'editing', 'savedHere', 'saved']);
  });

  test('a change typed after the one that was acknowledged is not saved', () => {
    const ledger = new SaveLedger();
    ledger.setLink({ kind: 'online' });
    ledger.change();
    ledger.change();
    ledger.acknowledge(1);
    expect(ledger.state).toEqual({ kind: 'editing' });
  });

  test('an acknowledgement of what was never made is not believed', () => {
    const ledger = new SaveLedger();
    ledger.setLink({ kind: 'online' });
    ledger.change();
    ledger.acknowledge(2);
    ledger.storedHere(2);
    expect(ledger.state).toEqual({ kind: 'editing' });
  });

  test('of what a copy of the document has, « Enregistré » is said once the home has it, and what was there before', () => {
    const ledger = new SaveLedger();
    ledger.setLink({ kind: 'online' });
    ledger.setHome({ through: null });
    const seen: string[] = [ledger.state.kind];
    ledger.setHome({ through: 0 });
    seen.push(ledger.state.kind);
    ledger.change();
    ledger.acknowledge(1);
    seen.push(ledger.state.kind);
    ledger.setHome({ through: 2 });
    seen.push(ledger.state.kind);
    ledger.setHome({ through: 1 });
    seen.push(ledger.state.kind);
    ledger.setHome({ through: null });
    ledger.setLink({ kind: 'offline', reason: 'link_lost' });
    expect([...seen, ledger.state]).toEqual([
      'waiting',
      'saved',
      'waiting',
      'waiting',
      'saved',
      { kind: 'offline', reason: 'link_lost', pending: 'here' },
    ]);
    ledger.setLink({ kind: 'online' });
    ledger.setHome('relay');
    expect(ledger.state).toEqual({ kind: 'saved' });
  });

  test('a lost link shows at once, with where the words are', () => {
    const ledger = new SaveLedger();
    ledger.setLink({ kind: 'offline', reason: 'link_lost' });
    const states = [ledger.state];
    ledger.change();
    states.push(ledger.state);
    ledger.storedHere(1);
    states.push(ledger.state);
    expect(states).toEqual([
      { kind: 'offline', reason: 'link_lost', pending: 'none' },
      { kind: 'offline', reason: 'link_lost', pending: 'memory' },
      { kind: 'offline', reason: 'link_lost', pending: 'here' },
    ]);
  });
});

describe('the write frames of a connection', () => {
  test('an answer settles the frames before it', () => {
    const frames = new FrameLedger();
    frames.sent(3, 10);
    frames.sent(4, 20);
    frames.sent(9, 30);
    expect([
      frames.settle(2),
      frames.waitingSince,
      frames.settle(2),
      frames.settle(3),
      frames.waitingSince,
    ]).toEqual([4, 30, null, 9, null]);
  });

  test('an answer about frames never sent is not believed', () => {
    const frames = new FrameLedger();
    frames.sent(3, 10);
    expect(frames.settle(2)).toBeNull();
  });

  test('nothing from a refused frame on counts as saved', () => {
    const frames = new FrameLedger();
    frames.sent(1, 0);
    frames.sent(2, 0);
    frames.sent(3, 0);
    frames.refuse(2);
    expect(frames.settle(3)).toBe(1);
  });
});
