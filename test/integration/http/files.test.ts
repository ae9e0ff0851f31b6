import { get, type IncomingHttpHeaders } from 'node:http';
import { mkdtemp, mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Attachment } from '#shared/api/attachments.ts';
import type { NotePage } from '#shared/api/notes.ts';
import type { Session } from '#shared/api/session.ts';
import { emptyBody, replaceNoteContent } from '#shared/document/writeContent.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { type FullRelay, type TestVisitor, newFullRelay } from '../../support/newFullRelay.ts';
import { readZip } from '../../support/readZip.ts';
import { retryUntil } from '../../support/retryUntil.ts';
import { storages } from '../../support/storages.ts';

/** The beginning of a PNG of 3 by 2 pixels. */
const png = new Uint8Array([
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 3, 0, 0, 0, 2,
  8, 2, 0, 0, 0,
]);

/** Files kept for attachments; none in memory. */
async function filesBelow(dataFolder: string | null): Promise<string[]> {
  if (dataFolder === null) return [];
  const all = await readdir(path.join(dataFolder, 'attachments'), { recursive: true, withFileTypes: true });
  return all.filter((one) => one.isFile()).map((one) => one.name);
}

describe.each(storages)('attachments over %s', (storage) => {
  let full: FullRelay;
  let owner: TestVisitor;
  let note: string;

  beforeEach(async () => {
    full = await newFullRelay({ storage });
    owner = await full.signIn();
    note = (await owner.json<NotePage>('POST', '/api/notes', { title: 'Images' })).note.id;
  });
  afterEach(() => full.close());

  const upload = (bytes: Uint8Array | string, name: string, type: string, who = owner, to = note) =>
    who.fetch(`/api/attachments?note=${to}&name=${encodeURIComponent(name)}`, {
      method: 'POST',
      body: bytes as BodyInit,
      headers: { 'content-type': type },
    });

  test('an image comes back as it was, under a random id, with its size and its name', async () => {
    const answer = await upload(png, 'Plan d’été.png', 'application/octet-stream');
    const attachment = (await answer.json()) as Attachment;
    expect([answer.status, attachment]).toEqual([
      201,
      {
        id: expect.stringMatching(/^[\w-]{22}$/),
        kind: 'image',
        name: 'Plan d’été.png',
        type: 'image/png',
        bytes: png.length,
        width: 3,
        height: 2,
      },
    ]);
    const file = await owner.fetch(`/api/attachments/${attachment.id}`);
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(png);
    expect(
      Object.fromEntries(
        [
          'content-type',
          'x-content-type-options',
          'content-disposition',
          'cache-control',
          'content-security-policy',
        ].map((name) => [name, file.headers.get(name)]),
      ),
    ).toEqual({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-disposition': `inline; filename="Plan dete.png"; filename*=UTF-8''Plan%20d%E2%80%99%C3%A9t%C3%A9.png`,
      'cache-control': 'private, no-cache',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    const again = await owner.fetch(`/api/attachments/${attachment.id}`, {
      headers: { 'if-none-match': file.headers.get('etag') ?? '' },
    });
    expect(again.status).toBe(304);
  });

  test.each([
    ['bytes=0-3', 206, [0x89, 0x50, 0x4e, 0x47], `bytes 0-3/${png.length}`],
    ['bytes=27-', 206, [0, 0], `bytes 27-28/${png.length}`],
    ['bytes=-1', 206, [0], `bytes 28-28/${png.length}`],
    ['bytes=28-900', 206, [0], `bytes 28-28/${png.length}`],
    ['bytes=29-', 416, [], `bytes */${png.length}`],
    ['bytes=0-1,4-5', 200, [...png], null],
  ])('a range %s is answered with %i', async (range, status, bytes, contentRange) => {
    const { id } = (await (await upload(png, 'a.png', 'image/png')).json()) as Attachment;
    const part = await owner.fetch(`/api/attachments/${id}`, { headers: { range } });
    expect([
      part.status,
      [...new Uint8Array(await part.arrayBuffer())],
      part.headers.get('content-range'),
    ]).toEqual([status, bytes, contentRange]);
  });

  test('what is not what it says, and what could act, is refused', async () => {
    const refused: [string, string, string][] = [
      ['<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'a.svg', 'image/svg+xml'],
      ['<!doctype html><script>alert(1)</script>', 'a.png', 'image/png'],
      ['<!doctype html><script>alert(1)</script>', 'a.html', 'text/html'],
      ['MZ\u0000\u0000', 'a.exe', 'application/octet-stream'],
      ['', 'a.png', 'image/png'],
    ];
    for (const [bytes, name, type] of refused) {
      const answer = await upload(bytes, name, type);
      const { error } = (await answer.json()) as { error: { code: string } };
      expect([name, answer.status, error.code]).toEqual([name, 415, 'type_not_supported']);
    }
  });

  test('an image of too many pixels is refused before anybody decodes it, and one that hides how many there are', async () => {
    const giant = new Uint8Array(png);
    new DataView(giant.buffer).setUint32(16, 60_000);
    new DataView(giant.buffer).setUint32(20, 60_000);
    const refused = await upload(giant, 'a.png', 'image/png');
    expect([refused.status, await refused.json()]).toEqual([413, { error: { code: 'too_large' } }]);
    // A megabyte of remarks before the size: more than is read of a file before it is kept.
    const remark = [0xff, 0xfe, 0xff, 0xff, ...Array.from({ length: 0xfffd }, () => 0)];
    const hidden = new Uint8Array([0xff, 0xd8, ...Array.from({ length: 16 }, () => remark).flat()]);
    const unsized = await upload(hidden, 'a.jpg', 'image/jpeg');
    expect([unsized.status, await unsized.json()]).toEqual([415, { error: { code: 'type_not_supported' } }]);
    expect(await filesBelow(full.dataFolder)).toEqual([]);
  });

  test('a text is offered as a download', async () => {
    const { id, type } = (await (await upload('a;b\n1;2\n', 'x/../t.csv', 'text/csv')).json()) as Attachment;
    const file = await owner.fetch(`/api/attachments/${id}`);
    expect([type, file.headers.get('content-disposition')]).toEqual([
      'text/csv',
      `attachment; filename="t.csv"; filename*=UTF-8''t.csv`,
    ]);
  });

  test('more than 25 MiB is refused, stated or not, and nothing of it is kept', async () => {
    const large = new Uint8Array(26 * 1024 * 1024);
    large.set(png);
    const stated = await upload(large, 'a.png', 'image/png');
    expect([stated.status, await stated.json()]).toEqual([413, { error: { code: 'too_large' } }]);
    const parts = new ReadableStream({
      start(controller) {
        for (let at = 0; at < large.length; at += 1024 * 1024)
          controller.enqueue(large.subarray(at, at + 1024 * 1024));
        controller.close();
      },
    });
    const init = {
      method: 'POST',
      body: parts,
      headers: { 'content-type': 'image/png' },
      duplex: 'half',
    } as RequestInit;
    const unstated = await owner.fetch(`/api/attachments?note=${note}&name=a.png`, init);
    expect(unstated.status).toBe(413);
    expect(await filesBelow(full.dataFolder)).toEqual([]);
  });

  test('who may read a note that holds it may have it; the same bytes elsewhere open nothing', async () => {
    const { id } = (await (await upload(png, 'a.png', 'image/png')).json()) as Attachment;
    const { url } = await owner.json<{ url: string }>('POST', '/api/invitations', {
      subject: 'note',
      subjectId: note,
      role: 'reader',
    });
    const reader = await full.join(url, 'Basile');
    expect((await reader.fetch(`/api/attachments/${id}`)).status).toBe(200);
    expect((await full.visitor().fetch(`/api/attachments/${id}`)).status).toBe(403);
    expect((await upload(png, 'b.png', 'image/png', reader)).status).toBe(403);
    const other = await owner.json<NotePage>('POST', '/api/notes', {});
    await owner.json('PATCH', `/api/notes/${other.note.id}`, { visibility: 'public' });
    const twin = (await (await upload(png, 'b.png', 'image/png', owner, other.note.id)).json()) as Attachment;
    expect(twin.id).not.toBe(id);
    expect((await full.visitor().fetch(`/api/attachments/${twin.id}`)).status).toBe(200);
    expect((await full.visitor().fetch(`/api/attachments/${id}`)).status).toBe(403);
    expect((await filesBelow(full.dataFolder)).length).toBe(full.dataFolder === null ? 0 : 1);
  });
});

test('a picture copied into another note shows to its readers, when who copied it may have it', async () => {
  const full = await newFullRelay();
  try {
    const owner = await full.signIn();
    const personOf = async (who: TestVisitor) =>
      (await who.json<Session>('GET', '/api/session')).person?.id as PersonId;
    const source = await owner.json<NotePage>('POST', '/api/notes', {});
    const where = `/api/attachments?note=${source.note.id}&name=a.png`;
    const upload = await owner.fetch(where, { method: 'POST', body: png as BodyInit });
    const { id } = (await upload.json()) as Attachment;
    const target = await owner.json<NotePage>('POST', '/api/notes', {});
    await owner.json('PATCH', `/api/notes/${target.note.id}`, { visibility: 'public' });
    const invitation = { subject: 'note', subjectId: target.note.id, role: 'author' };
    const { url } = await owner.json<{ url: string }>('POST', '/api/invitations', invitation);
    const guest = await full.join(url, 'Basile');
    const { documents, indexer } = full.relay.operations;
    const paste = async (person: PersonId) => {
      await documents.change(target.note.id, { person, operation: 'test' }, (doc) => {
        replaceNoteContent(doc, { title: 't', body: emptyBody, language: 'fr' });
      });
      await documents.change(target.note.id, { person, operation: 'test' }, (doc) => {
        const image = { type: 'image', attrs: { attachmentId: id } };
        replaceNoteContent(doc, { title: 't', body: { type: 'doc', content: [image] }, language: 'fr' });
      });
      await indexer.indexNow(target.note.id);
      return (await full.visitor().fetch(`/api/attachments/${id}`)).status;
    };
    expect(await paste(await personOf(guest))).toBe(403);
    expect(await paste(await personOf(owner))).toBe(200);
  } finally {
    await full.close();
  }
});

describe('the interface', () => {
  let root: string;
  let full: FullRelay;

  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'calepin-dist-'));
    await mkdir(path.join(root, 'dist', 'assets'), { recursive: true });
    await writeFile(path.join(root, 'dist', 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__">');
    await writeFile(path.join(root, 'dist', 'assets', 'main-abc.js'), 'export {};');
    await writeFile(path.join(root, 'dist', '.hidden'), 'hidden');
    await writeFile(path.join(root, 'secret.txt'), 'secret');
    await symlink(path.join(root, 'secret.txt'), path.join(root, 'dist', 'assets', 'link.txt'));
    full = await newFullRelay({ interfaceFolder: path.join(root, 'dist') });
  });
  afterEach(async () => {
    await full.close();
    await rm(root, { recursive: true, force: true });
  });

  test.each(['/', '/index.html', '/notes/abc', '/join'])(
    '%s is the page, with the nonce of its policy, never kept',
    async (where) => {
      const answer = await fetch(full.url + where);
      const nonce = /'nonce-([^']+)'/.exec(answer.headers.get('content-security-policy') ?? '')?.[1];
      expect([answer.status, await answer.text(), answer.headers.get('cache-control')]).toEqual([
        200,
        `<meta name="csp-nonce" content="${nonce}">`,
        'no-store',
      ]);
    },
  );

  test('assets are kept by the browser for ever, under their type', async () => {
    const answer = await fetch(`${full.url}/assets/main-abc.js`);
    expect([
      answer.status,
      answer.headers.get('content-type'),
      answer.headers.get('cache-control'),
      await answer.text(),
    ]).toEqual([200, 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable', 'export {};']);
  });

  test.each([
    ['gzip, deflate, br, zstd', 'br', 'brotli'],
    ['GZIP;q=0.5', 'gzip', 'gzip'],
    ['gzip, br;q=0', 'gzip', 'gzip'],
    ['identity', null, 'export {};'],
    ['', null, 'export {};'],
  ])(
    'a file that was compressed by the build goes so to who accepts %s',
    async (accepted, encoding, sent) => {
      const file = path.join(root, 'dist', 'assets', 'main-abc.js');
      await writeFile(`${file}.br`, 'brotli');
      await writeFile(`${file}.gz`, 'gzip');
      // Without what `fetch` does by itself: it unpacks.
      const answer = await new Promise<{ headers: IncomingHttpHeaders; body: string }>((resolve, reject) => {
        get(`${full.url}/assets/main-abc.js`, { headers: { 'accept-encoding': accepted } }, (response) => {
          let body = '';
          response.on('data', (chunk: Buffer) => (body += chunk.toString()));
          response.on('end', () => resolve({ headers: response.headers, body }));
        }).on('error', reject);
      });
      expect([answer.headers['content-encoding'] ?? null, answer.body]).toEqual([encoding, sent]);
      expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8');
      expect(answer.headers.vary).toContain('Accept-Encoding');
    },
  );

  test.each([
    '/assets/../../secret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets/link.txt',
    '/.hidden',
    '/secret.txt%00.js',
    '/assets/nothing.js',
    '/api/nothing',
    '/sync/nothing',
    '/%',
  ])('%s leads nowhere', async (where) => {
    // `fetch` would tidy the path up before it is sent.
    const { request } = await import('node:http');
    const { status, text } = await new Promise<{ status: number; text: string }>((resolve, reject) => {
      const { hostname, port } = new URL(full.url);
      request({ hostname, port, path: where }, (answer) => {
        let text = '';
        answer.on('data', (chunk: Buffer) => (text += chunk.toString()));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
      })
        .on('error', reject)
        .end();
    });
    expect(text).not.toContain('secret');
    expect(text).not.toContain('hidden');
    expect(status).toBe(404);
  });
});

describe('exports', () => {
  test('the book holds what the person may read, in order, and no title that they may not see', async () => {
    const opened: string[] = [];
    const full = await newFullRelay({
      pdfPrinter: {
        open: (html) => {
          opened.push(html);
          // The first is where pictures are made as small as they are printed.
          return opened.length === 1
            ? Promise.resolve({
                evaluate: () => Promise.resolve(null),
                print: () => Promise.reject(new Error('a page without content is not printed')),
                close: () => Promise.resolve(),
              })
            : Promise.reject(new Error('the printer is only asked what it would print'));
        },
      },
    });
    try {
      const owner = await full.signIn();
      const { collection: carnet } = await owner.json<{ collection: { id: string } }>(
        'POST',
        '/api/carnets',
        {
          title: 'Le carnet',
        },
      );
      const { url } = await owner.json<{ url: string }>('POST', '/api/invitations', {
        subject: 'carnet',
        subjectId: carnet.id,
        role: 'contributor',
      });
      const guest = await full.join(url, 'Basile');
      for (const title of ['Premier', 'Caché', 'Second']) {
        const made = await owner.json<NotePage>('POST', '/api/notes', { title, carnetId: carnet.id });
        if (title !== 'Caché')
          await owner.json('PATCH', `/api/notes/${made.note.id}`, { visibility: 'members' });
      }
      const started = await guest.fetch('/api/exports', {
        method: 'POST',
        json: { subject: 'carnet', subjectId: carnet.id, format: 'a5' },
      });
      const { id } = (await started.json()) as { id: string };
      expect(started.status).toBe(202);
      await retryUntil(
        'the export to end',
        async () => (await guest.json<{ step: string }>('GET', `/api/exports/${id}`)).step === 'failed',
      );
      expect(opened).toHaveLength(2);
      expect(opened[0]).not.toContain('Caché');
      const html = (opened[1] ?? '').replace(/\u00ad/g, '');
      expect(html.indexOf('Premier')).toBeGreaterThan(0);
      expect(html.indexOf('Second')).toBeGreaterThan(html.indexOf('Premier'));
      expect(html).not.toContain('Caché');
      expect((await owner.fetch(`/api/exports/${id}`)).status).toBe(403);

      const page = await guest.fetch(`/api/print/carnet/${carnet.id}?format=a5&language=fr`);
      const text = (await page.text()).replace(/\u00ad/g, '');
      const nonce = /'nonce-([^']+)'/.exec(page.headers.get('content-security-policy') ?? '')?.[1];
      expect(page.headers.get('content-type')).toMatch(/^text\/html/);
      expect(text).toContain(`nonce="${nonce}"`);
      expect(text).toContain('Premier');
      expect(text).not.toContain('Caché');
      const font = /url\((\/api\/print-fonts\/[^)]+)\)/.exec(text)?.[1] ?? '';
      const answer = await fetch(full.url + font);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'font/woff2']);
    } finally {
      await full.close();
    }
  });

  test('Markdown, a site and a document of Word need no printer, and hold what the person may read and no other title', async () => {
    const full = await newFullRelay();
    try {
      const owner = await full.signIn();
      const { collection: carnet } = await owner.json<{ collection: { id: string } }>(
        'POST',
        '/api/carnets',
        { title: 'Le carnet' },
      );
      const { url } = await owner.json<{ url: string }>('POST', '/api/invitations', {
        subject: 'carnet',
        subjectId: carnet.id,
        role: 'contributor',
      });
      const guest = await full.join(url, 'Basile');
      for (const title of ['Premier', 'Caché', 'Second']) {
        const made = await owner.json<NotePage>('POST', '/api/notes', { title, carnetId: carnet.id });
        if (title !== 'Caché')
          await owner.json('PATCH', `/api/notes/${made.note.id}`, { visibility: 'members' });
      }
      const forms = [
        ['markdown', 'application/zip', 'Second.md'],
        ['site', 'application/zip', '02-second.html'],
        [
          'docx',
          'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
          'word/document.xml',
        ],
      ] as const;
      for (const [to, mediaType, file] of forms) {
        const started = await guest.fetch('/api/exports', {
          method: 'POST',
          json: { subject: 'carnet', subjectId: carnet.id, to },
        });
        expect(started.status).toBe(202);
        const { id } = (await started.json()) as { id: string };
        await retryUntil(
          'the export to end',
          async () => (await guest.json<{ step: string }>('GET', `/api/exports/${id}`)).step === 'done',
        );
        const answer = await guest.fetch(`/api/exports/${id}/file`);
        expect(answer.headers.get('content-type')).toBe(mediaType);
        const files = readZip(Buffer.from(await answer.arrayBuffer()));
        expect(files.get(file)?.toString()).toContain('Second');
        expect([...files.values()].join('\n')).not.toContain('Caché');
        expect((await owner.fetch(`/api/exports/${id}/file`)).status).toBe(403);
      }
    } finally {
      await full.close();
    }
  });

  test('without a printer the answer says so', async () => {
    const full = await newFullRelay();
    try {
      const owner = await full.signIn();
      const { note } = await owner.json<NotePage>('POST', '/api/notes', {});
      const answer = await owner.fetch('/api/exports', {
        method: 'POST',
        json: { subject: 'note', subjectId: note.id },
      });
      const { error } = (await answer.json()) as { error: { code: string } };
      expect([answer.status, error.code]).toEqual([503, 'export_unavailable']);
    } finally {
      await full.close();
    }
  });
});

describe('events', () => {
  test('each person hears of what they may read, and of nothing else', async () => {
    const full = await newFullRelay();
    try {
      const owner = await full.signIn();
      const secret = await owner.json<NotePage>('POST', '/api/notes', {});
      const shared = await owner.json<NotePage>('POST', '/api/notes', {});
      const { url } = await owner.json<{ url: string }>('POST', '/api/invitations', {
        subject: 'note',
        subjectId: shared.note.id,
        role: 'reader',
      });
      const guest = await full.join(url, 'Basile');
      const answer = await guest.fetch('/api/events');
      expect(answer.headers.get('content-type')).toBe('text/event-stream');
      const reader = answer.body?.getReader();
      let heard = '';
      const listen = async (wanted: string): Promise<void> => {
        while (!heard.includes(wanted)) {
          const { value, done } = (await reader?.read()) ?? { done: true };
          if (done) throw new Error(`the line ended before ${wanted}`);
          heard += new TextDecoder().decode(value);
        }
      };
      await listen(': open');
      await owner.json('PATCH', `/api/notes/${secret.note.id}`, { visibility: 'authors' });
      // A reader hears that the note changed, and not that its history did.
      await owner.json('POST', `/api/notes/${shared.note.id}/versions`, { name: 'Ici' });
      await owner.json('PATCH', `/api/notes/${shared.note.id}`, { visibility: 'members' });
      await listen(JSON.stringify({ type: 'note', id: shared.note.id }));
      await listen(JSON.stringify({ type: 'lists' }));
      expect(heard).not.toContain(secret.note.id);
      expect(heard).not.toContain('versions');
      // The relay ends the line when it stops; a browser then comes back.
      await full.close();
      await expect(listen('never')).rejects.toThrow(/ended|terminated/);
    } finally {
      await full.close();
    }
  });
});

test('what is stored is what was sent, by its digest', async () => {
  const full = await newFullRelay({ storage: 'sqlite' });
  try {
    const owner = await full.signIn();
    const { note } = await owner.json<NotePage>('POST', '/api/notes', {});
    await owner.fetch(`/api/attachments?note=${note.id}&name=a.png`, {
      method: 'POST',
      body: png as BodyInit,
    });
    const { createHash } = await import('node:crypto');
    const digest = createHash('sha256').update(png).digest('hex');
    const file = path.join(full.dataFolder ?? '', 'attachments', digest.slice(0, 2), digest);
    expect(new Uint8Array(await readFile(file))).toEqual(png);
  } finally {
    await full.close();
  }
});
