// @vitest-environment jsdom
import { act, StrictMode, Suspense } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type * as Y from 'yjs';
import type { DocumentId } from '#shared/domain/ids.ts';
import { CollaborationProvider } from '../../../../renderer/collaboration/CollaborationProvider.tsx';
import { useDocumentSession } from '../../../../renderer/collaboration/useDocumentSession.ts';
import { retryUntil } from '../../../support/retryUntil.ts';

const note = 'n'.repeat(22) as DocumentId;
/** Every document that a component was given, in order. */
const seen = new Set<Y.Doc>();
let root: Root;

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
  seen.clear();
});
afterEach(async () => {
  await act(async () => root.unmount());
  vi.unstubAllGlobals();
});

function Note() {
  const { session, saveState } = useDocumentSession(note, 'note');
  seen.add(session.doc);
  return <p>{saveState.kind}</p>;
}

/** Nothing answers: a Y.Doc is made all the same. */
const api = { requestTicket: () => Promise.reject(new TypeError('fetch failed')) };

async function show(): Promise<void> {
  const element = document.createElement('div');
  root = createRoot(element);
  await act(async () =>
    root.render(
      <StrictMode>
        <CollaborationProvider person={null} former={[]} api={api} origin="http://127.0.0.1">
          <Suspense>
            <Note />
          </Suspense>
        </CollaborationProvider>
      </StrictMode>,
    ),
  );
  // What comes from outside is shown when an act ends.
  await retryUntil('the note', async () => {
    await act(async () => {});
    return element.textContent === 'offline';
  });
}

test('no client id is ever used by two documents: not in strict mode, not after leaving and coming back', async () => {
  await show();
  await act(async () => root.unmount());
  await show();
  const ids = [...seen].map((doc) => doc.clientID);
  expect(ids.length).toBeGreaterThanOrEqual(2);
  expect(new Set(ids).size).toBe(ids.length);
});
