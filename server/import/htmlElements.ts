import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import type { BodyMark } from '#shared/document/noteContent.ts';
import { highlightColours, languagePattern, textAlignments } from '#shared/document/vocabulary.ts';

export type HtmlNode = Tree.ChildNode;
export type HtmlElement = Tree.Element;

export const isElement = (node: HtmlNode): node is HtmlElement => 'tagName' in node;
export const isText = (node: HtmlNode): node is Tree.TextNode => node.nodeName === '#text';

/** An attribute, or null. */
export function attribute(element: HtmlElement, name: string): string | null {
  return element.attrs.find((one) => one.name === name)?.value ?? null;
}

export function hasClass(element: HtmlElement, name: string): boolean {
  return (attribute(element, 'class') ?? '').split(/\s+/).includes(name);
}

/** The text of a node, as it stands. */
export function textOf(node: HtmlNode): string {
  if (isText(node)) return node.value;
  return isElement(node) ? node.childNodes.map(textOf).join('') : '';
}

/** The elements in it of one name, in order. */
export function elementsIn(nodes: readonly HtmlNode[], name: string): HtmlElement[] {
  return nodes.flatMap((node) =>
    isElement(node) ? [...(node.tagName === name ? [node] : []), ...elementsIn(node.childNodes, name)] : [],
  );
}

/** Elements that a note says in its own way. */
const blockNames = new Set(
  (
    'p h1 h2 h3 h4 h5 h6 ul ol li blockquote aside pre table hr div section article header footer main nav address form fieldset center dl dt dd figure figcaption ' +
    'details summary audio video iframe object embed x-math-block'
  ).split(' '),
);
/** Elements that are nothing of themselves: what is in them is kept. */
const plainNames = new Set(
  (
    'a abbr acronym article address aside b bdi bdo big body br center cite code data del details dd dfn div dl dt em fieldset figure figcaption font footer form h1 h2 h3 h4 h5 h6 ' +
    'head header hr html i img input ins kbd label li main mark math nav ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var ' +
    'caption colgroup col audio video source iframe object embed wbr x-math x-math-block x-footnote'
  ).split(' '),
);
/** Elements whose text is not for people to read. */
const hiddenNames = new Set([
  'nav',
  'button',
  'head',
  'script',
  'style',
  'template',
  'noscript',
  'col',
  'colgroup',
  'link',
  'meta',
  'title',
]);

/** What our own pages say beside a note; and the names of icons, of fonts that draw one for its name. */
const asides = ['public-meta', 'site-skip', 'material-icons', 'material-symbols-outlined', 'mat-icon'];

export const isBlock = (element: HtmlElement): boolean => blockNames.has(element.tagName);
export const isPlain = (element: HtmlElement): boolean => plainNames.has(element.tagName);
export const isHidden = (element: HtmlElement): boolean =>
  hiddenNames.has(element.tagName) ||
  attribute(element, 'hidden') !== null ||
  attribute(element, 'role') === 'navigation' ||
  asides.some((name) => hasClass(element, name));

const simpleMarks: Readonly<Record<string, string>> = {
  strong: 'bold',
  b: 'bold',
  em: 'italic',
  i: 'italic',
  cite: 'italic',
  dfn: 'italic',
  var: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strike',
  del: 'strike',
  strike: 'strike',
  sub: 'subscript',
  sup: 'superscript',
  code: 'code',
  kbd: 'code',
  samp: 'code',
  tt: 'code',
};

/** The mark that an element puts on its text; null for none. Links are not among them. */
export function markOf(element: HtmlElement): BodyMark | null {
  const simple = simpleMarks[element.tagName];
  // What Google's documents are wrapped in.
  if (simple === 'bold' && /font-weight:\s*(normal|400)/.test(attribute(element, 'style') ?? '')) return null;
  if (simple !== undefined) return { type: simple };
  if (element.tagName === 'mark') {
    const color = highlightColours.find((name) => hasClass(element, `highlight-${name}`));
    return { type: 'highlight', ...(color === undefined ? {} : { attrs: { color } }) };
  }
  const lang = attribute(element, 'lang');
  if (element.tagName === 'span' && lang !== null && languagePattern.test(lang))
    return { type: 'language', attrs: { lang } };
  return null;
}

/** How the text of a block is aligned, by our own pages' class, the old attribute or the style. */
export function alignmentOf(element: HtmlElement): string | null {
  const said =
    attribute(element, 'align') ??
    /text-align:\s*([a-z]+)/.exec(attribute(element, 'style') ?? '')?.[1] ??
    null;
  return textAlignments.find((one) => one === said || hasClass(element, `align-${one}`)) ?? null;
}

/** The name of a label, of what our exports write as an id (`ref-plan`). */
export function labelOf(id: string | null): string | null {
  return /^(?:n\d+-?)?ref[-_]([A-Za-z0-9_-]{1,64})$/.exec(id ?? '')?.[1] ?? null;
}

/** With one mark more, unless it is there. */
export function withMark(marks: readonly BodyMark[], mark: BodyMark | null): readonly BodyMark[] {
  return mark === null || marks.some(({ type }) => type === mark.type) ? marks : [...marks, mark];
}

/** The language that an element says it is in, or null. */
export function languageOf(element: HtmlElement): string | null {
  const lang = attribute(element, 'lang');
  return lang !== null && languagePattern.test(lang) ? lang : null;
}
