import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ExportStatus } from '#shared/api/exports.ts';
import * as build from '#shared/document/buildContent.ts';
import type { NoteId } from '#shared/domain/ids.ts';
import { readZip } from '../../support/readZip.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import type { TestVisitor } from '../../support/newFullRelay.ts';
import { newSharedCarnet, type SharedCarnet } from '../../support/newSharedCarnet.ts';

let home: SharedCarnet;
beforeAll(async () => {
  home = await newSharedCarnet();
});
afterAll(() => home.relay.close());

const start = (who: TestVisitor, notes: readonly NoteId[], to: string) =>
  who.fetch('/api/exports', { method: 'POST', json: { subject: 'notes', notes, to } });

async function fileOf(who: TestVisitor, notes: readonly NoteId[], to: string) {
  const { id } = (await (await start(who, notes, to)).json()) as ExportStatus;
  let step = '';
  await retryUntil('the notes to be exported', async () => {
    ({ step } = await who.json<ExportStatus>('GET', `/api/exports/${id}`));
    return ['done', 'failed'].includes(step);
  });
  expect(step).toBe('done');
  return Buffer.from(await (await who.fetch(`/api/exports/${id}/file`)).arrayBuffer());
}

test('[R311] notes that somebody chose are one file in every form, in their order, and each a line of the register', async () => {
  const { shared, open, closed } = home.notes;
  const chosen = [open, shared, closed, shared];
  const files = readZip(await fileOf(home.helene, chosen, 'markdown'));
  const index = [...files.values()]
    .map((bytes) => bytes.toString())
    .find((text) => text.includes('kind: "carnet"'));
  expect(index).toBeDefined();
  expect(index?.indexOf('Compost')).toBeLessThan(index?.indexOf('Semis de printemps') ?? 0);
  const all = [...files.values()].join('\n');
  expect(all).toContain('Des tomates.');
  expect(all).not.toContain('Personne ne lit ceci.');
  for (const to of ['epub', 'site']) {
    const held = [...readZip(await fileOf(home.helene, chosen, to)).values()].join('\n');
    expect([held.includes('Du vert et du brun.'), held.includes('Des tomates.')], to).toEqual([true, true]);
    expect(held, to).not.toContain('Mon secret à moi');
  }
  expect((await fileOf(home.helene, chosen, 'docx')).subarray(0, 2).toString()).toBe('PK');
  // The same choice gives the same bytes.
  expect(await fileOf(home.helene, chosen, 'epub')).toEqual(await fileOf(home.helene, chosen, 'epub'));
  const { register } = home.relay.relay.operations.catalogue;
  const lines = await Promise.all([shared, closed].map((id) => register.about(id)));
  expect(lines.map((some) => some.filter(({ act }) => act === 'note.exported').length > 0)).toEqual([
    true,
    false,
  ]);
});

test('[R311] of notes of which somebody may read none, nothing is made', async () => {
  expect((await start(home.helene, [home.notes.closed], 'epub')).status).toBe(403);
  expect((await start(home.helene, [], 'epub')).status).toBe(400);
});

test('[R311] pictures without a text are told of notes that somebody chose, before they are exported: of those that they may read', async () => {
  const { shared, open, closed } = home.notes;
  const image = build.image({ attachmentId: home.picture });
  await home.write(shared, home.ids.helene, 'Semis de printemps', build.paragraph('Des tomates.'), image);
  const ask = (notes: readonly NoteId[]) =>
    home.helene.fetch('/api/exports/missing-texts', { method: 'POST', json: { notes } });
  expect(await (await ask([open, shared, closed])).json()).toEqual({
    notes: [{ id: shared, title: 'Semis de printemps', count: 1, canEdit: true }],
  });
  expect((await ask([closed])).status).toBe(403);
});
