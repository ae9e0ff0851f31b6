import { fromBrowser } from './addresses.ts';
import type { CdpSession, Fields } from './Cdp.ts';
import type { Contents } from './Contents.ts';
import { hostEvent } from './strict.ts';
import type { HostSession } from './sessions.ts';

/** Decides on a request of a page that the browser holds back: a navigation is asked of main, a scheme that main answers is answered. */
export async function guardRequest(
  page: CdpSession,
  contents: Contents,
  session: HostSession,
  paused: Fields,
): Promise<void> {
  const { requestId, request, frameId, resourceType, redirectedRequestId } = paused;
  try {
    const handler = session.handlers.get(new URL(request.url).protocol.slice(0, -1));
    if (handler !== undefined) {
      const answer = await handler(new Request(request.url, { method: request.method }));
      await page.send('Fetch.fulfillRequest', {
        requestId,
        responseCode: answer.status,
        responseHeaders: [...answer.headers].map(([name, value]) => ({ name, value })),
        body: Buffer.from(await answer.arrayBuffer()).toString('base64'),
      });
      return;
    }
    if (
      resourceType === 'Document' &&
      !mayNavigate(contents, session, fromBrowser(request.url), frameId, redirectedRequestId)
    )
      await page.send('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
    else await page.send('Fetch.continueRequest', { requestId });
  } catch {
    // The page is gone, or the handler failed: the request fails, as it would have.
    await page.send('Fetch.failRequest', { requestId, errorReason: 'Failed' }).catch(() => undefined);
  }
}

function mayNavigate(
  contents: Contents,
  session: HostSession,
  url: string,
  frameId: string,
  redirected: string | undefined,
): boolean {
  // What main asked for is not asked of main again.
  if (session.takeExpectedLoad(contents, url)) return true;
  const isMainFrame = frameId === contents.targetId;
  const event = hostEvent({ url, isMainFrame });
  if (redirected !== undefined) contents.emit('will-redirect', event, url);
  else {
    contents.emit('will-frame-navigate', event);
    if (isMainFrame && !event.defaultPrevented) contents.emit('will-navigate', event, url);
  }
  return !event.defaultPrevented;
}
