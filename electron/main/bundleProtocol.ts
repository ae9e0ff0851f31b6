import { readFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { z } from 'zod';
import { desktopContentSecurityPolicy } from './contentSecurity.ts';
import { problemPage } from './startProblems.ts';

/** The embedded relay as the pages' handler needs it. */
export interface RelayAddress {
  readonly port: number;
  /** The `Cookie` header of the local person's stored session. */
  readonly cookie: string;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.webmanifest': 'application/manifest+json',
};

const chunkSchema = z.object({
  file: z.string(),
  css: z.array(z.string()).optional(),
  assets: z.array(z.string()).optional(),
});

/** What vite.config.ts calls the list of what it made. */
export const manifestName = 'manifest.json';

/** The files that the build says it made: nothing else is ever served. */
export async function readBundleFiles(bundleFolder: string): Promise<ReadonlySet<string>> {
  const manifest = z
    .record(z.string(), chunkSchema)
    .parse(JSON.parse(await readFile(path.join(bundleFolder, manifestName), 'utf8')));
  const files = new Set(['index.html']);
  for (const chunk of Object.values(manifest)) {
    for (const file of [chunk.file, ...(chunk.css ?? []), ...(chunk.assets ?? [])]) files.add(file);
  }
  return files;
}

/**
 * Answers every request of `app://bundle/`: files of the build, the relay's `/api` with the local person's session, and the page itself for any other address.
 * @param bundleFolder - the renderer's build, absolute.
 * @param relay - asked at each request, since the relay may have been started again on another port.
 * @param fetchRelay - `net.fetch` of Electron; it must not follow to other hosts.
 */
export function createBundleHandler(
  bundleFolder: string,
  files: ReadonlySet<string>,
  relay: () => Promise<RelayAddress>,
  fetchRelay: (url: string, init: RequestInit) => Promise<Response>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = URL.parse(request.url);
    if (url === null || url.host !== 'bundle') return plain(404);
    if (url.pathname.startsWith('/api/')) return forward(request, url, await relay(), fetchRelay);
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405);
    let name: string;
    try {
      name = decodeURIComponent(url.pathname.slice(1));
    } catch {
      return plain(404);
    }
    if (files.has(name) && name !== 'index.html') return file(bundleFolder, name, null);
    // An address with an extension that is no file of the build is a mistake, not a page.
    if (path.posix.extname(name) !== '' && name !== 'index.html') return plain(404);
    // The page of a relay that cannot start does not wait for it.
    return file(bundleFolder, 'index.html', url.pathname === problemPage ? null : await relay());
  };
}

async function forward(
  request: Request,
  url: URL,
  relay: RelayAddress,
  fetchRelay: (url: string, init: RequestInit) => Promise<Response>,
): Promise<Response> {
  const base = `http://127.0.0.1:${relay.port}`;
  const headers = new Headers();
  for (const name of [
    'accept',
    'accept-language',
    'content-type',
    'range',
    'if-none-match',
    'last-event-id',
  ]) {
    const value = request.headers.get(name);
    if (value !== null) headers.set(name, value);
  }
  headers.set('cookie', relay.cookie);
  headers.set('origin', base);
  const answer = await fetchRelay(`${base}${url.pathname}${url.search}`, {
    method: request.method,
    headers,
    body: request.body,
    redirect: 'error',
    signal: request.signal,
    ...(request.body === null ? {} : { duplex: 'half' }),
  });
  const answered = new Headers(answer.headers);
  // The session stays with main; the page never sees it.
  answered.delete('set-cookie');
  answered.set('content-security-policy', "default-src 'none'; frame-ancestors 'none'");
  return new Response(answer.body, { status: answer.status, headers: answered });
}

async function file(folder: string, name: string, relay: RelayAddress | null): Promise<Response> {
  const nonce = randomBytes(16).toString('base64');
  const bytes = await readFile(path.join(folder, name));
  const body =
    name === 'index.html' ? bytes.toString('utf8').replaceAll('__CSP_NONCE__', nonce) : new Uint8Array(bytes);
  return new Response(body, {
    headers: {
      'content-type': types[path.extname(name)] ?? 'application/octet-stream',
      'content-security-policy': desktopContentSecurityPolicy(nonce, relay?.port ?? null),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cache-control': 'no-store',
    },
  });
}

function plain(status: number): Response {
  return new Response(null, {
    status,
    headers: { 'content-security-policy': "default-src 'none'", 'x-content-type-options': 'nosniff' },
  });
}
