import { hash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { JSDOM } from 'jsdom';
import { afterEach, describe, expect, test } from 'vitest';
import type { PersonId } from '#shared/domain/ids.ts';
import type { ArchivedCollection, ArchivedNote } from '#server/archive/archiveFormat.ts';
import { readProof } from '#server/proof/readProof.ts';
import { verifyProof } from '#server/proof/verifyProof.ts';
import { newArchive, type ReadArchive } from '../../support/newArchive.ts';
import { newSharedCarnet, paragraph, type SharedCarnet } from '../../support/newSharedCarnet.ts';

let home: SharedCarnet;
afterEach(() => home.relay.close());

const pageOf = ({ html }: ReadArchive): Document => new JSDOM(html).window.document;
const textOf = (page: Document, selector: string): string =>
  (page.querySelector(selector)?.textContent ?? '').replaceAll(/\s+/g, ' ');

/** The journal of a note, checked by itself. */
async function journalOf(archive: ReadArchive, at: string) {
  const folder = await mkdtemp(path.join(tmpdir(), 'calepin-'));
  try {
    const file = path.join(folder, 'a.jsonl.gz');
    await writeFile(file, archive.parts.get(at) as Buffer);
    const proof = await readProof(file);
    return { proof, verdict: verifyProof(proof) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe.each(['memory', 'sqlite'] as const)('an archive over %s', (storage) => {
  test('[R234] is one page without a script, which asks nothing and shows each note with its versions, its discussion and its pictures', async () => {
    home = await newSharedCarnet(storage);
    const archive = await newArchive(home.helene, { kind: 'carnet', id: home.carnet });
    expect(archive.fileName).toBe('Le jardin.calepin.html');
    const page = pageOf(archive);
    expect(page.querySelectorAll('script, link, iframe, object, [style], [onload]')).toHaveLength(0);
    const policy = page.querySelector('meta[http-equiv]')?.getAttribute('content') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain(
      `'sha256-${hash('sha256', page.querySelector('style')?.textContent ?? '', 'base64')}'`,
    );
    expect(
      [...page.querySelectorAll('[src], [href]')]
        .map((one) => one.getAttribute('src') ?? one.getAttribute('href'))
        .filter((one) => !/^(#|data:)/.test(one ?? '')),
    ).toEqual([]);
    expect([...page.querySelectorAll('#home li a')].map((one) => one.textContent)).toEqual([
      'Semis de printemps',
      'Compost',
    ]);
    expect(textOf(page, '#n1 .archive-history')).toContain('Adoptée');
    expect(textOf(page, '#n1 .archive-history')).toContain('Des tomates et des haricots.');
    expect(textOf(page, '#n1 .archive-talk')).toContain('Et l’eau ?Awa');
    const image = page.querySelector('#n1 .note-text img');
    expect([image?.getAttribute('src'), image?.getAttribute('alt')]).toEqual([
      `data:image/png;base64,${Buffer.from(home.png).toString('base64')}`,
      'Le plan du jardin',
    ]);
    // Each address within the page leads somewhere.
    for (const link of page.querySelectorAll('a[href^="#"]'))
      expect(
        page.querySelector(`[id="${link.getAttribute('href')?.slice(1)}"]`),
        link.outerHTML,
      ).not.toBeNull();
  });

  test('[R235] holds each log row for row with what was signed of it, each file once, and a signed list of the digests of all', async () => {
    home = await newSharedCarnet(storage);
    const archive = await newArchive(home.helene, { kind: 'carnet', id: home.carnet });
    const { manifest, file } = archive;
    const { journal, path: at } = manifest.notes.find(({ id }) => id === home.notes.shared)!;
    const { proof, verdict } = await journalOf(archive, journal?.path ?? '');
    expect(verdict.faults).toEqual([]);
    const rows = await home.relay.log.read(home.notes.shared, 0);
    expect(proof.rows.map(({ row }) => row)).toEqual(
      rows.map((row) => ({ ...row, bytes: new Uint8Array(row.bytes) })),
    );
    const note = archive.json<ArchivedNote>(at);
    expect(note).toMatchObject({
      kind: 'note',
      visibility: 'authors',
      authors: [home.ids.helene, home.ids.awa],
      files: [home.picture],
      content: null,
    });
    expect(note.versions.map(({ name }) => name)).toContain('Adoptée');
    expect(note.threads[0]?.messages.map(({ text, by }) => [text, by])).toEqual([
      ['Et l’eau ?', home.ids.awa],
    ]);
    expect(manifest.media).toHaveLength(1);
    const [medium] = manifest.media;
    const bytes = Buffer.from(file.toString('latin1', medium!.at, medium!.at + medium!.length), 'base64');
    expect(bytes).toEqual(Buffer.from(home.png));
    const carnet = manifest.collections.find(({ id }) => id === home.carnet);
    expect((await journalOf(archive, carnet?.journal?.path ?? '')).verdict.faults).toEqual([]);
    expect(manifest.people).toEqual(expect.arrayContaining([{ id: home.ids.awa, name: 'Awa' }]));
  });

  test('[R236] holds of a note whose history the person does not see what it says now alone, and nothing of what they may not read but how many there are', async () => {
    home = await newSharedCarnet(storage);
    const archive = await newArchive(home.helene, { kind: 'carnet', id: home.carnet });
    const open = archive.manifest.notes.find(({ id }) => id === home.notes.open)!;
    expect(open.journal).toBeNull();
    expect(archive.json<ArchivedNote>(open.path).content?.body.content).toEqual([
      paragraph('Du vert et du brun.'),
    ]);
    expect(archive.manifest).toMatchObject({ withheld: 1, notes: [{}, {}] });
    const page = pageOf(archive);
    expect(textOf(page, '#home')).toContain('Une note de ce carnet est réservée à d’autres personnes');
    expect(textOf(page, '#n2')).toContain('réservé à ses auteur·trices');
    const everything = [
      archive.html,
      ...[...archive.parts].filter(([name]) => name.endsWith('.json')).map(([, one]) => one.toString()),
    ].join('\n');
    for (const secret of ['Mon secret', 'Personne ne lit', 'hérisson'])
      expect(everything).not.toContain(secret);
    expect(
      await journalOf(archive, archive.manifest.notes[0]?.journal?.path ?? '').then(({ proof }) =>
        JSON.stringify(proof.content),
      ),
    ).not.toContain('Mon secret');
  });

  test('[R236] who only contributes to a carnet has what it holds for them, and not its log', async () => {
    home = await newSharedCarnet(storage);
    const archive = await newArchive(home.awa, { kind: 'carnet', id: home.carnet });
    const { journal, path: at } = archive.manifest.collections[0]!;
    expect(journal).toBeNull();
    const carnet = archive.json<ArchivedCollection>(at);
    expect(carnet.content).toMatchObject({ title: 'Le jardin', description: 'Ce que nous semons' });
    expect(carnet.content?.entries.map(({ memberId }) => memberId).sort()).toEqual(
      Object.values(home.notes).sort(),
    );
    expect(archive.manifest.withheld).toBe(0);
  });

  test('[R234] is of one note, of some, of all of one’s own, or of a base', async () => {
    home = await newSharedCarnet(storage);
    const { helene, carnet, notes } = home;
    const idsOf = (archive: ReadArchive) => archive.manifest.notes.map(({ id }) => id);
    expect(idsOf(await newArchive(helene, { kind: 'note', id: notes.shared }))).toEqual([notes.shared]);
    expect(
      idsOf(await newArchive(helene, { kind: 'notes', notes: [notes.open, notes.shared, notes.closed] })),
    ).toEqual([notes.open, notes.shared]);
    expect(idsOf(await newArchive(helene, { kind: 'notes', notes: null }))).toContain(notes.shared);
    const base = await helene.json<{ collection: { id: string } }>('POST', '/api/bases', { title: 'Tout' });
    await helene.json('POST', `/api/bases/${base.collection.id}/entries`, { memberIds: [carnet] });
    const whole = await newArchive(helene, { kind: 'base', id: base.collection.id });
    expect(idsOf(whole)).toEqual([notes.shared, notes.open]);
    expect(whole.manifest.collections.map(({ kind }) => kind)).toEqual(['base', 'carnet']);
    const refused = await home.awa.fetch('/api/exports', {
      method: 'POST',
      json: { subject: 'archive', of: { kind: 'base', id: base.collection.id } },
    });
    expect(refused.status).toBe(403);
  });

  test('[R234] words that look like marks of the page stay words', async () => {
    home = await newSharedCarnet(storage);
    const evil = '</article></main><plaintext><script>alert(1)</script>';
    await home.write(home.notes.shared, home.ids.helene as PersonId, evil, paragraph(evil));
    const archive = await newArchive(home.helene, { kind: 'note', id: home.notes.shared });
    const page = new JSDOM(archive.file.toString('latin1')).window.document;
    expect(page.querySelectorAll('script')).toHaveLength(0);
    expect(page.querySelectorAll('plaintext')).toHaveLength(1);
    expect(textOf(page, '#n1 .note-text')).toBe(evil);
  });
});
