import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { extractHeadings, extractText } from '#shared/document/extractText.ts';
import { builtInTemplateKeys } from '#shared/document/templates/BuiltInTemplate.ts';
import { builtInTemplate } from '#shared/document/templates/builtInTemplates.ts';
import { bodyToProseMirror, replaceNoteContent } from '#shared/document/writeContent.ts';

test.each(builtInTemplateKeys.flatMap((key) => ['fr', 'en'].map((language) => [key, language] as const)))(
  '[R186] the template %s in %s can be written, has headings, and its French is spaced',
  (key, language) => {
    const { title, body } = builtInTemplate(key, language);
    expect(() => bodyToProseMirror(body)).not.toThrow();
    const doc = new Y.Doc();
    replaceNoteContent(doc, { title, body, language });
    expect(extractHeadings(body).length).toBeGreaterThan(4);
    const text = extractText(body);
    // In French a no-break space, in English none.
    expect(text).not.toMatch(language === 'fr' ? / [:;?!]|« | »/u : /\u00a0/u);
  },
);

test('[R186] each has its own title in each language', () => {
  const titles = builtInTemplateKeys.flatMap((key) =>
    ['fr-CA', 'en-CA', 'es'].map((language) => builtInTemplate(key, language).title),
  );
  expect(new Set(titles).size).toBe(6);
});
