import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@playwright/test';
import type { DocumentId } from '#shared/domain/ids.ts';
import { collaboration } from '../../../renderer/i18n/fr/collaboration.ts';
import { type Desktop, launchDesktop } from '../../support/launchDesktop.ts';
import { newRandom, type Random } from '../../support/random.ts';
import { rendererPids } from '../../support/rendererPids.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { countedIn, readClaims, textInLog, typeAndTell } from '../../support/shownClaims.ts';

const long = process.env['CALEPIN_LONG'] === '1';
/** Each on a folder of its own. `CALEPIN_RUNS` and `CALEPIN_SEED` make parts of the long run that add up: run n is that of seed n, wherever it is run. */
const runs = Number(process.env['CALEPIN_RUNS'] ?? (long ? 25 : 1));
/** A limit, not a wait: the machine may be busy. */
const limitMs = 120_000;
const kills = 40;
/** Not by chance: each worker must find the same titles. */
const firstSeed = Number(process.env['CALEPIN_SEED'] ?? 20_261_127);

type Victim = 'relay' | 'page' | 'both' | 'main';

const relayPid = (desktop: Desktop): Promise<number> =>
  desktop.evaluate(({ app }) => app.getAppMetrics().find(({ name }) => name === 'Calepin relay')?.pid ?? 0);

/** What the window shows of the note, '' while there is no page to ask. */
const shownText = (desktop: Desktop): Promise<string> =>
  desktop
    .evaluate(
      ({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          "document.querySelector('[role=textbox].ProseMirror')?.textContent ?? ''",
        ) as Promise<string>,
    )
    .catch(() => '');

/** Whether the page and its relay have the same: of what was typed before nothing comes any more. */
const isSettled = (desktop: Desktop): Promise<boolean> =>
  desktop
    .evaluate(
      ({ BrowserWindow }) =>
        BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          "document.querySelector('[data-testid=save-state]')?.dataset.kind === 'saved'",
        ) as Promise<boolean>,
    )
    .catch(() => false);

/** The application, with its pages' claims going into `claims` as main hears of them, and nobody asked about windows that end often. */
async function launch(folder: string, claims: string): Promise<Desktop> {
  const desktop = await launchDesktop(folder);
  await desktop.window();
  await desktop.evaluate(({ BrowserWindow, dialog }, file) => {
    dialog.showMessageBox = () => Promise.resolve({ response: 0, checkboxChecked: false });
    const { appendFileSync } = process.getBuiltinModule('node:fs');
    for (const { webContents } of BrowserWindow.getAllWindows())
      webContents.on('console-message', ({ message }) => {
        if (message.startsWith('claim ')) appendFileSync(file, `${message}\n`);
      });
  }, claims);
  return desktop;
}

const type = (desktop: Desktop, last: number, random: Random): Promise<unknown> =>
  desktop.evaluate(
    ({ BrowserWindow }, code) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code),
    `(${typeAndTell.toString()})(${JSON.stringify({
      last,
      everyMs: random.between(2, 40),
      burst: random.between(1, 8),
      pauseMs: random.between(150, 500),
      promises: {
        here: collaboration.savingDetail.pendingHere,
        none: collaboration.savingDetail.pendingNone,
      },
    })})`,
  );

for (let run = 0; run < runs; run++) {
  const seed = firstSeed + run;
  test(`[R264] of what was shown as kept, nothing is lost when the relay, the page or main ends at any moment: ${kills} times (seed ${seed})`, async () => {
    test.setTimeout(1_800_000);
    const random = newRandom(seed);
    const folder = await mkdtemp(path.join(tmpdir(), 'calepin-kills-'));
    const claims = path.join(folder, 'claims');
    const counts: Record<Victim, number> = { relay: 0, page: 0, both: 0, main: 0 };
    let promised = 0;
    let note: DocumentId | null = null;
    let desktop = await launch(folder, claims);
    /** A note of its own for each life of main: a long one would make a slow page. */
    const newNote = async (): Promise<void> => {
      const page = await desktop.window();
      const before = page.url();
      await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
      await page.waitForURL((url) => url.pathname.startsWith('/notes/') && url.href !== before);
      await page.getByRole('textbox', { name: 'Titre de la note' }).fill(`Comptes ${seed}-${counts.main}`);
      await expect(page.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved', {
        timeout: limitMs,
      });
      note = new URL(page.url()).pathname.split('/').at(-1) as DocumentId;
      writeFileSync(claims, '');
    };
    try {
      await newNote();
      await type(desktop, 0, random);
      for (let kill = 0; kill < kills; kill++) {
        // Not before the page has claimed something since it was there: an end before it proves nothing.
        const lines = (): number => readFileSync(claims, 'utf8').split('\n').length;
        const before = lines();
        const wanted = before + random.int(4);
        await retryUntil('claims of the page', () => lines() > wanted, limitMs);
        await sleep(random.int(60));
        const draw = random.int(20);
        const victim: Victim = draw < 8 ? 'relay' : draw < 15 ? 'page' : draw < 19 ? 'both' : 'main';
        counts[victim] += 1;
        const endPage = (): void => {
          for (const pid of rendererPids(desktop.pid)) process.kill(pid, 'SIGKILL');
        };
        if (victim === 'main') await desktop.kill();
        else {
          if (victim !== 'page') {
            const pid = await relayPid(desktop);
            if (pid !== 0) process.kill(pid, 'SIGKILL');
          }
          if (victim === 'both') await sleep(random.int(400));
          if (victim !== 'relay') endPage();
        }
        if (victim === 'relay') await sleep(random.int(20));
        const claimed = readClaims(claims);
        promised += claimed.device;
        // What the relay has is read where the relay reads it, whatever the page still remembers.
        expect(
          countedIn(textInLog(path.join(folder, 'calepin.sqlite'), note as unknown as DocumentId)),
          `kill ${kill} of ${victim}: saved is in the log`,
        ).toBeGreaterThanOrEqual(claimed.relay);
        if (victim === 'main') {
          desktop = await launch(folder, claims);
          const page = await desktop.window();
          await page
            .getByRole('link', { name: new RegExp(`Comptes ${seed}-${counts.main - 1}$`) })
            .first()
            .click();
        }
        if (victim !== 'relay')
          await retryUntil(
            `kill ${kill} of ${victim}: ${claimed.device} numbers, of which the page shows what it said`,
            async () => {
              const text = await shownText(desktop);
              return countedIn(text) >= claimed.device;
            },
            limitMs,
          );
        if (victim === 'main') await newNote();
        // What was typed and not promised may still come: numbers would be there twice.
        if (victim !== 'relay')
          await retryUntil('the page to have what the relay has', () => isSettled(desktop), limitMs);
        const last = countedIn(await shownText(desktop));
        if (victim !== 'relay') await type(desktop, last, random);
      }
      expect(promised).toBeGreaterThan(kills);
      // For docs/reliability.md.
      if (long)
        process.stdout.write(
          `kills: run ${run + 1} of ${runs}, seed ${seed}, ${JSON.stringify(counts)}, ${promised} numbers promised\n`,
        );
    } finally {
      await desktop.kill();
      await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
    }
  });
}
