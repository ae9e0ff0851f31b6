import { runInThisContext } from 'node:vm';
import * as electron from './electron.ts';

// How a test asks things of main: what `ElectronApplication.evaluate` of Playwright does over the inspector of a real Electron.

interface Question {
  readonly id: number;
  /** A function, as its source; it is given the `electron` module and the argument. */
  readonly source: string;
  readonly argument: unknown;
}

async function answer({ id, source, argument }: Question): Promise<void> {
  try {
    const act = runInThisContext(`(${source})`) as (module: typeof electron, given: unknown) => unknown;
    process.send?.({ id, error: null, value: await act(electron, argument) });
  } catch (error) {
    process.send?.({ id, error: error instanceof Error ? error.message : String(error), value: null });
  }
}

if (process.send !== undefined) {
  process.on('message', (question: Question) => void answer(question));
  // A test that was ended leaves no application behind.
  process.on('disconnect', () => process.exit(1));
}
