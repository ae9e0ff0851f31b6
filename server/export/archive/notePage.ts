import { escapeHtml, htmlAttributes } from '#shared/document/escapeHtml.ts';
import type { NoteContent } from '#shared/document/noteContent.ts';
import { renderBody } from '#shared/document/renderHtml.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { renderSheet } from '../../renderSheet.ts';
import type { VersionRecord } from '../../storage/ports/VersionStore.ts';
import { bookLabels, joinNames } from '../bookLabels.ts';
import { noteMeta } from '../noteMeta.ts';
import type { PlacedNote, PlacedNotes } from '../placeNotes.ts';
import type { NotePart, VersionText } from './ArchiveContent.ts';
import { archiveWords } from './archiveWords.ts';

/** Who is who in an archive; null for somebody whose name is not known any more. */
export type NameOf = (person: PersonId) => string | null;

/** Texts of versions that are shown in the page, the newest; of the others the page says when and who, and the log has them. Named ones are always shown. */
const mostTexts = 200;

/** What a note says now, with the addresses of its files as `addressOf` gives them. */
export function noteText(
  { note, title, id, prefix, numbering }: PlacedNote,
  { titleOf, hrefOf, references }: PlacedNotes,
  addressOf: (attachment: string) => string | null,
): string {
  const labels = bookLabels(note.language);
  const { html } = renderBody(note.body, {
    language: note.language,
    idPrefix: prefix,
    numbering,
    attachmentUrl: addressOf,
    noteTitle: titleOf,
    noteHref: hrefOf,
    outsideReference: (label) => references.get(label) ?? null,
  });
  return (
    `<header><h1${htmlAttributes({ id: `${id}-title` })}>${escapeHtml(title)}</h1>` +
    `<p class="public-meta">${escapeHtml(noteMeta(note, labels))}</p></header>` +
    `${renderSheet(note.sheet, note.kind, labels.language)}<div class="note-text note-reader">${html}</div>`
  );
}

function versionLine(
  { kind, name, createdAt, contributors, personId }: VersionRecord,
  language: string,
  nameOf: NameOf,
): string {
  const labels = bookLabels(language);
  const words = archiveWords(labels.language);
  const called = name ?? words.kinds[kind];
  const people = [...new Set([...contributors, ...(personId === null ? [] : [personId])])];
  const who = joinNames(
    people.map((one) => nameOf(one) ?? words.somebody),
    labels,
  );
  return `<strong>${escapeHtml(called)}</strong> <span>${escapeHtml([words.when(createdAt), who].filter(Boolean).join(' · '))}</span>`;
}

function versionText(content: NoteContent, prefix: string, { titleOf, hrefOf }: PlacedNotes): string {
  const { html } = renderBody(content.body, {
    language: content.language,
    idPrefix: prefix,
    headingShift: 3,
    attachmentUrl: () => null,
    noteTitle: titleOf,
    noteHref: hrefOf,
  });
  const { untitled } = bookLabels(content.language);
  return `<h3>${escapeHtml(content.title.trim() || untitled)}</h3><div class="note-text note-reader">${html}</div>`;
}

/** The versions of a note, newest first, each with what it said: read one after the other, from the oldest. */
export async function historyHtml(
  { id, note }: PlacedNote,
  part: NotePart,
  notes: PlacedNotes,
  nameOf: NameOf,
): Promise<string> {
  const { language } = bookLabels(note.language);
  const words = archiveWords(language);
  const head = `<section class="archive-history"${htmlAttributes({ 'aria-labelledby': `${id}-history` })}><h2 id="${id}-history">${words.history}</h2>`;
  if (part.without !== null) {
    const said = part.without === 'closed' ? words.closedHistory : words.damagedHistory;
    return `${head}<p class="public-meta">${escapeHtml(said)}</p></section>`;
  }
  const { versions } = part.note;
  if (versions.length === 0) return `${head}<p class="public-meta">${words.noVersion}</p></section>`;
  const shown = new Set(
    versions.filter(({ name }, at) => at < mostTexts || name !== null).map((version) => version.id),
  );
  const lines: string[] = [];
  let before = '';
  for await (const { version, content } of part.versions()) {
    lines.push(versionHtml({ version, content }, `${id}-v${lines.length + 1}-`));
  }
  lines.reverse();
  return `${head}<p class="public-meta">${words.versions(versions.length)}</p><ol>${lines.join('')}</ol></section>`;

  function versionHtml({ version, content }: VersionText, prefix: string): string {
    const line = versionLine(version, note.language, nameOf);
    const remark =
      version.remark === null ? '' : `<p class="archive-remark">${escapeHtml(version.remark)}</p>`;
    const said = content === null ? '' : JSON.stringify([content.title, content.body]);
    const isSame = content !== null && said === before;
    before = said;
    const without =
      content === null
        ? words.unreadable
        : isSame
          ? words.sameText
          : shown.has(version.id)
            ? null
            : words.textApart;
    const text =
      without === null && content !== null
        ? versionText(content, prefix, notes)
        : `<p class="public-meta">${escapeHtml(without ?? '')}</p>`;
    return `<li><details><summary>${line}</summary><div class="archive-text">${remark}${text}</div></details></li>`;
  }
}

/** What was said about a note; empty where nothing was, or it is not for the reader. */
export function talkHtml({ id, note }: PlacedNote, { note: { threads } }: NotePart, nameOf: NameOf): string {
  if (threads.length === 0) return '';
  const words = archiveWords(bookLabels(note.language).language);
  const lines = threads.map(({ anchor, resolvedAt, messages }) => {
    const quote = anchor === null ? '' : `<blockquote>${escapeHtml(anchor.quote)}</blockquote>`;
    const said = messages.map(({ by, text, createdAt }) => {
      const who = (by === null ? null : nameOf(by)) ?? words.somebody;
      return `<p>${escapeHtml(text)}</p><cite>${escapeHtml(`${who} · ${words.when(createdAt)}`)}</cite>`;
    });
    const end = resolvedAt === null ? '' : `<p class="public-meta">${words.closed}</p>`;
    return `<li>${quote}${said.join('')}${end}</li>`;
  });
  const count = threads.reduce((sum, { messages }) => sum + messages.length, 0);
  return (
    `<section class="archive-talk"${htmlAttributes({ 'aria-labelledby': `${id}-talk` })}><h2 id="${id}-talk">${words.discussion}</h2>` +
    `<p class="public-meta">${words.messages(count)}</p><ol>${lines.join('')}</ol></section>`
  );
}
