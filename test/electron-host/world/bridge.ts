import type { Codec } from './codec.ts';

// Runs in both worlds of a page, from its own source. The worlds share the document and no object; what passes is text.

/** One side of the way between the page's own world and the preload's. */
export interface WorldBridge {
  /** Gives a value to the other side under a name. */
  expose(key: string, value: unknown): void;
}

/**
 * @param names - of the two events, unknown to the page: `mine` is heard here, `theirs` there.
 * @param onExposed - a value came from the other side.
 */
export function createBridge(
  codec: Codec,
  names: { readonly mine: string; readonly theirs: string },
  onExposed: (key: string, value: unknown) => void,
): WorldBridge {
  type Tagged = { kind: 'function' | 'promise'; id: number };
  type Message =
    | { type: 'call'; id: number; args: unknown[] }
    | { type: 'returned' | 'thrown'; value: unknown }
    | { type: 'settled'; id: number; ok: boolean; value: unknown }
    | { type: 'exposed'; key: string; value: unknown };
  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const pending = new Map<number, { resolve(value: unknown): void; reject(error: unknown): void }>();
  let last = 0;
  let answer: Message | null = null;
  // The page may change its prototypes; these are taken before it runs.
  const dispatch = document.dispatchEvent.bind(document);
  const Event = CustomEvent;

  const tag = (value: unknown): Tagged | null => {
    if (typeof value === 'function') {
      functions.set(++last, value as (...args: unknown[]) => unknown);
      return { kind: 'function', id: last };
    }
    if (value instanceof Promise) {
      const id = ++last;
      value.then(
        (result: unknown) => post({ type: 'settled', id, ok: true, value: result }),
        (error: unknown) => post({ type: 'settled', id, ok: false, value: error }),
      );
      return { kind: 'promise', id };
    }
    return null;
  };
  const untag = ({ kind, id }: Tagged): unknown => {
    if (kind === 'promise')
      return new Promise((resolve, reject) => void pending.set(id, { resolve, reject }));
    const call = (...args: unknown[]): unknown => {
      post({ type: 'call', id, args });
      const answered = answer;
      answer = null;
      if (answered?.type === 'thrown') throw answered.value;
      return answered?.type === 'returned' ? answered.value : undefined;
    };
    // Bound, so that its text tells the page nothing.
    return call.bind(null);
  };
  const post = (message: Message): void => {
    dispatch(new Event(names.theirs, { detail: codec.encode(message, tag) }));
  };
  const receive = (message: Message): void => {
    switch (message.type) {
      case 'call': {
        let outcome: Message;
        try {
          outcome = { type: 'returned', value: functions.get(message.id)?.(...message.args) };
        } catch (error) {
          outcome = { type: 'thrown', value: error };
        }
        post(outcome);
        break;
      }
      case 'settled': {
        const waiting = pending.get(message.id);
        pending.delete(message.id);
        if (message.ok) waiting?.resolve(message.value);
        else waiting?.reject(message.value);
        break;
      }
      case 'exposed':
        onExposed(message.key, message.value);
        break;
      default:
        answer = message;
    }
  };
  document.addEventListener(names.mine, (event) => {
    event.stopImmediatePropagation();
    receive(codec.decode((event as CustomEvent<string>).detail, untag) as Message);
  });
  return { expose: (key, value) => post({ type: 'exposed', key, value }) };
}
