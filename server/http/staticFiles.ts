import { createReadStream } from 'node:fs';
import { lstat, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import type { MiddlewareHandler } from 'hono';
import type { HttpEnvironment } from './environment.ts';

/** What index.html of the build holds where the response's nonce goes. */
export const noncePlaceholder = '__CSP_NONCE__';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
};

async function findFile(root: string, requested: string): Promise<string | null> {
  if (requested.includes('\0') || requested.includes('\\')) return null;
  const file = path.join(root, requested);
  try {
    // The real path, so that neither dots nor a symbolic link lead out of the folder.
    const real = await realpath(file);
    const realRoot = await realpath(root);
    if (!real.startsWith(realRoot + path.sep)) return null;
    if (path.basename(real).startsWith('.')) return null;
    return (await stat(real)).isFile() ? real : null;
  } catch {
    return null;
  }
}

/** Twins of a file that the build compressed, smallest first. */
const twins = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/** What of a file goes to whoever accepts `accepted` (RFC 9110, 12.5.3). */
async function smallest(
  file: string,
  accepted: string,
): Promise<{ readonly file: string; readonly encoding: string | null }> {
  const welcome = new Set(
    accepted.split(',').flatMap((one) => {
      const [name = '', weight = ''] = one.split(';').map((part) => part.trim().toLowerCase());
      return /^q=0(\.0*)?$/.test(weight) ? [] : [name];
    }),
  );
  for (const [encoding, ending] of twins) {
    const twin = `${file}${ending}`;
    const isThere =
      welcome.has(encoding) &&
      (await lstat(twin).then(
        (found) => found.isFile(),
        () => false,
      ));
    if (isThere) return { file: twin, encoding };
  }
  return { file, encoding: null };
}

/**
 * Serves the built interface: assets, whose names carry a hash, are kept by browsers for ever; every other path of the interface gets index.html, never kept.
 * @param root - the folder of the build (dist/renderer).
 */
export function staticFiles(root: string): MiddlewareHandler<HttpEnvironment> {
  return async (context, next) => {
    if (context.req.method !== 'GET' && context.req.method !== 'HEAD') return next();
    let requested: string;
    try {
      requested = decodeURIComponent(context.req.path);
    } catch {
      return next();
    }
    if (/^\/(api|sync|healthz)(\/|$)/.test(requested)) return next();
    const file = requested === '/' || requested === '/index.html' ? null : await findFile(root, requested);
    const isPage = !path.posix.basename(requested).includes('.') || requested === '/index.html';
    if (file === null) {
      if (!isPage) return next();
      const page = await readFile(path.join(root, 'index.html'), 'utf8').catch(() => null);
      if (page === null) return next();
      context.header('Cache-Control', 'no-store');
      return context.html(page.replaceAll(noncePlaceholder, context.var.nonce));
    }
    const sent = await smallest(file, context.req.header('accept-encoding') ?? '');
    const { size } = await stat(sent.file);
    const immutable = requested.startsWith('/assets/');
    context.header('Cache-Control', immutable ? 'public, max-age=31536000, immutable' : 'no-cache');
    context.header('Content-Type', types[path.extname(file).toLowerCase()] ?? 'application/octet-stream');
    context.header('Content-Length', String(size));
    context.header('Vary', 'Accept-Encoding');
    if (sent.encoding !== null) context.header('Content-Encoding', sent.encoding);
    if (context.req.method === 'HEAD') return context.body(null);
    return context.body(Readable.toWeb(createReadStream(sent.file)) as ReadableStream);
  };
}
