import { EventEmitter } from 'node:events';

/** Somebody used a part of Electron that the test host does not have: a test that went on would prove nothing. */
export class NotInHostError extends Error {
  constructor(name: string) {
    super(`the test host has no ${name}: add it to test/electron-host, or keep the code from using it`);
    this.name = 'NotInHostError';
  }
}

/** What every object is asked for by Node, by promises and by assertions, and by nobody who uses Electron. */
const harmless: ReadonlySet<string> = new Set(['then', 'toJSON', 'asymmetricMatch', 'nodeType', '$$typeof']);

/**
 * Makes an object of the host refuse what it does not have, in place of answering `undefined`.
 * @param name - how Electron calls it, for the message.
 * @returns the same object behind a guard: its own members work as they are, any other one is a NotInHostError.
 */
export function strict<T extends object>(name: string, target: T): T {
  const bound = new Map<unknown, unknown>();
  const known = (key: string | symbol): boolean =>
    typeof key === 'symbol' || key in target || harmless.has(key);
  return new Proxy(target, {
    get(object, key) {
      if (!known(key)) throw new NotInHostError(`${name}.${String(key)}`);
      const value: unknown = Reflect.get(object, key, object);
      if (typeof value !== 'function' || key === 'constructor') return value;
      // Private fields are the object's, not the guard's.
      if (!bound.has(value)) bound.set(value, (value as (...args: unknown[]) => unknown).bind(object));
      return bound.get(value);
    },
    set(object, key, value) {
      if (!known(key)) throw new NotInHostError(`${name}.${String(key)}`);
      return Reflect.set(object, key, value, object);
    },
  });
}

/** An emitter that knows its events: to listen for another one would be to wait for ever. */
export class HostEmitter extends EventEmitter {
  readonly #name: string;
  readonly #events: ReadonlySet<string>;

  constructor(name: string, events: readonly string[]) {
    super();
    this.#name = name;
    this.#events = new Set(events);
    this.setMaxListeners(0);
  }

  override on(event: string, listener: (...args: never[]) => void): this {
    this.#check(event);
    return super.on(event, listener as (...args: unknown[]) => void);
  }

  override once(event: string, listener: (...args: never[]) => void): this {
    this.#check(event);
    return super.once(event, listener as (...args: unknown[]) => void);
  }

  override addListener(event: string, listener: (...args: never[]) => void): this {
    return this.on(event, listener);
  }

  #check(event: string): void {
    if (!this.#events.has(event)) throw new NotInHostError(`${this.#name} event "${event}"`);
  }
}

/** What Electron gives to a listener that may prevent something. */
export interface HostEvent {
  preventDefault(): void;
  readonly defaultPrevented: boolean;
}

/** @param details - what this event carries beside. */
export function hostEvent<T extends object>(details: T): T & HostEvent {
  let prevented = false;
  return Object.defineProperty(
    Object.assign(details, { preventDefault: () => void (prevented = true) }),
    'defaultPrevented',
    {
      get: () => prevented,
    },
  ) as T & HostEvent;
}
