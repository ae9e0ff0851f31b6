import { common, createLowlight } from 'lowlight';
import { escapeHtml } from './escapeHtml.ts';

/** The highlighter of code blocks, shared with the editor: about 35 common languages. */
export const lowlight = createLowlight(common);

interface HastNode {
  readonly type: string;
  readonly value?: string;
  readonly properties?: { readonly className?: unknown };
  readonly children?: readonly HastNode[];
}

/** Code longer than this (in characters) is shown without colours: highlighting it would take long. */
const longestHighlighted = 50_000;

function toHtml(node: HastNode): string {
  if (node.type === 'text') return escapeHtml(node.value ?? '');
  const inside = (node.children ?? []).map(toHtml).join('');
  if (node.type !== 'element') return inside;
  const classes = Array.isArray(node.properties?.className) ? node.properties.className.join(' ') : '';
  return `<span class="${escapeHtml(classes)}">${inside}</span>`;
}

/**
 * Code as HTML with class names of highlight.js (`hljs-keyword`…), no style.
 * @param language - as stored with the block; unknown or null gives plain code.
 */
export function highlightCode(code: string, language: string | null): string {
  if (language === null || !lowlight.registered(language) || code.length > longestHighlighted)
    return escapeHtml(code);
  return toHtml(lowlight.highlight(language, code) as HastNode);
}
