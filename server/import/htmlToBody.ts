import { parse, parseFragment } from 'parse5';
import { attributeText } from '#shared/document/bodyAccess.ts';
import { extractText } from '#shared/document/extractText.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { languagePattern } from '#shared/document/vocabulary.ts';
import { BodyReader, type HtmlOptions } from './BodyReader.ts';
import { attribute, elementsIn, hasClass, type HtmlElement, type HtmlNode, textOf } from './htmlElements.ts';
import { LossList } from './ImportReport.ts';
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

/** A page as it was read. */
export interface ReadHtml extends RawBody {
  readonly pageTitle: string | null;
  /** Null where the page does not say it. */
  readonly language: string | null;
  /** Of the first page of a site that we export: where its notes are, in order. */
  readonly entries: readonly string[] | null;
  /** All that people read on a page that says what is related to its text, out of it too; null for others, and where that is its text. */
  readonly all: readonly BodyNode[] | null;
}

function hrefsOf(element: HtmlElement): string[] {
  return elementsIn(element.childNodes, 'a').flatMap((link) => attribute(link, 'href') ?? []);
}

/** The part of a page that is its text: what it names so, else all of it. */
function contentOf(nodes: readonly HtmlNode[]): readonly HtmlNode[] {
  const articles = elementsIn(nodes, 'article');
  const found =
    elementsIn(nodes, 'main')[0] ??
    (articles.length === 1 ? articles[0] : undefined) ??
    elementsIn(nodes, 'div').find((one) => hasClass(one, 'markdown-body')) ??
    elementsIn(nodes, 'body')[0];
  return found?.childNodes ?? nodes;
}

/** HTML as the body of a note: a page of the web, or what `markdownToHtml` made. Nothing of it acts: only what the schema holds is kept, all else becomes its text and is said. */
export function htmlToBody(html: string, { from, losses }: HtmlOptions): ReadHtml {
  const root = from === 'page' ? parse(html) : parseFragment(html);
  const nodes = root.childNodes as readonly HtmlNode[];
  const content = from === 'page' ? contentOf(nodes) : nodes;
  const body = { type: 'doc', content: new BodyReader({ from, losses }, nodes).blocks(content) };
  const [whole] = from === 'page' ? elementsIn(nodes, 'body') : [];
  const [title] = elementsIn(nodes, 'title');
  const [page] = elementsIn(nodes, 'html');
  const lang = page === undefined ? null : attribute(page, 'lang');
  const entries = elementsIn(content, 'section').find((one) => hasClass(one, 'public-entries'));
  return {
    body,
    labels: labelsOf(body),
    language: lang !== null && languagePattern.test(lang) ? lang : null,
    all:
      whole === undefined || whole.childNodes === content || !/reli[ée]/i.test(textOf(whole))
        ? null
        : new BodyReader({ from, losses: new LossList() }, nodes).blocks(whole.childNodes),
    entries: entries === undefined ? null : hrefsOf(entries),
    pageTitle: title === undefined ? null : textOf(title).replaceAll(/\s+/g, ' ').trim() || null,
  };
}
