import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** `npm run test:long` widens the seeds and counts of random tests, and gives them the time for it. */
const long = process.env['CALEPIN_LONG'] === '1';

const project = (name: string, include: string[]) => ({
  extends: true as const,
  test: { name, include },
});

export default defineConfig({
  plugins: [react()],
  test: {
    environment: 'node',
    testTimeout: long ? 600_000 : 20_000,
    hookTimeout: 30_000,
    restoreMocks: true,
    projects: [
      project('unit', ['test/unit/**/*.test.{ts,tsx}']),
      project('contract', ['test/contract/**/*.test.ts']),
      project('architecture', ['test/architecture/**/*.test.ts']),
      project('integration', ['test/integration/**/*.test.ts']),
    ],
  },
});
