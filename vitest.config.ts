import react from '@vitejs/plugin-react';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { defineConfig } from 'vitest/config';

/** `npm run test:long` widens the seeds and counts of random tests, and gives them the time for it. */
const long = process.env['CALEPIN_LONG'] === '1';

/** Tests of a relay in this process, which measure neither its memory nor kill it. */
const ofOneRelay = ['http', 'history', 'relay'].map((folder) => `test/integration/${folder}/**/*.test.ts`);

/**
 * @param isolate - does each file load its modules anew? Where files leave no trace in what they share it is a third of the work: what is loaded, and made quick, stays so for the next file.
 */
const project = (name: string, include: string[], { isolate = true, exclude = [] as string[] } = {}) => ({
  extends: true as const,
  test: { name, include, exclude, isolate },
});

export default defineConfig({
  plugins: [react()],
  test: {
    environment: 'node',
    // Limits, not waits: a machine may be busy with other things.
    testTimeout: long ? 600_000 : 60_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    // Worker threads are started hundreds of times: what they load is compiled once.
    env: { NODE_COMPILE_CACHE: path.join(import.meta.dirname, 'node_modules/.cache/compile') },
    // Many tests wait for a disk, a socket or a browser: three at once even on two cores, where Vitest would run one.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    projects: [
      project('unit', ['test/unit/**/*.test.{ts,tsx}'], { isolate: false }),
      project('contract', ['test/contract/**/*.test.ts'], { isolate: false }),
      project('architecture', ['test/architecture/**/*.test.ts']),
      project('relay', ofOneRelay, { isolate: false }),
      project('integration', ['test/integration/**/*.test.ts'], { exclude: ofOneRelay }),
    ],
  },
});
