import { expect, it } from 'vitest';
import { desktopChannels } from '#shared/desktop/channels.ts';
import { appEvent, newIpc } from './newIpc.ts';
import { type Random, newRandom } from '../../../support/random.ts';

// What a page that somebody else commands could send: every kind of value that crosses, near-valid ones more often than not.

const count = process.env['CALEPIN_LONG'] === '1' ? 100_000 : 1_000;

function isFinished(argument: unknown): boolean {
  return (
    isRecord(argument) &&
    Object.keys(argument).sort().join() === 'exportId,suggestedName' &&
    typeof argument['exportId'] === 'string' &&
    /^[A-Za-z0-9_-]{22}$/.test(argument['exportId']) &&
    typeof argument['suggestedName'] === 'string' &&
    argument['suggestedName'].length >= 1 &&
    argument['suggestedName'].length <= 255
  );
}

/** What each call takes, said a second time and by hand. A call that is not here takes nothing. */
const isGood: Record<string, (argument: unknown) => boolean> = {
  [desktopChannels.openExternal]: (argument) => typeof argument === 'string' && argument.length <= 2_048,
  [desktopChannels.saveExport]: isFinished,
  [desktopChannels.dragExport]: isFinished,
  [desktopChannels.writeSettings]: (argument) =>
    isRecord(argument) &&
    Object.entries(argument).every(
      ([name, value]) =>
        (name === 'theme' && [undefined, 'system', 'light', 'dark'].includes(value as string)) ||
        (name === 'language' && [undefined, 'system', 'fr', 'en'].includes(value as string)) ||
        (name === 'spelling' && [undefined, 'both', 'fr', 'en', 'off'].includes(value as string)) ||
        (name === 'tray' && [undefined, true, false].includes(value as boolean)),
    ),
};

function isRecord(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]' && !Array.isArray(value);
}

const leaves: readonly (() => unknown)[] = [
  () => undefined,
  () => null,
  () => NaN,
  () => -0,
  () => 2 ** 53,
  () => 12n,
  () => true,
  () => '',
  () => '../../etc/passwd',
  () => 'A'.repeat(22),
  () => 'A'.repeat(23),
  () => 'dark',
  () => 'fr',
  () => 'x'.repeat(2_049),
  () => '\u0000',
  () => new Date(0),
  () => new Map([['theme', 'dark']]),
  () => new Set(['theme']),
  () => new Uint8Array(8),
  () => new Error('no'),
];
const names = [
  'exportId',
  'suggestedName',
  'theme',
  'language',
  'spelling',
  'tray',
  '__proto__',
  'constructor',
  'then',
  'toString',
  '0',
];

function hostile(random: Random, depth = 0): unknown {
  if (depth > 3 || random.int(3) === 0) return random.pick(leaves)();
  if (random.int(3) === 0) return Array.from({ length: random.int(4) }, () => hostile(random, depth + 1));
  const made: Record<string, unknown> = {};
  for (let at = random.int(4); at > 0; at -= 1)
    Object.defineProperty(made, random.pick(names), {
      value: random.int(12) === 0 ? made : hostile(random, depth + 1),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  return made;
}

it(`answers ${count.toLocaleString('en')} hostile calls of each handler with one of three refusals, or does what was rightly asked`, async () => {
  const random = newRandom(7);
  const { handlers, calls } = newIpc();
  const wrong: unknown[] = [];
  for (const [channel, handler] of handlers) {
    for (let at = 0; at < count; at += 1) {
      const given = Array.from({ length: random.int(8) === 0 ? 2 : 1 }, () => hostile(random));
      calls.length = 0;
      const outcome = await handler(appEvent(), ...given).then(
        () => 'done',
        (error: unknown) => (error as Error).message,
      );
      const good =
        given.length === 1 && (isGood[channel]?.(given[0]) ?? given[0] === undefined) ? 'done' : 'refused';
      const was = ['invalid argument', 'too large'].includes(outcome) ? 'refused' : outcome;
      if (was !== good || (was === 'refused' && calls.length > 0))
        wrong.push({ channel, at, given, outcome, good });
    }
  }
  expect(wrong).toEqual([]);
  expect(Reflect.get({}, 'theme')).toBeUndefined();
});
