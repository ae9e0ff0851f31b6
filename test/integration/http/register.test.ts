import { describe, expect, onTestFinished, test } from 'vitest';
import type { NotePage } from '#shared/api/notes.ts';
import { type RegisterPage, registerPageLength } from '#shared/api/register.ts';
import type { Session } from '#shared/api/session.ts';
import { type Community, accountBody, newCommunity } from '../../support/newCommunity.ts';
import type { TestVisitor } from '../../support/newFullRelay.ts';
import { storages } from '../../support/storages.ts';

const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:144.0) Gecko/20100101 Firefox/144.0';
const path = '/api/administration/register';

async function start(storage: 'memory' | 'sqlite'): Promise<Community> {
  const community = await newCommunity({ storage });
  onTestFinished(() => community.close());
  return community;
}

async function newMember(relay: Community, ada: TestVisitor, email: string) {
  const invitation = { subject: 'relay', role: 'member' };
  const { url } = await ada.json<{ url: string }>('POST', '/api/invitations', invitation);
  const visitor = relay.visitor();
  const body = accountBody(email, new URL(url).hash.slice(1));
  const { person } = await visitor.json<Session>('POST', '/api/account', body);
  return { visitor, id: person!.id };
}

const page = (who: TestVisitor, query = ''): Promise<RegisterPage> => who.json('GET', `${path}?${query}`);
const actsOf = ({ entries }: RegisterPage): string[] => entries.map(({ act }) => act);

/** The cells of a file for a spreadsheet. */
function readCsv(text: string, separator: string): string[][] {
  const cell = new RegExp(`(?:"((?:[^"]|"")*)"|([^"${separator}\\r\\n]*))(${separator}|\\r\\n)`, 'g');
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(cell)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain ?? '');
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
}

describe.each(storages)('over %s', (storage) => {
  test('[R180] rights on notes and comings and goings are in one register, with from where they came', async () => {
    const relay = await start(storage);
    const ada = await relay.administrator();
    const bob = await newMember(relay, ada, 'bob@exemple.org');
    const { note } = await bob.visitor.json<NotePage>('POST', '/api/notes', { title: 'À moi' });
    await bob.visitor.fetch(`/api/notes/${note.id}`, {
      method: 'PATCH',
      json: { visibility: 'public' },
      headers: { 'user-agent': firefox },
    });
    const back = relay.visitor();
    await back.fetch('/api/account/sign-in', {
      method: 'POST',
      json: { email: 'bob@exemple.org', password: accountBody('').password },
      headers: { 'user-agent': firefox },
    });
    const { entries, hasMore } = await page(ada);
    expect(hasMore).toBe(false);
    expect(entries.slice(0, 2)).toMatchObject([
      { act: 'account.signed_in', by: { name: 'bob' }, person: null, device: 'Firefox, Linux' },
      {
        act: 'note.visibility',
        by: { name: 'bob' },
        value: 'public',
        subject: { title: 'À moi', path: `/notes/${note.id}` },
        device: 'Firefox, Linux',
      },
    ]);
    // The session that it began, and the one that it was done in, as their holder knows them.
    const kept = await relay.relay.operations.catalogue.register.page({}, null, 2);
    const current = async (who: TestVisitor) =>
      (
        await who.json<{ sessions: { id: string; current: boolean }[] }>('GET', '/api/sessions')
      ).sessions.find((one) => one.current)!.id;
    expect(kept.map(({ session }) => session)).toEqual([await current(back), await current(bob.visitor)]);
  });

  test('[R181] it is narrowed by person, act, kind of thing and time', async () => {
    const relay = await start(storage);
    const ada = await relay.administrator();
    const bob = await newMember(relay, ada, 'bob@exemple.org');
    const { note } = await bob.visitor.json<NotePage>('POST', '/api/notes', {});
    await bob.visitor.json('PATCH', `/api/notes/${note.id}`, { visibility: 'members' });
    await bob.visitor.json('DELETE', `/api/notes/${note.id}`);
    await ada.json('PATCH', `/api/administration/people/${bob.id}`, { role: 'administrator' });
    // What was done to somebody is theirs too.
    expect(actsOf(await page(ada, `person=${bob.id}`))).toEqual([
      'relay.role',
      'note.trash',
      'note.visibility',
      'account.created',
    ]);
    expect(actsOf(await page(ada, 'kind=note'))).toEqual(['note.trash', 'note.visibility']);
    expect(actsOf(await page(ada, `act=note.trash&person=${bob.id}`))).toEqual(['note.trash']);
    const { entries } = await page(ada);
    const oldest = entries.at(-1)!.at;
    expect(actsOf(await page(ada, `until=${oldest}`))).toEqual([]);
    expect(await page(ada, `from=${oldest}`)).toEqual({ entries, hasMore: false });
    for (const wrong of ['act=note.nothing', 'kind=nothing', 'from=x', 'before=0'])
      expect((await ada.fetch(`${path}?${wrong}`)).status).toBe(400);
  });

  test('[R181] it is read to its beginning, page by page', async () => {
    const relay = await start(storage);
    const ada = await relay.administrator();
    const { catalogue } = relay.relay.operations;
    const line = { by: null, subjectId: null, person: null, value: null, session: null, device: null };
    const count = 2 * registerPageLength + 5;
    for (let at = 1; at <= count; at++) await catalogue.register.add({ ...line, at, act: 'account.refused' });
    const seen: number[] = [];
    let before = '';
    for (;;) {
      const { entries, hasMore } = await page(ada, `act=account.refused${before}`);
      seen.push(...entries.map(({ at }) => at));
      if (!hasMore) break;
      expect(entries).toHaveLength(registerPageLength);
      before = `&before=${entries.at(-1)!.number}`;
    }
    expect(seen).toEqual(Array.from({ length: count }, (_, at) => count - at));
  });

  test('[R182] an administrator is told no title of what they may not read, on the page and in the file', async () => {
    const relay = await start(storage);
    const ada = await relay.administrator();
    const bob = await newMember(relay, ada, 'bob@exemple.org');
    const things = [];
    for (const visibility of ['authors', 'members']) {
      const { note } = await bob.visitor.json<NotePage>('POST', '/api/notes', {
        title: `=Note ${visibility}`,
      });
      await bob.visitor.json('PATCH', `/api/notes/${note.id}`, { visibility: 'public' });
      await bob.visitor.json('PATCH', `/api/notes/${note.id}`, { visibility });
      things.push(note.id);
    }
    const { collection } = await bob.visitor.json<{ collection: { id: string } }>('POST', '/api/carnets', {
      title: 'Carnet secret',
    });
    await bob.visitor.json('DELETE', `/api/carnets/${collection.id}`);
    const { entries } = await page(ada);
    expect(JSON.stringify(entries)).not.toMatch(/Note authors|Carnet secret/);
    expect(JSON.stringify(entries)).toContain('=Note members');

    const answer = await ada.fetch(`${path}.csv?language=fr&person=${bob.id}`);
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="registre-\d{4}-\d\d-\d\d\.csv"/,
    );
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const text = bytes.toString('utf8');
    expect(text).not.toMatch(/Note authors|Carnet secret/);
    const [header = [], ...rows] = readCsv(text.slice(1), ';');
    expect(header.slice(0, 5)).toEqual([
      'Numéro',
      'Date et heure (UTC)',
      'Qui',
      'Identifiant de qui',
      'Acte',
    ]);
    expect(rows.every((row) => row.length === header.length)).toBe(true);
    expect(rows.map((row) => row[4])).toEqual([
      'a mis à la corbeille',
      ...Array.from({ length: 4 }, () => 'a changé la visibilité'),
      'a créé un compte',
    ]);
    // What a spreadsheet would run as a formula is text: an id may begin with a hyphen too.
    const asText = (id: string | undefined): string => `${id?.startsWith('-') ? "'" : ''}${id ?? ''}`;
    expect(rows[1]!.slice(5, 8)).toEqual(['Note', "'=Note members", asText(things[1])]);
    expect(rows[3]!.slice(5, 8)).toEqual(['Note', '', asText(things[0])]);
    // That it was taken out is in it from now on.
    expect((await page(ada)).entries[0]).toMatchObject({
      act: 'relay.register_exported',
      by: { name: 'ada' },
    });
    const inEnglish = await (await ada.fetch(`${path}.csv?language=en`)).text();
    expect(readCsv(inEnglish, ',')[0]!.slice(0, 3)).toEqual(['Number', 'Date and time (UTC)', 'Who']);
  });

  test('[R181] the file holds everything, however long the register is', async () => {
    const relay = await start(storage);
    const ada = await relay.administrator();
    const { catalogue } = relay.relay.operations;
    const line = { by: null, subjectId: null, person: null, value: null, session: null, device: null };
    for (let at = 1; at <= 1_203; at++)
      await catalogue.register.add({ ...line, at, act: 'account.recovery_asked' });
    const text = await (await ada.fetch(`${path}.csv?act=account.recovery_asked`)).text();
    const numbers = readCsv(text.slice(1), ';')
      .slice(1)
      .map(([number]) => Number(number));
    expect(numbers).toHaveLength(1_203);
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
    expect(new Set(numbers).size).toBe(1_203);
  });
});
