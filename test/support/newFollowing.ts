import { onTestFinished } from 'vitest';
import type { CollectionPage } from '#shared/api/collections.ts';
import type { Home, HomeState } from '#shared/api/homes.ts';
import type { Session } from '#shared/api/session.ts';
import type { CarnetId } from '#shared/domain/ids.ts';
import { freePort } from './freePort.ts';
import { accountBody, newCommunity, password } from './newCommunity.ts';
import { newFullRelay, type TestVisitor } from './newFullRelay.ts';
import { retryUntil } from './retryUntil.ts';
import { TcpProxy } from './TcpProxy.ts';

/** A community's relay with a carnet of Ada's, behind a link that can be cut; Benoît, who contributes to the carnet, and his computer, which follows the relay. */
export async function newFollowing() {
  const port = await freePort();
  const link = await TcpProxy.start(port);
  const community = await newCommunity({ port, publicUrl: `http://127.0.0.1:${link.port}` });
  const ada = around(await community.administrator(), community.url, `http://127.0.0.1:${link.port}`);
  const computer = await newFullRelay();
  onTestFinished(async () => {
    await computer.close();
    await community.close();
    await link.close();
  });
  const made = await ada.json<CollectionPage>('POST', '/api/carnets', { title: 'Rucher' });
  const carnet = made.collection.id as CarnetId;
  const benoit = community.visitor();
  const secretOf = async (invitation: object): Promise<string> => {
    const { url } = await ada.json<{ url: string }>('POST', '/api/invitations', invitation);
    return new URL(url).hash.slice(1);
  };
  const email = 'benoit@exemple.org';
  const entry = await secretOf({ subject: 'relay', role: 'member' });
  const session = await benoit.json<Session>('POST', '/api/account', accountBody(email, entry));
  /** Ada lets Benoît in somewhere. */
  const invite = async (subject: 'note' | 'carnet', subjectId: string, role: string): Promise<void> => {
    const secret = await secretOf({ subject, subjectId, role });
    await benoit.json('POST', '/api/invitations/accept', { secret });
  };
  await invite('carnet', carnet, 'contributor');
  const me = await computer.signIn();
  const home = await me.json<Home>('POST', '/api/homes', {
    address: `http://127.0.0.1:${link.port}`,
    name: 'La Ruche',
    email,
    password,
  });
  const away = async (): Promise<void> => {
    link.cut();
    await retryUntil('it to be out of reach', async () => {
      const { homes } = await me.json<{ homes: Home[] }>('GET', '/api/homes');
      const isLinked = computer.relay.operations.mirror?.isConnected(home.id) === true;
      return homes[0]?.isReachable === false && !isLinked;
    });
  };
  const back = async (): Promise<void> => {
    link.mend();
    await me.fetch(`/api/homes/${home.id}/retry`, { method: 'POST' });
  };
  const { id } = session.person!;
  return { community, computer, ada, benoit: id, carnet, me, home, invite, away, back };
}

/** Somebody who reaches a relay beside the link to it. @param origin - of the relay's pages. */
function around(visitor: TestVisitor, url: string, origin: string): TestVisitor {
  const direct: TestVisitor['fetch'] = (path, { json, ...init } = {}) =>
    fetch(url + path, {
      ...init,
      headers: {
        cookie: visitor.cookie,
        origin,
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    });
  return {
    cookie: visitor.cookie,
    fetch: direct,
    json: async <T>(method: string, path: string, body?: unknown): Promise<T> => {
      const answer = await direct(path, { method, ...(body === undefined ? {} : { json: body }) });
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
      return (await answer.json()) as T;
    },
  };
}

/** How a document stands with its home. */
export const stateOf = async (me: TestVisitor, id: string): Promise<HomeState | null> =>
  (await me.json<{ state: HomeState | null }>('GET', `/api/documents/${id}/home`)).state;
