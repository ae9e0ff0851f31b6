import { expect, it } from 'vitest';
import { HostEmitter, NotInHostError, hostEvent, strict } from '../../electron-host/strict.ts';

class Kept extends HostEmitter {
  #count = 0;
  title = 'one';
  constructor() {
    super('Kept', ['close']);
  }
  add = (): number => ++this.#count;
  more(): number {
    return ++this.#count;
  }
}

it('names what it does not have, whether read, set or listened to', () => {
  const kept = strict('Kept', new Kept());
  expect([kept.add(), kept.more(), kept.title]).toEqual([1, 2, 'one']);
  kept.title = 'two';
  expect(kept.title).toBe('two');
  expect(() => (kept as unknown as { setIcon(): void }).setIcon()).toThrow(NotInHostError);
  expect(() => Reflect.set(kept, 'colour', 'red')).toThrow('Kept.colour');
  expect(() => kept.on('closed', () => undefined)).toThrow('Kept event "closed"');
});

it('may be awaited without being taken for a promise', async () => {
  const kept = strict('Kept', new Kept());
  expect(await Promise.resolve(kept)).toBe(kept);
});

it('tells whether a listener prevented what was about to happen', () => {
  const kept = new Kept();
  kept.on('close', (event: { preventDefault(): void }) => event.preventDefault());
  const event = hostEvent({ url: 'app://bundle/' });
  expect([event.defaultPrevented, event.url]).toEqual([false, 'app://bundle/']);
  kept.emit('close', event);
  expect(event.defaultPrevented).toBe(true);
});
