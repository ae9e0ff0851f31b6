// @vitest-environment jsdom
import type { Editor } from '@tiptap/core';
import process from 'node:process';
import { beforeAll, expect, test } from 'vitest';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { bodyOf } from '#shared/document/fields.ts';
import { relayLimits } from '#server/room/RelayLimits.ts';
import { parseUpdate } from '#server/room/update/parseUpdate.ts';
import { ContentGuard } from '../../../renderer/collaboration/ContentGuard.ts';
import { createI18n } from '../../../renderer/i18n/index.ts';
import { newRandom } from '../../support/random.ts';
import { editorOn } from '../../unit/renderer/editor/editorRig.ts';
import { writeRandomTree } from './randomTree.ts';

const long = process.env['CALEPIN_LONG'] === '1';
const trees = Number(process.env['CALEPIN_TREES'] ?? (long ? 50_000 : 300));
const firstSeed = Number(process.env['CALEPIN_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

beforeAll(async () => {
  await createI18n('fr');
});

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
const bytes = (doc: Y.Doc): string => Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64');

/** How many elements a tree has, and how much text. */
function sizeOf(parent: Y.XmlFragment): { elements: number; letters: number } {
  let [elements, letters] = [0, 0];
  for (const child of parent.toArray() as unknown[]) {
    if (child instanceof Y.XmlText) letters += child.length;
    else if (child instanceof Y.XmlElement) {
      const inside = sizeOf(child);
      elements += 1 + inside.elements;
      letters += inside.letters;
    }
  }
  return { elements, letters };
}

/** A note of somebody else, with one paragraph. */
function newNote(): Y.Doc {
  const doc = new Y.Doc();
  doc.clientID = 1;
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText('avant')]);
  bodyOf(doc).insert(0, [paragraph]);
  return doc;
}

/** What became of one tree. `refused`: no editor was bound, or it was destroyed when the tree came. */
interface Outcome {
  readonly faults: string[];
  readonly isRefused: boolean;
}

/** Opens our editor on a note into which a stranger writes a tree, before or meanwhile; then its user types a letter. */
async function open(seed: number): Promise<Outcome> {
  const random = newRandom(seed);
  const stranger = newNote();
  const here = new Y.Doc();
  here.clientID = 2;
  const faults: string[] = [];
  const isBefore = random.int(2) === 0;
  const base = Y.encodeStateVector(stranger);
  const first = Y.encodeStateAsUpdate(stranger);
  writeRandomTree(bodyOf(stranger), random);
  const tree = Y.encodeStateAsUpdate(stranger, base);
  // The relay stores it: it is well formed.
  parseUpdate(tree, relayLimits);
  Y.applyUpdate(here, isBefore ? Y.encodeStateAsUpdate(stranger) : first);
  let written = 0;
  here.on('update', (_update: Uint8Array, origin: unknown) => {
    if (origin !== 'stranger') written++;
  });
  const awareness = new Awareness(here);
  const guard = new ContentGuard(here, bodyOf(here), () => {});
  const made: { editor: Editor | null } = { editor: null };
  const leave = guard.attach(() => made.editor?.destroy());
  try {
    if (leave !== null) made.editor = editorOn(here, awareness);
    await settle();
    if (!isBefore) Y.applyUpdate(here, tree, 'stranger');
    await settle();
    if (written > 0) faults.push(`${written} updates were written without anybody typing`);
    if (bytes(here) !== bytes(stranger)) faults.push('the content is not what the stranger wrote');
    const { editor } = made;
    if (editor !== null && !editor.isDestroyed) {
      const before = sizeOf(bodyOf(here));
      editor.view.dispatch(editor.state.tr.insertText('x', firstTextPlace(editor)));
      await settle();
      const after = sizeOf(bodyOf(here));
      // What has a value that nothing gives may get its usual one, when its own block is written in.
      if (after.elements < before.elements || after.letters !== before.letters + 1) {
        faults.push(`typing a letter took something away: ${JSON.stringify({ before, after })}`);
      }
    }
    return { faults, isRefused: editor === null || editor.isDestroyed };
  } catch (error) {
    faults.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return { faults, isRefused: false };
  } finally {
    made.editor?.destroy();
    guard.close();
    awareness.destroy();
    document.body.replaceChildren();
  }
}

/** A place in the first block that takes text. */
function firstTextPlace({ state }: Editor): number {
  let place = 1;
  state.doc.descendants((node, at) => {
    if (node.isTextblock && node.type.name === 'paragraph') place = at + 1;
  });
  return place;
}

test(`[A12, A13] ${trees} trees that the schema does not hold: no editor deletes anything, or writes without its user typing`, async () => {
  process.stdout.write(`foreign trees: seeds ${firstSeed} to ${firstSeed + trees - 1}\n`);
  const failures: Record<string, string[]> = {};
  let refused = 0;
  for (let seed = firstSeed; seed < firstSeed + trees; seed++) {
    const { faults, isRefused } = await open(seed);
    if (isRefused) refused++;
    if (faults.length > 0) failures[`seed ${seed}`] = faults;
  }
  process.stdout.write(`foreign trees: ${refused} were not edited, ${trees - refused} were\n`);
  expect(failures).toEqual({});
  // Both ways were gone.
  expect(refused).toBeGreaterThan(trees / 20);
  expect(refused).toBeLessThan((trees * 19) / 20);
}, 3_600_000);
