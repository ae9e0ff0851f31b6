import { common, createLowlight } from 'lowlight';

const lowlight = createLowlight(common);

/** A run of code of one colour. */
export interface HighlightedPart {
  readonly text: string;
  /** Class names of highlight.js; empty for plain text. */
  readonly classes: string;
}

interface Tree {
  readonly type: string;
  readonly value?: string;
  readonly properties?: { readonly className?: unknown };
  readonly children?: readonly Tree[];
}

function flatten(nodes: readonly Tree[], classes: readonly string[], out: HighlightedPart[]): void {
  for (const node of nodes) {
    if (node.type === 'text') out.push({ text: node.value ?? '', classes: classes.join(' ') });
    else {
      const own = Array.isArray(node.properties?.className) ? node.properties.className.map(String) : [];
      flatten(node.children ?? [], [...classes, ...own], out);
    }
  }
}

/**
 * Splits code into coloured runs. One long run for a language that is not known, or for code longer than 50,000 characters,
 * which would hold up typing.
 */
export function highlightCode(code: string, language: string): HighlightedPart[] {
  if (!lowlight.registered(language) || code.length > 50_000) return [{ text: code, classes: '' }];
  const out: HighlightedPart[] = [];
  flatten(lowlight.highlight(language, code).children as readonly Tree[], [], out);
  return out;
}
