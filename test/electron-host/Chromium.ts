import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { findChromium } from '../../scripts/findChromium.mjs';
import { Cdp } from './Cdp.ts';
import { Network } from './Network.ts';
import { locale, userDataFolder } from './commandLine.ts';

/** The browser that stands in for Electron's own, started at the first window, ended with this process. */
export interface Chromium {
  readonly cdp: Cdp;
  readonly network: Network;
  /** Where Playwright connects (`chromium.connectOverCDP`). */
  readonly endpoint: string;
}

let started: Promise<Chromium> | null = null;

export function chromium(): Promise<Chromium> {
  started ??= start();
  return started;
}

/** The proxy's port and the browser, once. */
async function start(): Promise<Chromium> {
  const executable = findChromium();
  if (executable === null) throw new Error('there is no Chromium here for the test host');
  const network = new Network();
  const proxyPort = await network.listen();
  // A profile of its own, below the application's: what pages store outlives a start, as in Electron.
  const profile = path.join(userDataFolder(), 'host-profile');
  mkdirSync(profile, { recursive: true });
  const child = spawn(
    executable,
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--no-default-browser-check',
      '--no-startup-window',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-extensions',
      '--disable-default-apps',
      '--disable-dev-shm-usage',
      '--disable-features=Translate,MediaRouter,OptimizationHints,DialMediaRouteProvider',
      '--disable-renderer-backgrounding',
      '--disable-background-timer-throttling',
      '--disable-backgrounding-occluded-windows',
      '--password-store=basic',
      '--mute-audio',
      '--font-render-hinting=none',
      `--lang=${locale()}`,
      `--accept-lang=${locale()},${locale().slice(0, 2)}`,
      `--proxy-server=http://127.0.0.1:${proxyPort}`,
      // Addresses of this computer go through the proxy too: it is the only way out.
      '--proxy-bypass-list=<-loopback>',
      '--remote-debugging-pipe',
      '--remote-debugging-port=0',
      `--user-data-dir=${profile}`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'] },
  );
  const [, , errors, input, output] = child.stdio as unknown as [null, null, Readable, Writable, Readable];
  const cdp = new Cdp(input, output);
  const endpoint = await new Promise<string>((resolve, reject) => {
    let said = '';
    errors.on('data', (chunk: Buffer) => {
      if (said.length < 10_000) said += chunk.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Chromium ended (${code}): ${said}`)));
  });
  // The pipe must not hold this process open, and the browser must not outlive it.
  process.once('exit', () => child.kill('SIGKILL'));
  for (const handle of [child, errors, input, output]) (handle as unknown as { unref?(): void }).unref?.();
  await cdp.browser.send('Target.setDiscoverTargets', { discover: true });
  return { cdp, network, endpoint };
}
