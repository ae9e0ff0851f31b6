// Runs in the page's worlds and in main alike: it is sent to the browser as its own source, so it may use nothing from outside of it.

/** Turns values into text and back as the structured clone would, and refuses what that refuses. */
export interface Codec {
  /** @param tag - replaces a value that is none for the structured clone (a function, a promise) by a plain one; null leaves it refused. */
  encode(value: unknown, tag?: (value: unknown) => object | null): string;
  decode(text: string, untag?: (tagged: never) => unknown): unknown;
}

/** Makes a codec. @throws Error as Electron says it, « An object could not be cloned. » */
export function createCodec(): Codec {
  type Node = [kind: string, ...rest: unknown[]];
  const refuse = (): never => {
    throw new Error('An object could not be cloned.');
  };
  const toText = (bytes: Uint8Array): string => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 0x8000)
      text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return btoa(text);
  };
  const fromText = (text: string): Uint8Array => Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const arrays: Record<string, { new (buffer: ArrayBuffer): ArrayBufferView }> = {
    Uint8Array,
    Uint8ClampedArray,
    Int8Array,
    Uint16Array,
    Int16Array,
    Uint32Array,
    Int32Array,
    Float32Array,
    Float64Array,
    DataView,
  };

  function write(value: unknown, tag: (value: unknown) => object | null, seen: unknown[]): Node {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return ['v', value];
    if (typeof value === 'number') return Number.isFinite(value) ? ['v', value] : ['n', String(value)];
    if (value === undefined) return ['u'];
    if (typeof value === 'bigint') return ['b', String(value)];
    const tagged = tag(value);
    if (tagged !== null) return ['t', tagged];
    if (typeof value !== 'object') return refuse();
    const known = seen.indexOf(value);
    if (known !== -1) return ['r', known];
    seen.push(value);
    const each = (one: unknown): Node => write(one, tag, seen);
    const name = Object.prototype.toString.call(value).slice(8, -1);
    if (Array.isArray(value)) return ['a', value.map(each)];
    if (name === 'Date') return ['d', (value as Date).getTime()];
    if (name === 'Map') return ['m', [...(value as Map<unknown, unknown>)].map((pair) => pair.map(each))];
    if (name === 'Set') return ['s', [...(value as Set<unknown>)].map(each)];
    if (name === 'Error') {
      const error = value as Error;
      return ['e', error.name, error.message];
    }
    if (name === 'ArrayBuffer') return ['y', name, toText(new Uint8Array(value as ArrayBuffer))];
    if (ArrayBuffer.isView(value)) {
      // Node's Buffer arrives as the array of bytes that it is.
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
      return ['y', name in arrays ? name : refuse(), toText(bytes)];
    }
    if (name !== 'Object') return refuse();
    return ['o', Object.entries(value).map(([key, one]) => [key, each(one)])];
  }

  function read(node: Node, untag: (tagged: never) => unknown, seen: unknown[]): unknown {
    const [kind, first, second] = node as [string, never, never];
    if (kind === 'v') return first;
    if (kind === 'n') return Number(first);
    if (kind === 'u') return undefined;
    if (kind === 'b') return BigInt(first);
    if (kind === 't') return untag(first);
    if (kind === 'r') return seen[first];
    const keep = <T>(value: T): T => (seen.push(value), value);
    const each = (one: Node): unknown => read(one, untag, seen);
    switch (kind) {
      case 'a': {
        const made: unknown[] = keep([]);
        for (const one of first as Node[]) made.push(each(one));
        return made;
      }
      case 'd':
        return keep(new Date(first));
      case 'm': {
        const made = keep(new Map<unknown, unknown>());
        for (const [key, one] of first as [Node, Node][]) made.set(each(key), each(one));
        return made;
      }
      case 's': {
        const made = keep(new Set<unknown>());
        for (const one of first as Node[]) made.add(each(one));
        return made;
      }
      case 'e':
        return keep(Object.assign(new Error(second), { name: first as string }));
      case 'y': {
        const { buffer } = fromText(second);
        const View = arrays[first as string];
        return keep(View === undefined ? buffer : new View(buffer as ArrayBuffer));
      }
      default: {
        const made: Record<string, unknown> = keep({});
        for (const [key, one] of first as [string, Node][])
          Object.defineProperty(made, key, {
            value: each(one),
            enumerable: true,
            writable: true,
            configurable: true,
          });
        return made;
      }
    }
  }

  return {
    encode: (value, tag = () => null) => JSON.stringify(write(value, tag, [])),
    decode: (text, untag = refuse) => read(JSON.parse(text) as Node, untag, []),
  };
}
