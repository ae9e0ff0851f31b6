// @vitest-environment jsdom
import { Editor } from '@tiptap/core';
import Collaboration from '@tiptap/extension-collaboration';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { bodyOf } from '#shared/document/fields.ts';
import { noteExtensions } from '#shared/document/schema.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import type { DocumentSession } from '../../../renderer/collaboration/DocumentSession.ts';
import { RelayProcess } from '../../support/RelayProcess.ts';
import { TestPerson } from '../../support/TestPerson.ts';

let relay: RelayProcess;
let owner: TestPerson;
const open: { close(): unknown }[] = [];
beforeAll(async () => {
  relay = await RelayProcess.start();
  owner = await TestPerson.launch(relay.origin, relay.launchSecret);
});
afterEach(async () => {
  for (const one of open.splice(0).toReversed()) await one.close();
});
afterAll(async () => {
  await relay.close();
});

const until = <T>(check: () => T) => vi.waitFor(check, { timeout: 30_000, interval: 10 });

/** An application of the time before callouts, which knows nothing of the guard in the client. */
function bindOlderEditor(session: DocumentSession): void {
  const extensions = noteExtensions.filter((extension) => extension.name !== 'callout');
  const editor = new Editor({
    element: document.createElement('div'),
    injectCSS: false,
    extensions: [...extensions, Collaboration.configure({ fragment: session.body })],
  });
  editor.commands.insertContentAt(0, 'x');
  open.push({ close: () => editor.destroy() });
}

async function noteWithCallout(): Promise<{ note: NoteId; author: DocumentSession }> {
  const note = await owner.createNote();
  const author = owner.open(note);
  open.push(author);
  await until(() => expect(author.saveState.kind).toBe('saved'));
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText('précieux')]);
  const callout = new Y.XmlElement('callout');
  callout.insert(0, [paragraph]);
  bodyOf(author.doc).insert(0, [callout]);
  await until(() => expect(author.saveState.kind).toBe('saved'));
  return { note, author };
}

/** Another author, on a device of their own. */
const colleague = async (note: NoteId) => TestPerson.join(await owner.invite(note, 'author'), 'Collègue');

/** What the relay gives, once the author's last words and the other's are there. */
const bodyOnRelay = async (note: NoteId) => JSON.stringify((await owner.content(note)).body);

test('the relay gives an older application no ticket: it binds nothing and nothing is lost', async () => {
  const { note } = await noteWithCallout();
  const older = (await colleague(note)).open(note, { schemaVersion: 0 });
  open.push(older);
  await until(() => expect(older.problem).toBe('app_outdated'));
  expect([older.loaded, older.body.length]).toEqual([false, 0]);
  expect(await bodyOnRelay(note)).toContain('précieux');
});

test('without that gate, an older application destroys for everyone what it does not know', async () => {
  const { note, author } = await noteWithCallout();
  // The gate removed: nothing tells the relay that this application is older.
  const older = (await colleague(note)).open(note);
  open.push(older);
  await older.whenLoaded;
  await until(() => expect(older.saveState.kind).toBe('saved'));
  bindOlderEditor(older);
  await until(() => expect(bodyOf(author.doc).toJSON()).not.toContain('précieux'));
  await until(async () => expect(await bodyOnRelay(note)).not.toContain('précieux'));
});
