// The shell of the application on this device: its page, scripts, styles and fonts, and nothing else. What people wrote is in IndexedDB; the relay's answers never pass through
// here. The build writes the list of files over this one's (scripts/serviceWorker.mjs), so that each build is a worker of its own.

/** @type {{ version: string, files: string[] }} */
const build = self.__BUILD__;
const cacheName = `calepin-shell-${build.version}`;
const page = '/';

self.addEventListener('install', (event) => {
  event.waitUntil(
    (async () => {
      const cache = await caches.open(cacheName);
      // Assets carry a hash: what the browser has of them is right. The page is asked for anew.
      await cache.addAll([new Request(page, { cache: 'reload' }), ...build.files]);
      // A newer shell never waits for the windows of an older one to be closed.
      await self.skipWaiting();
    })(),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name !== cacheName) await caches.delete(name);
      await self.clients.claim();
    })(),
  );
});

/** The relay's own answer whenever there is one; the kept page when there is none, or only a proxy's word that there is none. */
async function openPage(request) {
  try {
    const answer = await fetch(request);
    if (answer.status < 502 || answer.status > 504) return answer;
  } catch {
    // No network, or no relay.
  }
  return (await caches.match(page, { cacheName })) ?? Response.error();
}

/** Files with a hash in their names never change. */
async function openAsset(request) {
  const kept = await caches.match(request, { cacheName });
  if (kept !== undefined) return kept;
  const answer = await fetch(request);
  if (answer.ok) {
    const cache = await caches.open(cacheName);
    await cache.put(request, answer.clone());
  }
  return answer;
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (/^\/(api|sync|healthz)(\/|$)/.test(url.pathname)) return;
  if (request.mode === 'navigate') event.respondWith(openPage(request));
  else if (url.pathname.startsWith('/assets/')) event.respondWith(openAsset(request));
});
