import { describe, expect, it } from 'vitest';
import * as build from '#shared/document/buildContent.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { renderBody } from '#shared/document/renderHtml.ts';
import { safeHref } from '#shared/document/safeHref.ts';
import { fullBody } from './sampleBody.ts';

const html = (body: BodyNode, options: Parameters<typeof renderBody>[1] = {}): string =>
  renderBody(body, options).html;
const line = (...pieces: build.Inline[]): string => html(build.body(build.paragraph(...pieces)));

describe('the addresses of links', () => {
  it.each([
    'https://exemple.org/a?b=c#d',
    'http://exemple.org',
    'mailto:a@exemple.org',
    'tel:+15145550100',
    '/notes/abc',
    '#partie',
    'HTTPS://EXEMPLE.ORG',
  ])('allow %s', (address) => {
    expect(safeHref(address)).toBe(address);
  });

  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'java\u00adscript:alert(1)',
    '\u0001javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,<script>',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://exemple.org/1',
    '//exemple.org',
    '/\\exemple.org',
    'https:exemple.org',
    'https:///exemple.org',
    'relatif/page',
    // What nobody sees: browsers pass over some of it, and the rest is another address than the one that is read.
    '/\t/exemple.org',
    '/notes/\u2066abc',
    '#par\u200btie',
    'https://exemple.org/\u200b',
    'https://exemple.org\u00adexemple.com',
    'https://exemple\u202egro.elpmexe',
    'https://exemple.org/\u007f',
    'https://exemple.org/\u3000a',
    'mailto:a\ufeff@exemple.org',
    'mailto:a\u00a0b@exemple.org',
    'tel:+1514\u20605550100',
    '',
    `https://exemple.org/${'a'.repeat(3000)}`,
  ])('refuse %j', (address) => {
    expect(safeHref(address)).toBe(null);
  });
});

describe('a body as HTML', () => {
  it('escapes text and attributes', () => {
    expect(line('<script>alert("1")</script> & \u0000')).toBe(
      '<p>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; </p>',
    );
    const image = html(build.body(build.image({ attachmentId: 'a', alt: '"><script>' })), {
      attachmentUrl: (id) => `/x/${id}"`,
    });
    expect(image).toBe(
      '<figure class="image"><img src="/x/a&quot;" alt="&quot;&gt;&lt;script&gt;"></figure>',
    );
  });

  it('never holds a script, a style or an address that was not checked', () => {
    const hostile: BodyNode = build.body(
      build.paragraph(
        build.link('javascript:alert(1)', 'a'),
        build.inLanguage('" onclick="x', 'b'),
        build.highlight('red;background:url(//x)', 'c'),
        { type: 'mathInline', attrs: { latex: '\\href{javascript:alert(1)}{x} \\htmlStyle{color:red}{y}' } },
        { type: 'mathInline', attrs: { latex: '<img src=x onerror=alert(1)>' } },
        { type: '<script>', content: [{ type: 'text', text: 'd' }] },
      ),
      build.codeBlock('"><script>', '<b>'),
      { type: 'heading', attrs: { level: '1><script>', label: '"><x', textAlign: '" style="' } },
      { type: 'callout', attrs: { kind: '"><x' } },
      { type: 'image', attrs: { src: 'javascript:alert(1)', attachmentId: 'x' } },
      { type: 'orderedList', attrs: { type: '"><x', start: '"><x' } },
    );
    const out = html(hostile, {
      attachmentUrl: () => 'javascript:alert(1)',
      remoteImages: true,
      noteHref: () => 'javascript:x',
    });
    expect(out).not.toMatch(/<script|<x|<img|(href|src)=.?javascript|style=| on[a-z]+="/i);
  });

  it('draws every node and mark, with nothing undefined and no inline style', () => {
    const out = html(fullBody, {
      attachmentUrl: (id) => `/api/attachments/${id}`,
      noteHref: (id) => `/notes/${id}`,
      noteTitle: () => 'Titre',
    });
    expect(out).not.toMatch(/undefined|\[object|NaN|style=/);
    for (const tag of [
      'strong',
      'em',
      'u',
      's',
      'code',
      'mark',
      'sub',
      'sup',
      'a',
      'ins',
      'del',
      'ul',
      'ol',
      'blockquote',
      'aside',
      'pre',
      'table',
      'th',
      'td',
      'figure',
      'figcaption',
      'img',
      'audio',
      'video',
      'details',
      'summary',
      'hr',
      'math',
    ])
      expect({ tag, drawn: out.includes(`<${tag}>`) || out.includes(`<${tag} `) }).toEqual({
        tag,
        drawn: true,
      });
  });

  it('keeps a link that is half in bold one link', () => {
    const address = 'https://exemple.org';
    expect(line(build.link(address, 'a'), build.bold(build.link(address, 'b')))).toBe(
      '<p><a href="https://exemple.org" rel="noopener noreferrer nofollow">a<strong>b</strong></a></p>',
    );
  });

  it('gathers footnotes at the end, linked both ways, with the prefix of the note', () => {
    const out = html(build.body(build.paragraph('Un', build.footnote('Note ', build.italic('une')), '.')), {
      idPrefix: 'n1-',
    });
    expect(out).toContain('<a id="n1-call-1" href="#n1-note-1" role="doc-noteref"');
    expect(out).toContain(
      '<li id="n1-note-1"><a class="end-note-number" href="#n1-call-1" role="doc-backlink"',
    );
    expect(out).toContain('Note <em>une</em>');
    expect(out).toContain('<p class="end-notes-label">Notes</p>');
  });

  it('shows the title of a linked note only where the reader may see it', () => {
    const body = build.body(
      build.paragraph(build.noteLink('n1'), build.noteLink('n2'), build.noteLink('n2', 'mes mots')),
    );
    const out = html(body, {
      noteTitle: (id) => (id === 'n1' ? 'Un <titre>' : null),
      noteHref: (id) => `/notes/${id}`,
    });
    expect(out).toBe(
      '<p><a class="note-link" href="/notes/n1">Un &lt;titre&gt;</a>' +
        '<span class="note-link hidden-note">note non accessible</span><span class="note-link">mes mots</span></p>',
    );
  });

  it('repeats the leading header rows of a table, never the whole table', () => {
    const out = html(build.body(build.table(['A'], ['1'])));
    expect(out).toBe(
      '<table><thead><tr><th scope="col"><p>A</p></th></tr></thead><tbody><tr><td><p>1</p></td></tr></tbody></table>',
    );
    expect(html(build.body(build.table(['A'])))).not.toContain('<thead>');
  });

  it('numbers what is referred to, and says so when a reference has no target', () => {
    const table = build.figure('table', 'Les régions', [build.table(['A'], ['1'])], 'regions');
    const out = html(
      build.body(build.paragraph(build.crossReference('regions'), ' ', build.crossReference('rien')), table),
    );
    expect(out).toContain('<a class="cross-reference" href="#ref-regions">tableau\u00a01</a>');
    expect(out).toContain('renvoi introuvable');
    expect(out).toContain(
      '<figure id="ref-regions" class="figure figure-table"><figcaption><span class="caption-number">Tableau\u00a01.</span> Les régions',
    );
  });

  it('gives the headings for a table of contents, shifted and without links', () => {
    const { headings } = renderBody(
      build.body(
        build.heading(1, ['Un ', build.link('https://exemple.org', 'lien'), build.footnote('note')]),
        build.heading(4, 'Préface', { numbered: false }),
      ),
      { headingShift: 2, idPrefix: 'x-' },
    );
    expect(headings).toEqual([
      { id: 'x-heading-1', level: 3, html: 'Un lien', numbered: true },
      { id: 'x-heading-2', level: 6, html: 'Préface', numbered: false },
    ]);
  });

  it('shows suggestions as changes, or leaves the original', () => {
    const body = build.body(
      build.paragraph(
        'a',
        build.marked({ type: 'suggestionInsert' }, 'b'),
        build.marked({ type: 'suggestionDelete' }, 'c'),
      ),
    );
    expect(html(body)).toBe('<p>a<ins class="suggestion">b</ins><del class="suggestion">c</del></p>');
    expect(html(body, { suggestions: 'original' })).toBe('<p>ac</p>');
  });

  it('colours known languages of code by class, and keeps others as they are', () => {
    expect(html(build.body(build.codeBlock('javascript', 'const a = "<";')))).toContain(
      '<span class="hljs-keyword">const</span>',
    );
    expect(html(build.body(build.codeBlock('klingon', 'a < b')))).toBe(
      '<pre translate="no"><code>a &lt; b</code></pre>',
    );
  });
});
