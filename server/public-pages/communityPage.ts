import type { CommunityPage } from '#shared/api/communities.ts';
import { escapeHtml, htmlAttributes } from '#shared/document/escapeHtml.ts';
import type { Language } from '#shared/domain/Person.ts';
import { joinNames } from '../export/bookLabels.ts';
import type { PageAddresses } from './notePage.ts';
import { pageShell } from './pageShell.ts';
import { publicLabels, shownName } from './publicLabels.ts';

/** A community that shows itself to everybody, for anybody, without a script. Nobody is named on it but authors of public notes. @param page - as a visitor may see it. */
export function publicCommunityPage(
  { community, notes, carnets, bases }: Pick<CommunityPage, 'community' | 'notes' | 'carnets' | 'bases'>,
  language: Language,
  addresses: PageAddresses,
): string {
  const labels = publicLabels(language);
  const line = (href: string, title: string, below: readonly string[]): string =>
    `<li><a${htmlAttributes({ href })}>${escapeHtml(title || labels.untitled)}</a>${below
      .filter((text) => text !== '')
      .map((text) => `<p class="public-note">${escapeHtml(text)}</p>`)
      .join('')}</li>`;
  const section = (title: string, lines: readonly string[]): string =>
    lines.length === 0 ? '' : `<h2>${escapeHtml(title)}</h2><ol>${lines.join('')}</ol>`;
  const list =
    section(
      labels.bases,
      bases.map((base) =>
        line(`/bases/${base.id}`, base.title, [base.description, labels.count.carnet(base.memberCount)]),
      ),
    ) +
    section(
      labels.communityCarnets,
      carnets.map((carnet) =>
        line(`/carnets/${carnet.id}`, carnet.title, [
          carnet.description,
          labels.count.note(carnet.memberCount),
        ]),
      ),
    ) +
    section(
      labels.communityNotes,
      notes.map((note) =>
        line(`/notes/${note.id}`, note.title, [
          note.excerpt,
          joinNames(
            note.authors.map((author) => shownName(author, labels)),
            labels,
          ),
        ]),
      ),
    );
  const url = `${addresses.origin}/communities/${community.id}`;
  const image = community.image === null ? null : `/api/attachments/${community.image}`;
  return pageShell(
    {
      url,
      feed: `${addresses.origin}/flux/communities/${community.id}`,
      title: community.name,
      description: community.description,
      language,
      kind: 'website',
      publishedAt: null,
      modifiedAt: Math.max(
        community.createdAt,
        ...[...notes, ...carnets, ...bases].map((one) => one.modifiedAt),
      ),
      authors: [],
      structured: {
        '@type': 'CollectionPage',
        ...(image === null ? {} : { image: addresses.origin + image }),
        hasPart: [
          ...bases.map(({ id, title }) => ({ '@type': 'Collection', name: title, path: `/bases/${id}` })),
          ...carnets.map(({ id, title }) => ({ '@type': 'Collection', name: title, path: `/carnets/${id}` })),
          ...notes.map(({ id, title }) => ({ '@type': 'Article', name: title, path: `/notes/${id}` })),
        ].map(({ path, ...part }) => ({
          ...part,
          name: part.name || labels.untitled,
          url: addresses.origin + path,
        })),
      },
    },
    {
      styleSheet: addresses.styleSheet,
      open: { href: `/communities/${community.id}?app`, label: labels.open },
      report: addresses.takesReports
        ? { href: `/report/communities/${community.id}`, label: labels.report }
        : null,
    },
    `<header>${image === null ? '' : `<img class="public-image"${htmlAttributes({ src: image, alt: '', width: 96, height: 96 })}>`}` +
      `<p class="public-kind">${labels.kind.community}</p><h1>${escapeHtml(community.name)}</h1>` +
      (community.description === ''
        ? ''
        : `<p class="public-description">${escapeHtml(community.description)}</p>`) +
      `</header>` +
      (list === ''
        ? `<p class="public-empty">${labels.empty.community}</p>`
        : `<div class="public-entries">${list}</div>`),
  );
}
