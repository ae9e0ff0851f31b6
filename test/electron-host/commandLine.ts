import { tmpdir } from 'node:os';
import path from 'node:path';

/** The value of a switch that Electron itself takes from the command line. */
function switchValue(name: string): string | null {
  const prefix = `--${name}=`;
  return process.argv.find((argument) => argument.startsWith(prefix))?.slice(prefix.length) ?? null;
}

/** `--user-data-dir`; required, so that no test writes in a person's own folder. */
export function userDataFolder(): string {
  const folder = switchValue('user-data-dir');
  if (folder === null) throw new Error('the test host needs --user-data-dir');
  return path.resolve(tmpdir(), folder);
}

/** `--lang`, or French as the product's first users have it. */
export function locale(): string {
  return switchValue('lang') ?? 'fr-CA';
}
