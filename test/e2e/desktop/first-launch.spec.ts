import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import type * as Electron from 'electron';
import { chooseInMenu } from '../../support/chooseInMenu.ts';
import { desktopOfFile } from '../../support/desktopOfFile.ts';
import { startAgain } from '../../support/launchDesktop.ts';

// One application for the file, as one person's morning: each test goes on where the one before it stopped.
test.describe.configure({ mode: 'serial' });

const desktop = desktopOfFile();

test('at the first launch the window shows the library, and a note is written', async () => {
  const page = await desktop.window();
  await expect(page.getByRole('link', { name: /Écrire à plusieurs/ }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Nouvelle note' }).first().click();
  await page.getByRole('textbox', { name: 'Titre de la note' }).fill('Dans le train');
  await page.getByRole('textbox', { name: 'Texte de la note' }).click();
  await page.keyboard.type('Écrit sans réseau.');
  await expect(page.getByTestId('save-state')).toHaveAttribute('data-kind', 'saved');
  await page.reload();
  await expect(page.getByText('Écrit sans réseau.')).toBeVisible();
});

test('a carnet becomes a PDF, printed by the application itself and kept where the person says', async () => {
  const page = await desktop.window();
  const file = path.join(desktop.folder, 'carnet.pdf');
  await desktop.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /Premiers pas/ })
    .click();
  await page.getByRole('button', { name: 'Exporter', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('A5', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Faire le PDF' }).click();
  await expect(dialog.getByText(/C’est prêt – \d+ pages/)).toBeVisible({ timeout: 60_000 });
  if (!desktop.isRealElectron) {
    // The system's own drag is not drawn here: what it was handed is kept by the host.
    await dialog.getByText(/faire glisser hors de cette fenêtre/).dispatchEvent('dragstart');
    const dragged = () =>
      desktop.evaluate(({ BrowserWindow }) =>
        BrowserWindow.getAllWindows().flatMap(({ webContents }) =>
          (Reflect.get(webContents, 'hostDragged') as { file: string }[]).map((item) => item.file),
        ),
      );
    await expect.poll(async () => (await dragged()).length).toBe(1);
    expect(path.basename((await dragged())[0] ?? '')).toMatch(/^Premiers pas.*\.pdf$/);
  }
  await dialog.getByRole('button', { name: 'Télécharger' }).click();
  await expect(page.getByText(/carnet\.pdf.+est enregistré/)).toBeVisible();
  const { stdout } = await promisify(execFile)('pdfinfo', [file]);
  expect(stdout).toMatch(/Tagged:\s+yes/);
  expect(stdout).toMatch(/Page size:\s+4(19|20)/);
  expect(desktop.errors).toEqual([]);
});

test('the page has nothing but its bridge, and its policy holds against itself', async () => {
  const page = await desktop.window();
  const found = await page.evaluate(async () => {
    const fails = async (act: () => unknown): Promise<string> => {
      try {
        await act();
        return 'done';
      } catch (error) {
        return (error as Error).name;
      }
    };
    const image = (source: string) =>
      new Promise<string>((resolve) => {
        const element = new Image();
        element.addEventListener('load', () => resolve('done'));
        element.addEventListener('error', () => resolve('error'));
        element.src = source;
      });
    const inline = document.createElement('script');
    const frame = document.createElement('iframe');
    return {
      node: ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter(
        (name) => name in globalThis,
      ),
      bridge: Object.isFrozen(Reflect.get(window, 'desktop')),
      html: await fails(() => (document.createElement('p').innerHTML = '<img src=x>')),
      script: await fails(() => (inline.textContent = 'window.ran = 1')),
      policy: await fails(() =>
        (
          globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }
        ).trustedTypes.createPolicy('mine', {}),
      ),
      // In a task of its own: the tools that carry out this function may evaluate, whatever the policy.
      code: await new Promise<string>((resolve) =>
        // oxlint-disable-next-line no-eval -- what is asked is that the page may not.
        setTimeout(() => void fails(() => globalThis.eval('1')).then(resolve)),
      ),
      frame: await fails(() => (frame.srcdoc = '<p>')),
      fetch: await fails(() => fetch('https://exemple.org/')),
      image: await image('https://exemple.org/a.png'),
      socket: await fails(
        () =>
          new Promise((resolve, reject) => {
            const socket = new WebSocket('ws://127.0.0.1:9/');
            socket.addEventListener('open', resolve);
            socket.addEventListener('error', () => reject(new DOMException('closed', 'NetworkError')));
          }),
      ),
      secure: isSecureContext,
    };
  });
  expect(found).toEqual({
    node: [],
    bridge: true,
    html: 'TypeError',
    script: 'TypeError',
    policy: 'TypeError',
    code: 'EvalError',
    frame: 'TypeError',
    fetch: 'TypeError',
    image: 'error',
    socket: 'NetworkError',
    secure: true,
  });
});

test('permissions that the application does not use are denied to its own page', async () => {
  const page = await desktop.window();
  const states = await page.evaluate(() =>
    Promise.all(
      ['clipboard-write', 'notifications', 'geolocation', 'clipboard-read', 'camera', 'microphone'].map(
        async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
      ),
    ),
  );
  expect(states).toEqual(['granted', 'granted', 'denied', 'denied', 'denied', 'denied']);
});

test('the page goes nowhere else: neither by an address nor by a window', async () => {
  const page = await desktop.window();
  const before = page.url();
  await desktop.evaluate(({ shell }) => {
    const opened: string[] = [];
    Reflect.set(globalThis, 'opened', opened);
    shell.openExternal = async (url) => void opened.push(url);
  });
  await page.evaluate(() => location.assign('https://exemple.org/'));
  // For one gesture of a person one address opens, and for none nothing does.
  await page.mouse.click(5, 5);
  await page.evaluate(() => void window.open('file:///etc/passwd'));
  await page.evaluate(() => void window.open('https://exemple.org/page'));
  await page.evaluate(() => void window.open('https://exemple.org/second'));
  await expect
    .poll(() => desktop.evaluate(() => Reflect.get(globalThis, 'opened') as string[]))
    .toEqual(['https://exemple.org/page']);
  await expect(page.getByRole('navigation').first()).toBeVisible();
  expect(page.url()).toBe(before);
  expect(desktop.windows()).toHaveLength(1);
});

test('a press for the menu of a place offers what is possible there: a note beside, its link, what is chosen', async () => {
  const page = await desktop.window();
  await desktop.evaluate(({ Menu }) => {
    const build = Menu.buildFromTemplate.bind(Menu);
    // A native menu holds everything until a person chooses: it is kept for the test instead.
    Menu.buildFromTemplate = (template) => {
      const menu = build(template);
      menu.popup = () => Reflect.set(globalThis, 'popped', menu);
      return menu;
    };
  });
  const lines = () =>
    desktop.evaluate(() =>
      (Reflect.get(globalThis, 'popped') as Electron.Menu | undefined)?.items.flatMap(
        ({ type, label, enabled }) => (type === 'separator' ? [] : [`${label}${enabled ? '' : ' (off)'}`]),
      ),
    );
  const choose = (label: string) =>
    desktop.evaluate(
      (_electron, wanted) =>
        (Reflect.get(globalThis, 'popped') as Electron.Menu).items
          .find((item) => item.label === wanted)
          ?.click(),
      label,
    );
  const note = page.getByRole('link', { name: /Dans le train/ }).first();
  await note.click({ button: 'right' });
  await expect.poll(lines).toEqual(['Ouvrir dans une nouvelle fenêtre', 'Copier le lien']);
  await choose('Copier le lien');
  expect(await desktop.evaluate(({ clipboard }) => clipboard.readText())).toMatch(
    /^calepin:\/\/note\/[\w-]{22}$/,
  );
  await choose('Ouvrir dans une nouvelle fenêtre');
  await expect.poll(() => desktop.windows().length).toBe(2);
  const beside = await desktop.window();
  const text = beside.getByRole('textbox', { name: 'Texte de la note' });
  await text.getByText('Écrit sans réseau.').dblclick({ position: { x: 8, y: 8 } });
  await text.getByText('Écrit sans réseau.').click({ button: 'right', position: { x: 8, y: 8 } });
  await expect
    .poll(lines)
    .toEqual(['Couper', 'Copier', 'Coller', 'Coller sans mise en forme', 'Tout sélectionner']);
});

test('the next launch shows what was written', async () => {
  await desktop.quit();
  await desktop.launch();
  const page = await desktop.window();
  await page
    .getByRole('link', { name: /Dans le train/ })
    .first()
    .click();
  await expect(page.getByText('Écrit sans réseau.')).toBeVisible();
});

test('a link that another program hands over opens its note in a window of its own, in the application that runs', async () => {
  const first = await desktop.window();
  const id = new URL(first.url()).pathname.split('/').at(-1);
  await first.getByRole('link', { name: 'Toutes les notes' }).first().click();
  expect(await startAgain(desktop.folder, [`calepin://note/${id}`])).toBe(0);
  await expect.poll(() => desktop.windows().length).toBe(2);
  const second = await desktop.window();
  expect(second).not.toBe(first);
  await expect(second.getByText('Écrit sans réseau.')).toBeVisible();
  // Anything else only brings the application to the front.
  expect(await startAgain(desktop.folder, ['calepin://settings/#launch=x'])).toBe(0);
  expect(desktop.windows()).toHaveLength(2);
});

test('the menu is in the person’s language, also when that changes, and acts on the window in front', async () => {
  const page = await desktop.window();
  const labels = () =>
    desktop.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label));
  expect(await labels()).toEqual(['Fichier', 'Édition', 'Affichage', 'Fenêtre']);
  const choose = (label: string) => chooseInMenu(desktop, label);
  await choose('Réglages…');
  await expect(page).toHaveURL(/\/settings$/);
  await page.getByText('English', { exact: true }).first().click();
  await expect.poll(labels).toEqual(['File', 'Edit', 'View', 'Window']);
  await choose('New note');
  await expect(page.getByRole('textbox', { name: 'Title of the note' })).toBeVisible();
});
