import { parse, parseFragment } from 'parse5';
import { attributeText } from '#shared/document/bodyAccess.ts';
import { extractText } from '#shared/document/extractText.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { BodyReader, type HtmlOptions } from './BodyReader.ts';
import { elementsIn, type HtmlNode, textOf } from './htmlElements.ts';
import type { RawBody } from './RawBody.ts';

/** The labels of a body with the texts that references show. */
function labelsOf(body: BodyNode): Record<string, string> {
  const labels: Record<string, string> = {};
  const walk = (node: BodyNode): void => {
    const label = attributeText(node, 'label');
    if (label !== null && !Object.hasOwn(labels, label)) {
      const caption = node.content?.find(({ type }) => type === 'figureCaption');
      labels[label] =
        node.type === 'heading' ? extractText(node) : caption === undefined ? '' : extractText(caption);
    }
    node.content?.forEach(walk);
  };
  walk(body);
  return labels;
}

/** HTML as the body of a note: a page of the web, or what `markdownToHtml` made. Nothing of it acts: only what the schema holds is kept, all else becomes its text and is said. */
export function htmlToBody(
  html: string,
  { from, losses }: HtmlOptions,
): RawBody & { readonly pageTitle: string | null } {
  const root = from === 'page' ? parse(html) : parseFragment(html);
  const nodes = root.childNodes as readonly HtmlNode[];
  const body = { type: 'doc', content: new BodyReader({ from, losses }, nodes).blocks(nodes) };
  const [title] = elementsIn(nodes, 'title');
  return {
    body,
    labels: labelsOf(body),
    pageTitle: title === undefined ? null : textOf(title).replaceAll(/\s+/g, ' ').trim() || null,
  };
}
