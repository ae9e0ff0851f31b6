import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PersonId } from '#shared/domain/ids.ts';
import { type ArchivedNote, manifestPath } from '#server/archive/archiveFormat.ts';
import { bringArchive, makeArchive, sendArchive } from '../../support/bringArchive.ts';
import { forgeArchive, forgeJournal } from '../../support/forgeArchive.ts';
import { newArchive, type ReadArchive } from '../../support/newArchive.ts';
import { type FullRelay, newFullRelay, type TestVisitor } from '../../support/newFullRelay.ts';
import { newSharedCarnet, type SharedCarnet } from '../../support/newSharedCarnet.ts';

/** Somebody makes an archive with tools of their own, and has it brought. */
describe('a forged archive', () => {
  let home: SharedCarnet;
  let away: FullRelay;
  let tom: TestVisitor & { session: { person: { id: PersonId } | null } };
  let archive: ReadArchive;
  beforeAll(async () => {
    home = await newSharedCarnet();
    archive = await newArchive(home.helene, { kind: 'note', id: home.notes.shared });
    away = await newFullRelay();
    tom = await away.signIn();
  });
  afterAll(async () => {
    await home.relay.close();
    await away.close();
  });
  const journalPath = () => archive.manifest.notes[0]?.journal?.path ?? '';
  const notePath = () => archive.manifest.notes[0]?.path ?? '';
  const refusal = async (file: Uint8Array) => (await sendArchive(tom, file)).errorCode;

  test('[R243] of which a byte of the page, of a part or of a file is another is refused whole', async () => {
    const picture = archive.manifest.media[0]!;
    for (const at of [archive.file.length - 400, archive.file.indexOf(`journals/`) + 200, picture.at + 30]) {
      const bytes = Buffer.from(archive.file);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      expect(await refusal(bytes), String(at)).toBe('archive_damaged');
    }
    expect(await refusal(archive.file.subarray(0, archive.file.length - 50))).toBe('archive_damaged');
  });

  test('[R243] with a part that the list does not name, without one, or with one that is another is refused whole', async () => {
    const part = Buffer.from('{}');
    expect(await refusal(await forgeArchive(archive, { parts: { 'x.json': part }, isSigned: false }))).toBe(
      'archive_damaged',
    );
    expect(
      await refusal(await forgeArchive(archive, { parts: { [notePath()]: part }, isSigned: false })),
    ).toBe('archive_damaged');
    expect(
      await refusal(await forgeArchive(archive, { parts: { [notePath()]: null }, isSigned: false })),
    ).toBe('archive_damaged');
    expect(await refusal(await forgeArchive(archive, { parts: { [notePath()]: null } }))).toBe(
      'archive_damaged',
    );
    expect(
      await refusal(await forgeArchive(archive, { parts: { [manifestPath]: part }, isSigned: false })),
    ).toBe('archive_damaged');
  });

  test('[R243] with a path that leads out of it, or of a form that is not known, is refused whole', async () => {
    expect(
      await refusal(await forgeArchive(archive, { parts: { '../../evil.json': Buffer.from('{}') } })),
    ).toBe('archive_damaged');
    expect(
      await refusal(
        await forgeArchive(archive, { manifest: (one) => ({ ...one, format: 'calepin archive 2' }) }),
      ),
    ).toBe('archive_newer');
    expect(await refusal(await forgeArchive(archive, { manifest: (one) => ({ ...one, extra: 1 }) }))).toBe(
      'archive_damaged',
    );
    expect(
      await refusal(
        await forgeArchive(archive, { manifest: (one) => ({ ...one, notes: [...one.notes, ...one.notes] }) }),
      ),
    ).toBe('archive_damaged');
    expect(
      await refusal(
        await forgeArchive(archive, {
          manifest: (one) => ({ ...one, media: one.media.map((m) => ({ ...m, at: 10 ** 12 })) }),
        }),
      ),
    ).toBe('archive_damaged');
  });

  test('[R243] whose list says more bytes of files than may come is refused whole', async () => {
    const many = (one: ReadArchive['manifest']) => ({
      ...one,
      media: one.media.map((m) => ({ ...m, bytes: 2 ** 40, length: 2 ** 40 })),
    });
    expect(await refusal(await forgeArchive(archive, { manifest: many }))).toBe('import_too_large');
  });

  test('[R243] a log that is not sound, or holds an update that nobody may send, stays out, and is named', async () => {
    const journal = archive.parts.get(journalPath()) as Buffer;
    const broken = Buffer.from(journal);
    broken[200] = (broken[200] ?? 0) ^ 1;
    const preview = async (file: Uint8Array) => (await sendArchive(tom, file)).preview?.archive;
    expect(await preview(await forgeArchive(archive, { parts: { [journalPath()]: broken } }))).toMatchObject({
      notes: [],
      refused: { count: 1, titles: ['Semis de printemps'] },
    });
    const evil = forgeJournal(journal, (row) =>
      row.seq === 2 ? { ...row, bytes: Uint8Array.of(255, 255, 255, 255, 15) } : row,
    );
    const listed = await forgeArchive(archive, {
      parts: { [journalPath()]: evil.bytes },
      manifest: (one) => ({
        ...one,
        notes: one.notes.map((n) => ({ ...n, journal: { ...n.journal, digest: evil.digest } })),
      }),
    });
    expect(await preview(listed)).toMatchObject({ notes: [], refused: { count: 1 } });
  });

  test('[R243] HTML in its words stays words, and a file that is no picture does not come', async () => {
    const told = archive.json<ArchivedNote>(notePath());
    const name = '<img src=x onerror=alert(1)>';
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    const html = `${archive.html}<img src="data:image/png;base64,`;
    const { createHash } = await import('node:crypto');
    const file = await forgeArchive(archive, {
      html: `${html}${svg.toString('base64')}"><plaintext>`,
      parts: {
        [notePath()]: Buffer.from(
          JSON.stringify({
            ...told,
            threads: told.threads.map((t) => ({
              ...t,
              messages: t.messages.map((m) => ({ ...m, text: name })),
            })),
          }),
        ),
      },
      manifest: (one) => ({
        ...one,
        title: name,
        media: one.media.map((m) => ({
          ...m,
          type: 'image/svg+xml',
          bytes: svg.length,
          sha256: createHash('sha256').update(svg).digest('hex'),
          at: Buffer.byteLength(html),
          length: svg.toString('base64').length,
        })),
      }),
    });
    const { made, step } = await bringArchive(tom, file);
    expect(step).toBe('done');
    expect(made?.notes).toHaveLength(1);
    expect((await tom.fetch(`/api/attachments/${home.picture}`)).status).toBe(403);
  });

  test('[R239] that says that somebody here wrote it comes in as a copy, in which nobody here did', async () => {
    const { note } = await tom.json<{ note: { id: string } }>('POST', '/api/notes', { title: 'Ici' });
    const { url } = await tom.json<{ url: string }>('POST', '/api/invitations', {
      subject: 'note',
      subjectId: note.id,
      role: 'author',
      days: 1,
    });
    const lea = await away.join(url, 'Léa');
    const victim = (await lea.json<{ person: { id: PersonId } }>('GET', '/api/session')).person.id;
    const journal = forgeJournal(archive.parts.get(journalPath()) as Buffer, (row) => ({
      ...row,
      person: victim,
    }));
    const told = archive.json<ArchivedNote>(notePath());
    const file = await forgeArchive(archive, {
      parts: {
        [journalPath()]: journal.bytes,
        [notePath()]: Buffer.from(JSON.stringify({ ...told, authors: [victim], bindings: [] })),
      },
      manifest: (one) => ({
        ...one,
        people: [{ id: victim, name: 'Léa' }],
        notes: one.notes.map((n) => ({ ...n, journal: { ...n.journal, digest: journal.digest } })),
      }),
    });
    const sent = await sendArchive(tom, file);
    expect(sent.preview?.archive).toMatchObject({ isOwn: false, notes: ['copy'] });
    const { made } = await makeArchive(tom, sent);
    const rows = await away.log.read(made!.notes[0]!, 0);
    expect(rows.some(({ person }) => person === victim)).toBe(false);
    const people = await away.relay.operations.catalogue.persons.getMany(
      rows.flatMap(({ person }) => person ?? []),
    );
    expect([...people.values()].map(({ name, kind }) => `${name} ${kind}`)).toContain('Léa archived');
    expect((await lea.fetch(`/api/notes/${made!.notes[0]!}`)).status).toBe(403);
  });
});
