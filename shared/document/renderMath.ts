import katex from 'katex';
import { escapeHtml } from './escapeHtml.ts';

/**
 * A formula as MathML, which needs no style sheet and is read by screen readers. What LaTeX does not understand is shown
 * as it was typed.
 * @param latex - source, at most 8,000 characters are read.
 * @param display - true for a formula on its own line.
 */
export function renderMath(latex: string, display: boolean): string {
  try {
    return katex.renderToString(latex.slice(0, 8000), {
      output: 'mathml',
      displayMode: display,
      throwOnError: true,
      trust: false,
      strict: 'ignore',
      maxExpand: 500,
      maxSize: 50,
    });
  } catch {
    return `<code class="math-error">${escapeHtml(latex)}</code>`;
  }
}
