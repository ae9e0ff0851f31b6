import { Hono } from 'hono';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { AppError } from '#shared/api/errorCodes.ts';
import { asOfHeader } from '#shared/api/homes.ts';
import type { DeviceId, DocumentId, PersonId } from '#shared/domain/ids.ts';
import type { MirrorState } from '#shared/domain/MirrorState.ts';
import type { HttpEnvironment } from '#server/http/environment.ts';
import { answerErrors } from '#server/http/errors.ts';
import { homeProxy } from '#server/http/homeProxy.ts';
import { HomeAnswers } from '#server/mirror/HomeAnswers.ts';
import { MemoryHomeAnswerStore } from '#server/storage/memory/MemoryHomeAnswerStore.ts';
import { testId } from '../../../support/newRelay.ts';

const here = testId<PersonId>(1);
const there = testId<PersonId>(2);
const copy = testId<DocumentId>(3);
const placed = testId<DocumentId>(4);
const own = testId<DocumentId>(5);

const state = (document: DocumentId, lastContact: number | null): MirrorState => ({
  document,
  kind: 'note',
  relay: 'ruche',
  reason: 'opened',
  role: 'author',
  reachable: lastContact !== null,
  lastContact,
  isWhole: true,
  waiting: 0,
  waitingSince: null,
  isMending: false,
  wish: null,
  problem: null,
});

/** A computer whose home answers what it was asked, or nothing. */
function newComputer() {
  const asked: string[] = [];
  const computer = { isAway: false, status: 200 };
  const answers = new HomeAnswers({
    store: new MemoryHomeAnswerStore(),
    person: here,
    now: () => 1_000,
    homes: {
      get: () => ({
        id: 'ruche',
        origin: 'https://ruche.example',
        name: 'La Ruche',
        personThere: there,
        nameThere: 'Ada',
        device: testId<DeviceId>(9),
        addedAt: 1,
      }),
      standing: () => ({ isReachable: true, lastContact: 1, problem: null }),
      fetch: async (_, path, init) => {
        if (computer.isAway) throw new AppError('home_unreachable', 'no way there');
        asked.push(
          `${init?.method ?? 'GET'} ${path} ${typeof init?.body === 'string' ? init.body : ''}`.trim(),
        );
        return Response.json({ from: 'home', by: there }, { status: computer.status });
      },
    },
  });
  const states = new Map([
    [copy, state(copy, 900)],
    [placed, state(placed, null)],
  ]);
  const app = new Hono<HttpEnvironment>();
  answerErrors(app, pino({ level: 'silent' }));
  app.use(async (context, next) => {
    context.set('caller', { id: here } as HttpEnvironment['Variables']['caller']);
    await next();
  });
  app.use('/api/*', homeProxy(answers, { state: (id) => states.get(id) ?? null }));
  app.all('*', (context) => context.json({ from: 'here' }));
  const ask = async (path: string, method = 'GET', body?: unknown) => {
    const answer = await app.request(`http://here${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return [answer.status, answer.headers.get(asOfHeader), await answer.json()];
  };
  return { computer, ask, asked };
}

const fromHere = [200, null, { from: 'here' }];
const fromHome = [200, null, { from: 'home', by: here }];

describe('what a home alone decides', () => {
  test('[R288] is asked of the home of a document that is kept here, as the person of this computer, and kept', async () => {
    const { computer, ask, asked } = newComputer();
    expect(await ask(`/api/notes/${copy}`)).toEqual(fromHome);
    expect(await ask(`/api/notes/${copy}/threads?about=${here}`)).toEqual(fromHome);
    expect(asked).toEqual([`GET /api/notes/${copy}`, `GET /api/notes/${copy}/threads?about=${there}`]);
    computer.isAway = true;
    const kept = [200, new Date(1_000).toISOString(), { from: 'home', by: here }];
    expect(await ask(`/api/notes/${copy}`)).toEqual(kept);
    expect(await ask(`/api/notes/${copy}/threads?about=${here}`)).toEqual(kept);
  });

  test('[R288] of a page that was never read this computer says what it has, as of the last contact; of the rest, that the home does not answer', async () => {
    const { computer, ask } = newComputer();
    computer.isAway = true;
    expect(await ask(`/api/notes/${copy}`)).toEqual([200, new Date(900).toISOString(), { from: 'here' }]);
    expect((await ask(`/api/notes/${copy}/threads`))[0]).toBe(503);
  });

  test('[R288] text, history, search and what lives on this computer are answered here', async () => {
    const { ask, asked } = newComputer();
    for (const path of [
      `/api/notes/${copy}/content`,
      `/api/notes/${copy}/versions`,
      `/api/notes/${copy}/history/who`,
      `/api/notes/${own}`,
      `/api/notes/${own}/threads`,
      `/api/notes/${placed}`,
      '/api/notes',
      '/api/search',
    ])
      expect(await ask(path)).toEqual(fromHere);
    expect(asked).toEqual([]);
  });

  test('[R289] is changed there, or not at all', async () => {
    const { computer, ask, asked } = newComputer();
    expect(await ask(`/api/notes/${copy}`, 'PATCH', { visibility: 'members', by: here })).toEqual(fromHome);
    expect(await ask(`/api/notes/${copy}/authors`, 'POST', { person: here })).toEqual(fromHome);
    expect(asked).toEqual([
      `PATCH /api/notes/${copy} {"visibility":"members","by":"${there}"}`,
      `POST /api/notes/${copy}/authors {"person":"${there}"}`,
    ]);
    computer.isAway = true;
    expect(await ask(`/api/notes/${copy}`, 'PATCH', { visibility: 'public' })).toMatchObject([
      503,
      null,
      { error: { code: 'home_unreachable' } },
    ]);
    expect((await ask(`/api/notes/${copy}`, 'DELETE'))[0]).toBe(503);
    expect(await ask(`/api/notes/${own}`, 'PATCH', {})).toEqual(fromHere);
  });
});
