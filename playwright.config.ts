import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';
import { findChromium } from './scripts/findChromium.mjs';

const executablePath = findChromium();

/** Every spec starts its own relay on a free port; nothing is shared between specs but the built renderer. */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  // A spec drives up to two browsers and a relay of its own, and waits more than it works.
  workers: Math.min(3, availableParallelism() + 1),
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: {
    headless: true,
    locale: 'fr-CA',
    timezoneId: 'America/Toronto',
    viewport: { width: 1400, height: 900 },
    // A trace costs a third of the time of every spec.
    trace: process.env['CALEPIN_TRACE'] === '1' ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
    // One that opens pages of its own accord would stand between specs and what they serve; those about it allow it.
    serviceWorkers: 'block',
    launchOptions: {
      ...(executablePath === null ? {} : { executablePath }),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    // First: the longest test is among them, and would be waited for alone at the end.
    { name: 'desktop', testDir: 'test/e2e/desktop' },
    { name: 'web', testDir: 'test/e2e/web' },
  ],
});
