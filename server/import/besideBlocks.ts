import type { BodyNode } from '#shared/document/noteContent.ts';
import type { PageBeside } from './praxisPage.ts';

const list = new Intl.ListFormat('fr', { type: 'conjunction' });

/**
 * What a page said beside its text, as it stands below the text of the note: who wrote it there and when, and what it was related to. It is in French, as those pages are.
 * @param terms - those that no term stands for here: their titles stay.
 */
export function besideBlocks(
  { authors, published, modified, community }: PageBeside,
  terms: readonly string[],
): BodyNode[] {
  const facts = [
    'Note de Praxis',
    ...(authors.length > 0 ? [`par ${list.format(authors)}`] : []),
    ...(published === '' ? [] : [`publiée le ${published}`]),
    ...(modified === '' ? [] : [`modifiée le ${modified}`]),
  ];
  const linked = community === '' ? '' : ` Communauté liée\u00a0: ${community}.`;
  const label = terms.length > 1 ? 'Termes reliés' : 'Terme relié';
  const lines = [
    `${facts.join(', ')}.${linked}`,
    ...(terms.length > 0 ? [`${label}\u00a0: ${terms.join(', ')}.`] : []),
  ];
  return [
    { type: 'horizontalRule' },
    ...lines.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
  ];
}
