import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import * as Y from 'yjs';
import { bodyOf } from '#shared/document/fields.ts';
import type { DocumentId } from '#shared/domain/ids.ts';
import { LogOperations } from '#server/storage/sqlite/logOperations.ts';

/** What a page said of what it had typed: with the number `last` and those before it in the text, the screen said where they were kept. */
export interface Claim {
  /** `device`: kept on this device or at the relay; `relay`: at the relay, which is on this computer. */
  readonly where: 'device' | 'relay';
  readonly last: number;
}

/** How a page begins a line of its console that is a claim. */
export const claimPrefix = 'claim ';

/** The largest number of each kind in the claims that were kept; 0 where there is none. */
export function readClaims(file: string): Record<Claim['where'], number> {
  const most = { device: 0, relay: 0 };
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (!line.startsWith(claimPrefix)) continue;
    const { where, last } = JSON.parse(line.slice(claimPrefix.length)) as Claim;
    most[where] = Math.max(most[where], last);
  }
  // What is at the relay of this computer is on this device.
  return { ...most, device: Math.max(most.device, most.relay) };
}

/** @returns up to which number `text` holds `1 2 3 …`, each once and in order. */
export function countedIn(text: string): number {
  const numbers = (text.match(/\d+/g) ?? []).map(Number);
  const wrong = numbers.findIndex((number, at) => number !== at + 1);
  if (wrong >= 0) throw new Error(`${numbers[wrong]} stands in the place of ${wrong + 1}`);
  return numbers.length;
}

/** The text of a note as the relay of a data folder would read it after its end. */
export function textInLog(file: string, document: DocumentId): string {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  try {
    const loaded = new LogOperations(database).load(document);
    if (loaded === null) throw new Error(`the log has no document ${document}`);
    const doc = new Y.Doc();
    if (loaded.checkpoint !== null) Y.applyUpdate(doc, loaded.checkpoint.bytes);
    for (const row of loaded.rows) Y.applyUpdate(doc, row.bytes);
    return bodyOf(doc)
      .toJSON()
      .replace(/<[^>]*>/g, ' ');
  } finally {
    database.close();
  }
}

/**
 * Carried out in a page: types the numbers after `last`, one by one and with pauses (who types without any is never
 * told that all of it is kept), and says at each frame that is painted what the screen says of those that it shows. It sees nothing of
 * the test but its argument.
 */
export function typeAndTell(given: {
  readonly last: number;
  readonly everyMs: number;
  /** After so many numbers comes a pause. */
  readonly burst: number;
  readonly pauseMs: number;
  /** The sentences of « Hors ligne » that promise something. */
  readonly promises: { readonly here: string; readonly none: string };
}): void {
  const page = window as unknown as { typing?: ReturnType<typeof setTimeout> };
  const editor = (): HTMLElement | null => document.querySelector('[role=textbox].ProseMirror');
  const told = { device: 0, relay: 0 };
  let next = given.last + 1;
  clearTimeout(page.typing);
  const type = (): void => {
    page.typing = setTimeout(type, next % given.burst === 0 ? given.pauseMs : given.everyMs);
    const place = editor();
    if (place === null || !place.isContentEditable) return;
    if (document.activeElement !== place) place.focus();
    const selection = getSelection();
    selection?.selectAllChildren(place.lastElementChild ?? place);
    selection?.collapseToEnd();
    if (document.execCommand('insertText', false, `${next} `)) next += 1;
  };
  type();
  const look = (): void => {
    requestAnimationFrame(look);
    const state = document.querySelector<HTMLElement>('[data-testid=save-state]');
    const place = editor();
    if (state === null || place === null) return;
    const words = state.getAttribute('aria-label') ?? '';
    const kind = state.dataset['kind'];
    const where =
      kind === 'saved' || (kind === 'offline' && words.includes(given.promises.none))
        ? 'relay'
        : kind === 'savedHere' || (kind === 'offline' && words.includes(given.promises.here))
          ? 'device'
          : null;
    if (where === null) return;
    const last = (place.textContent?.match(/\d+/g) ?? []).length;
    if (last <= told[where]) return;
    told[where] = last;
    console.debug(`claim ${JSON.stringify({ where, last })}`);
  };
  requestAnimationFrame(look);
}
