/**
 * Whether an argument that crossed from a page is larger than a call may be. Walks only as far as the limit, once through each object, so that neither its size, nor its
 * depth, nor a loop in it costs anything.
 * @param maxBytes - texts count two bytes a character, everything else at least one.
 */
export function isLargerThan(argument: unknown, maxBytes: number): boolean {
  const seen = new Set<object>();
  const waiting: unknown[] = [argument];
  let bytes = 0;
  for (let value = waiting.pop(); ; value = waiting.pop()) {
    bytes += 1;
    if (typeof value === 'string') bytes += value.length * 2;
    else if (typeof value === 'bigint') return true;
    else if (typeof value === 'object' && value !== null && !seen.has(value)) {
      seen.add(value);
      if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) bytes += value.byteLength;
      else if (value instanceof Map || value instanceof Set) {
        bytes += value.size;
        if (bytes <= maxBytes) for (const one of value) waiting.push(one);
      } else {
        // A list with one place far out is as long as that in the end.
        if (Array.isArray(value)) bytes += value.length;
        if (bytes <= maxBytes)
          for (const [name, one] of Object.entries(value)) {
            bytes += name.length * 2;
            waiting.push(one);
          }
      }
    }
    if (bytes > maxBytes) return true;
    if (waiting.length === 0) return false;
  }
}
