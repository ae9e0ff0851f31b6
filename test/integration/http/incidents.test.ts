import { describe, expect, onTestFinished, test } from 'vitest';
import type { IncidentLine, IncidentStatementBody } from '#shared/api/incidents.ts';
import type { RegisterPage } from '#shared/api/register.ts';
import type { Session } from '#shared/api/session.ts';
import { type Community, accountBody, newCommunity } from '../../support/newCommunity.ts';
import type { TestVisitor } from '../../support/newFullRelay.ts';
import { storages } from '../../support/storages.ts';

const path = '/api/administration/incidents';
const statement: IncidentStatementBody = {
  occurredFrom: '2026-02-10',
  occurredUntil: '2026-02-11',
  knownOn: '2026-02-12',
  what: 'Une liste de membres est partie à la mauvaise adresse.',
  information: 'Noms et courriels',
  peopleCount: 42,
  isSerious: true,
  why: 'La liste dit qui fréquente la clinique.',
  measures: '=Le destinataire l’a détruite',
  peopleToldOn: null,
  commissionToldOn: null,
};

async function start(storage: 'memory' | 'sqlite'): Promise<Community> {
  const community = await newCommunity({ storage });
  onTestFinished(() => community.close());
  return community;
}

const list = async (who: TestVisitor): Promise<IncidentLine[]> =>
  (await who.json<{ incidents: IncidentLine[] }>('GET', path)).incidents;
const amend = (who: TestVisitor, id: string, follows: number, reason: string, change = {}) =>
  who.fetch(`${path}/${id}/entries`, {
    method: 'POST',
    json: { follows, reason, statement: { ...statement, ...change } },
  });

describe.each(storages)('over %s', (storage) => {
  test('[R183] an incident is entered, and amended by an entry that follows: what was stated before stays', async () => {
    const relay = await start(storage);
    const ada = await relay.administrator();
    const self = ada.session.person!.id;
    const made = await ada.json<IncidentLine>('POST', path, statement);
    expect(made.entries).toEqual([
      { ...statement, number: 1, at: expect.any(Number), by: { id: self, name: 'ada' }, reason: null },
    ]);
    const told = { peopleToldOn: '2026-02-15', commissionToldOn: '2026-02-14', peopleCount: 40 };
    expect((await amend(ada, made.id, 1, 'Tout le monde est avisé', told)).status).toBe(201);
    const other = await ada.json<IncidentLine>('POST', path, { ...statement, isSerious: false });
    const incidents = await list(ada);
    expect(incidents.map(({ id }) => id)).toEqual([other.id, made.id]);
    expect(incidents[1]!.entries).toMatchObject([
      { ...statement, number: 1, reason: null },
      { ...statement, ...told, number: 2, reason: 'Tout le monde est avisé' },
    ]);
    const { entries } = await ada.json<RegisterPage>('GET', '/api/administration/register?kind=incident');
    expect(entries.map(({ act, by, value }) => [act, by?.name, value])).toEqual([
      ['incident.recorded', 'ada', '1'],
      ['incident.amended', 'ada', '2'],
      ['incident.recorded', 'ada', '1'],
    ]);
  });

  test('[R183] of two amendments of the same statement the second is refused, and nothing of it is kept', async () => {
    const relay = await start(storage);
    const ada = await relay.administrator();
    const { id } = await ada.json<IncidentLine>('POST', path, statement);
    const answers = await Promise.all(['Une', 'Deux'].map((reason) => amend(ada, id, 1, reason)));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect((await list(ada))[0]!.entries).toHaveLength(2);
    const { entries } = await ada.json<RegisterPage>(
      'GET',
      '/api/administration/register?act=incident.amended',
    );
    expect(entries).toHaveLength(1);
  });

  test('[R183] an incident without what the law asks for is refused; so is an unknown one, and everybody else', async () => {
    const relay = await start(storage);
    const ada = await relay.administrator();
    for (const wrong of [
      { what: '  ' },
      { information: '' },
      { occurredFrom: '' },
      { occurredFrom: '2026-02-30' },
      { occurredUntil: '2026-02-09' },
      { peopleCount: -1 },
    ])
      expect(
        (await ada.fetch(path, { method: 'POST', json: { ...statement, ...wrong } })).status,
        JSON.stringify(wrong),
      ).toBe(400);
    expect((await amend(ada, 'A'.repeat(22), 1, 'Rien')).status).toBe(403);
    const { url } = await ada.json<{ url: string }>('POST', '/api/invitations', {
      subject: 'relay',
      role: 'member',
    });
    const bob = relay.visitor();
    await bob.json<Session>(
      'POST',
      '/api/account',
      accountBody('bob@exemple.org', new URL(url).hash.slice(1)),
    );
    const { id } = await ada.json<IncidentLine>('POST', path, statement);
    for (const [who, status] of [
      [bob, 403],
      [relay.visitor(), 401],
    ] as const) {
      expect((await who.fetch(path)).status).toBe(status);
      expect((await who.fetch(path, { method: 'POST', json: statement })).status).toBe(status);
      expect((await amend(who, id, 1, 'Rien')).status).toBe(status);
    }
    expect((await list(ada))[0]!.entries).toHaveLength(1);
  });

  test('[R183] the file of the register states each entry of an incident, in the columns of its own', async () => {
    const relay = await start(storage);
    const ada = await relay.administrator();
    const { id } = await ada.json<IncidentLine>('POST', path, statement);
    await amend(ada, id, 1, 'Compté de nouveau', { peopleCount: 43, isSerious: false });
    const text = await (await ada.fetch('/api/administration/register.csv?kind=incident')).text();
    const [header = '', ...lines] = text.slice(1).trimEnd().split('\r\n');
    const first = header.split(';').indexOf('Incident : jour, ou premier jour');
    const cells = lines.map((line) => line.split(';').slice(first));
    const stated = [
      '2026-02-10',
      '2026-02-11',
      '2026-02-12',
      statement.what,
      statement.information,
      '42',
      'oui',
      statement.why,
      `'${statement.measures}`,
      '',
      '',
      '',
    ];
    expect(cells).toEqual([stated.with(5, '43').with(6, 'non').with(11, 'Compté de nouveau'), stated]);
  });
});
