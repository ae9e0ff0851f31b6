import { describe, expect, it } from 'vitest';
import { extractHeadings, extractLinks, extractText } from '#shared/document/extractText.ts';
import { renderBody } from '#shared/document/renderHtml.ts';
import { welcomeContent } from '#shared/document/welcome/welcomeContent.ts';
import { contentToUpdate } from '#shared/document/writeContent.ts';
import type { NoteId } from '#shared/domain/ids.ts';

let count = 0;
const newNoteId = (): NoteId => `note-${(count += 1)}` as NoteId;

describe.each([
  ['fr', /['"“”]|\.\.\.|« | »| [:;!]/],
  ['en', /['"«»]|\.\.\.| [:;!]/],
])('the welcome carnet in %s', (language, wrongSigns) => {
  const content = welcomeContent(language, newNoteId);

  it('is content of the schema, in its language', () => {
    expect(content.language).toBe(language);
    expect(content.notes.length).toBe(6);
    for (const note of content.notes) {
      expect(note.content.language).toBe(language);
      expect(contentToUpdate(note.content, 5).length).toBeGreaterThan(500);
    }
  });

  it('links each note from another, to notes of the carnet only', () => {
    const ids = content.notes.map((note) => note.id);
    const linked = content.notes.flatMap((note) =>
      extractLinks(note.content.body).filter((id) => id !== note.id),
    );
    expect(new Set(linked)).toEqual(new Set(ids));
  });

  it('finds every target of its references', () => {
    for (const note of content.notes) {
      const { html } = renderBody(note.content.body, {
        language,
        noteTitle: () => 'x',
        noteHref: (id) => `/notes/${id}`,
      });
      expect(html).not.toMatch(/missing-reference|hidden-note/);
    }
  });

  it('is set with the signs of its language', () => {
    const text = content.notes
      .map((note) => `${note.content.title}\n${extractText(note.content.body, { noteTitle: () => 'Titre' })}`)
      .join('\n');
    const all = `${content.title}\n${content.description}\n${text}`;
    expect(all).not.toMatch(wrongSigns);
  });
});

it('has the same notes and the same headings in both languages', () => {
  const shape = (language: string): number[][] =>
    welcomeContent(language, newNoteId).notes.map((note) =>
      extractHeadings(note.content.body).map((one) => one.level),
    );
  expect(shape('fr')).toEqual(shape('en'));
});
