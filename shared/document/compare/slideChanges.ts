import type { Stretch } from './alignTokens.ts';
import { isSpace } from './words.ts';

const ending = /^[.!?…:;»”)]$/u;

/** How natural a place is for an addition to begin (or a removal): after the end of a sentence, with the space before it. */
function naturalness(tokens: readonly string[], from: number, to: number): number {
  const before = tokens[from - 1];
  const first = tokens[from] ?? '';
  const last = tokens[to - 1] ?? '';
  let value = 0;
  if (before === undefined || ending.test(before)) value += 2;
  if (ending.test(last) || to === tokens.length) value += 2;
  if (isSpace(first)) value += 1;
  else if (isSpace(last)) value += 1;
  if (ending.test(first)) value -= 2;
  return value;
}

/**
 * The same words often stand on both sides of what was added: « . Merci » after a sentence is « Merci. » one sign later. Moves additions
 * and removals to where a person would say that they are.
 */
export function slideChanges(
  stretches: readonly Stretch[],
  a: readonly string[],
  b: readonly string[],
): Stretch[] {
  const out = [...stretches];
  for (let at = 0; at < out.length; at += 1) {
    const here = out[at];
    if (!here || here.equal) continue;
    const added = here.fromA === here.toA;
    if (!added && here.fromB !== here.toB) continue;
    const tokens = added ? b : a;
    const from = added ? here.fromB : here.fromA;
    const to = added ? here.toB : here.toA;
    const before = out[at - 1];
    const after = out[at + 1];
    const room = { left: before ? before.toA - before.fromA : 0, right: after ? after.toA - after.fromA : 0 };
    const shift = bestShift(tokens, from, to, room);
    if (shift === 0) continue;
    out[at] = {
      ...here,
      fromA: here.fromA + shift,
      toA: here.toA + shift,
      fromB: here.fromB + shift,
      toB: here.toB + shift,
    };
    if (before) out[at - 1] = { ...before, toA: before.toA + shift, toB: before.toB + shift };
    else out.splice(at, 0, { equal: true, fromA: 0, toA: shift, fromB: 0, toB: shift });
    const next = before ? at + 1 : at + 2;
    if (after) out[next] = { ...after, fromA: after.fromA + shift, fromB: after.fromB + shift };
    else
      out.push({
        equal: true,
        fromA: here.toA + shift,
        toA: a.length,
        fromB: here.toB + shift,
        toB: b.length,
      });
  }
  return out.filter((one) => one.fromA !== one.toA || one.fromB !== one.toB);
}

function bestShift(
  tokens: readonly string[],
  from: number,
  to: number,
  room: { readonly left: number; readonly right: number },
): number {
  let best = { shift: 0, value: naturalness(tokens, from, to) };
  for (const direction of [-1, 1]) {
    const limit = direction < 0 ? room.left : room.right;
    for (let step = 1; step <= limit; step += 1) {
      const leaving = direction < 0 ? tokens[to - step] : tokens[from + step - 1];
      const entering = direction < 0 ? tokens[from - step] : tokens[to + step - 1];
      if (leaving === undefined || leaving !== entering) break;
      const shift = direction * step;
      const value = naturalness(tokens, from + shift, to + shift);
      if (value > best.value) best = { shift, value };
    }
  }
  return best.shift;
}
