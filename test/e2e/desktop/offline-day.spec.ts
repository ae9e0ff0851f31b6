import { execFile } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import * as Y from 'yjs';
import type { Home, HomeState } from '#shared/api/homes.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type { Ticket } from '#shared/api/tickets.ts';
import { bodyOf } from '#shared/document/fields.ts';
import type { CarnetId, DocumentId, NoteId } from '#shared/domain/ids.ts';
import { sqliteAdapters } from '#server/index.ts';
import { findChromium } from '../../../scripts/findChromium.mjs';
import { chooseInMenu } from '../../support/chooseInMenu.ts';
import { desktopOfFile } from '../../support/desktopOfFile.ts';
import { freePort } from '../../support/freePort.ts';
import { insertedText } from '../../support/insertedText.ts';
import { newClient, type TestClient } from '../../support/newClient.ts';
import { type Community, newCommunity, password } from '../../support/newCommunity.ts';
import { openAs } from '../../support/openBrowser.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { takePicture } from '../../support/takePicture.ts';
import { TcpProxy } from '../../support/TcpProxy.ts';

// A day on the train, as one story: each test goes on where the one before it stopped.
test.describe.configure({ mode: 'serial', timeout: 600_000 });

const long = process.env['CALEPIN_LONG'] === '1';
/** Half of the notes are the community's, half are made during the day. Of the edits some are keys pressed in the window, the others come from clients of the same person. */
const day = long ? { notes: 20, edits: 5_000, keys: 800 } : { notes: 4, edits: 300, keys: 120 };

const desktop = desktopOfFile();
/** The community's Calepin, which the desktop reaches by a link that can be cut, and a browser that reaches it past that. */
let community: Community;
let link: TcpProxy;
let beside: Browser;
let ada: Awaited<ReturnType<Community['administrator']>>;
let grace: Page;
let carnet: CarnetId;
const notes: NoteId[] = [];
let home: Home;
/** When the link was cut. */
let leftAt = 0;
/** What was written offline in each note, in the window and by the other client. */
const written = new Map<NoteId, { typed: string; client: number; counted: string }>();

const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC';

const textIn = (page: Page) => page.getByRole('textbox', { name: 'Texte de la note' });
const saving = (page: Page) => page.getByTestId('save-state');
const isIn = (page: Page, kind: string) =>
  expect(saving(page)).toHaveAttribute('data-kind', kind, { timeout: 60_000 });

/** Asks the computer's own relay, as the window does. */
async function ask<T>(method: string, where: string, body?: unknown): Promise<T> {
  const page = await desktop.window();
  return (await page.evaluate(
    async ([how, address, json]) => {
      const headers = { 'content-type': 'application/json' };
      const init = json === null ? {} : { headers, body: json };
      const answer = await fetch(`/api${address}`, { method: how, ...init });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${how} ${address}: ${answer.status} ${text}`);
      return text === '' ? null : (JSON.parse(text) as unknown);
    },
    [method, where, body === undefined ? null : JSON.stringify(body)] as const,
  )) as T;
}

/** How a document stands with its home. */
const standing = async (document: DocumentId): Promise<HomeState | null> =>
  (await ask<{ state: HomeState | null }>('GET', `/documents/${document}/home`)).state;

/** Goes to the end of a note's text, whether the note was read or written last. */
async function write(page: Page): Promise<void> {
  await expect(async () => {
    if (!(await textIn(page).isVisible())) {
      await page.locator('main').focus();
      await page.keyboard.press('e');
    }
    await expect(textIn(page)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await textIn(page).focus();
  await page.keyboard.press('Control+End');
}

async function openNote(page: Page, note: NoteId): Promise<void> {
  await page.goto(new URL(`/notes/${note}`, page.url()).href);
  await expect(saving(page)).toBeVisible();
  await write(page);
}

/** A client of the person of this computer at its relay. */
async function openHere(note: NoteId): Promise<TestClient> {
  const page = await desktop.window();
  const origin = await page.evaluate(() => window.desktop?.relaySocketOrigin());
  const { ticket } = await ask<Ticket>('POST', '/tickets', { document: note });
  const client = newClient(`${origin}/sync`, note, ticket);
  await client.synced();
  return client;
}

test.beforeAll(async () => {
  const port = await freePort();
  link = await TcpProxy.start(port);
  community = await newCommunity({ port, publicUrl: `http://127.0.0.1:${link.port}` });
  ada = await community.administrator();
  const made = await ada.json<{ collection: { id: CarnetId } }>('POST', '/api/carnets', { title: 'Tournée' });
  carnet = made.collection.id;
  for (let at = 1; at <= day.notes / 2; at++) {
    const page = await ada.json<NotePage>('POST', '/api/notes', { title: `Étape ${at}`, carnetId: carnet });
    notes.push(page.note.id);
  }
  const executablePath = findChromium();
  beside = await chromium.launch({
    ...(executablePath === null ? {} : { executablePath }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      `--host-resolver-rules=MAP 127.0.0.1:${link.port} 127.0.0.1:${port}`,
    ],
  });
});
test.afterAll(async () => {
  await beside.close();
  await community.close();
  await link.close();
});

test('[R287] [R280] after its first launch the application follows a community’s Calepin, and makes one of its carnets available offline', async () => {
  const page = await desktop.window();
  await expect(page.getByRole('link', { name: /Écrire à plusieurs/ }).first()).toBeVisible();
  await chooseInMenu(desktop, 'Réglages…');
  await page.getByRole('button', { name: 'Suivre un Calepin' }).click();
  const field = (name: string) => page.getByRole('textbox', { name, exact: true });
  await field('Adresse').fill(`http://127.0.0.1:${link.port}`);
  await field('Nom').last().fill('La Ruche');
  await field('Courriel').fill('ada@exemple.org');
  await page.getByLabel('Mot de passe', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Suivre', exact: true }).click();
  await expect(page.getByRole('dialog')).toBeHidden();
  const { homes } = await ask<{ homes: Home[] }>('GET', '/homes');
  home = homes[0] as Home;
  await page.getByRole('link', { name: /^La Ruche/ }).click();
  await page.getByRole('button', { name: /^Tournée/ }).click();
  await page.getByRole('switch', { name: 'Disponible hors ligne' }).click();
  for (const note of notes) await expect.poll(async () => (await standing(note))?.isWhole).toBe(true);
  await expect(page.getByRole('switch', { name: 'Disponible hors ligne' })).toBeChecked();
});

test('[R276] a note is written by two, in the application and in a browser of the community', async () => {
  const [first] = notes as [NoteId];
  const invitation = { subject: 'note', subjectId: first, role: 'author' };
  const { url } = await ada.json<{ url: string }>('POST', '/api/invitations', invitation);
  const guest = community.visitor();
  const body = { secret: new URL(url).hash.slice(1), name: 'Grace', colour: 'azur' };
  await guest.json('POST', '/api/invitations/accept', body);
  grace = (await openAs(beside, guest, `${community.relay.url}/notes/${first}`, { locale: 'fr-CA' })).page;
  await isIn(grace, 'saved');
  await write(grace);
  await grace.keyboard.type('Grace est là. ');
  const page = await desktop.window();
  await openNote(page, first);
  await expect(textIn(page)).toContainText('Grace est là.');
  await page.keyboard.type('Ada aussi. ');
  await expect(textIn(grace)).toContainText('Ada aussi.');
  await isIn(page, 'saved');
});

test('without a network a whole day is written: notes, pictures, a new carnet; history is read, what was written is found, and a book is printed', async () => {
  const page = await desktop.window();
  link.cut();
  leftAt = Date.now();
  await expect(page.getByRole('button', { name: /La Ruche ne répond pas/ }).first()).toBeVisible();

  // A carnet and notes of the day, to be placed when there is a way there.
  await page.getByRole('button', { name: 'Nouveau carnet' }).click();
  await page.getByRole('textbox', { name: 'Titre du carnet' }).fill('Carnet du train');
  await page.getByRole('button', { name: 'Créer le carnet' }).click();
  await expect(page.getByRole('heading', { name: 'Ce carnet attend ses notes' })).toBeVisible();
  const train = new URL(page.url()).pathname.split('/').at(-1) as CarnetId;
  const fresh: NoteId[] = [];
  while (notes.length + fresh.length < day.notes) {
    const title = `Gare ${fresh.length + 1}`;
    fresh.push((await ask<NotePage>('POST', '/notes', { title, carnetId: train })).note.id);
  }
  await page.goto(new URL(`/notes/${fresh[0]}`, page.url()).href);
  await page.getByRole('button', { name: 'Sur cet ordinateur' }).click();
  await page.getByRole('button', { name: 'Placer', exact: true }).click();
  await expect(page.getByText('La note vivra chez La Ruche.')).toBeVisible();
  for (const document of [train, ...fresh.slice(1)])
    await ask('POST', `/homes/${home.id}/place`, { document });
  notes.push(...fresh);

  // Keys in the window, note by note, with a picture in the first of each half.
  for (const [at, note] of notes.entries()) {
    await openNote(page, note);
    const seen = at === 0 ? 'un pélican' : 'aucun réseau';
    const typed = `Écrit au quai ${at + 1}, ${`${seen} `.repeat(40)}`.slice(0, day.keys / day.notes);
    await page.keyboard.type(typed);
    await expect(textIn(page)).toContainText(typed.trim());
    written.set(note, { typed, client: 0, counted: '' });
    if (at % (day.notes / 2) === 0) {
      await textIn(page).evaluate((element, source) => {
        const bytes = Uint8Array.from(atob(source), (sign) => sign.charCodeAt(0));
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([bytes], 'gare.png', { type: 'image/png' }));
        const { left, top } = element.getBoundingClientRect();
        const given = { clientX: left + 4, clientY: top + 4, bubbles: true, cancelable: true, dataTransfer };
        for (const kind of ['dragenter', 'dragover', 'drop'])
          element.dispatchEvent(new DragEvent(kind, given));
      }, png);
      await expect(textIn(page).locator('img.media-image')).toHaveAttribute('src', /\/api\/attachments\//);
    }
    await isIn(page, 'waiting');
  }
  await takePicture(page, 'offline-day');

  // The rest of the day, faster than anybody types: each number is an edit.
  const clients = await Promise.all(notes.map(openHere));
  const texts = clients.map(({ doc }) => {
    const [paragraph, text] = [new Y.XmlElement('paragraph'), new Y.XmlText()];
    doc.transact(() => {
      paragraph.insert(0, [text]);
      bodyOf(doc).push([paragraph]);
    });
    return text;
  });
  for (let edit = 0; edit < day.edits - day.keys; edit++) {
    const at = edit % notes.length;
    const entry = written.get(notes[at] as NoteId);
    const word = `${edit} `;
    texts[at]?.insert(texts[at]?.length ?? 0, word);
    if (entry !== undefined) entry.counted += word;
    if (edit % 100 === 99) await sleep(20);
  }
  for (const [at, note] of notes.entries()) {
    const entry = written.get(note);
    if (entry !== undefined) entry.client = clients[at]?.doc.clientID ?? 0;
  }
  const waiting = async () => (await ask<{ homes: Home[] }>('GET', '/homes')).homes[0]?.waiting ?? 0;
  await retryUntil('all of it to wait', async () => (await waiting()) > day.edits - day.keys, 120_000);
  for (const client of clients) client.close();

  // Meanwhile somebody else goes on, there.
  await write(grace);
  await grace.keyboard.type('Pendant ce temps, Grace. ');
  await isIn(grace, 'saved');

  await page.getByRole('button', { name: 'Actes sur la note' }).click();
  await page.getByRole('menuitem', { name: 'Historique' }).click();
  const versions = page.getByRole('navigation', { name: 'Versions de la note' });
  await expect(versions).toBeVisible();
  await expect(versions.getByRole('button', { name: /Première version/ })).toBeVisible();
  await expect(page.getByRole('main')).toContainText(`Écrit au quai ${notes.length},`);

  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Chercher une note, un carnet, un acte…').fill('quai pelican');
  await expect(page.getByRole('button', { name: /Étape 1/ }).first()).toBeVisible();
  await page.keyboard.press('Escape');

  const file = path.join(desktop.folder, 'tournée.pdf');
  await desktop.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, file);
  await page.goto(new URL(`/carnets/${carnet}`, page.url()).href);
  await page.getByRole('button', { name: 'Exporter', exact: true }).click();
  const exporting = page.getByRole('dialog');
  await exporting.getByRole('button', { name: 'Faire le PDF' }).click();
  await exporting.getByRole('button', { name: 'Télécharger' }).click({ timeout: 120_000 });
  await expect(page.getByText(/est enregistré/)).toBeVisible();
  const { stdout } = await promisify(execFile)('pdftotext', [file, '-']);
  for (let at = 1; at <= day.notes / 2; at++) expect(stdout).toContain(`Écrit au quai ${at}`);
});

test('[R276] [R277] [R290] back online both sides are equal, row by row; each edit of the day is at its home with its person and its time, in order', async () => {
  const page = await desktop.window();
  const documents = (await ask<{ documents: HomeState[] }>('GET', `/homes/${home.id}/documents`)).documents;
  // The two carnets, and each note.
  expect(documents.map(({ document }) => document)).toHaveLength(notes.length + 2);
  await page.getByRole('link', { name: /^La Ruche/ }).click();
  link.mend();
  const begun = performance.now();
  await page.getByRole('button', { name: 'Réessayer' }).click();
  await retryUntil(
    'nothing to wait any more',
    async () => {
      const { documents: now } = await ask<{ documents: HomeState[] }>('GET', `/homes/${home.id}/documents`);
      return now.every(({ reachable, waiting, isWhole }) => reachable && isWhole && waiting === 0);
    },
    120_000,
  );
  const seconds = (performance.now() - begun) / 1000;
  await expect(page.getByRole('link', { name: 'La Ruche – En ligne' })).toBeVisible();
  await expect(page.getByText('Dernière mise à jour')).toHaveCount(0);

  const [first] = notes as [NoteId];
  await openNote(page, first);
  await expect(textIn(page)).toContainText('Pendant ce temps, Grace.');
  await expect(textIn(grace)).toContainText('Écrit au quai 1, ');
  await expect.poll(() => grace.locator('img.media-image').count()).toBe(1);
  await isIn(page, 'saved');
  const complaints = desktop.errors.filter((error) => !/ 503 |ERR_/.test(error));
  expect(complaints).toEqual([]);

  // What each of the two has kept, after the end of the application.
  await desktop.quit();
  const here = await sqliteAdapters(desktop.folder);
  let rows = 0;
  for (const { document } of documents) {
    const [one, other] = [await here.log.chainHead(document), await community.log.chainHead(document)];
    expect(one?.digest, `digest of ${document}`).toEqual(other?.digest);
    const entry = written.get(document as NoteId);
    if (entry === undefined) continue;
    const all = await community.log.read(document, 0);
    const offline = all.filter(({ deviceTime }) => deviceTime !== null && deviceTime >= leftAt);
    expect(new Set(offline.map(({ person }) => person))).toEqual(new Set([ada.session.person?.id]));
    const times = offline.map(({ deviceTime }) => deviceTime ?? 0);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const texts = insertedText(offline);
    expect(texts.get(entry.client)).toBe(entry.counted);
    expect([...texts.values()].some((text) => text.includes(entry.typed))).toBe(true);
    // Each number is a row of its own, as it was written.
    const numbers = offline.filter(
      ({ bytes }) => Y.decodeUpdate(bytes).structs[0]?.id.client === entry.client,
    );
    expect(numbers.length).toBeGreaterThanOrEqual(entry.counted.split(' ').length - 1);
    rows += offline.length;
  }
  await here.close();
  // For docs/benchmarks.md.
  if (long)
    process.stdout.write(
      `offline day: ${notes.length} notes, ${day.edits} edits, ${rows} rows, equal after ${seconds.toFixed(1)} s\n`,
    );
});
