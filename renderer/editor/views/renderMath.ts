import type katexModule from 'katex';

type Katex = typeof katexModule;

let loading: Promise<Katex> | null = null;
let loaded: Katex | null = null;

/** KaTeX weighs more than the rest of the reading page: it is fetched when the first formula is met. */
function loadKatex(): Promise<Katex> {
  loading ??= import('katex').then((module) => {
    loaded = module.default;
    return loaded;
  });
  return loading;
}

/** What became of a formula. `reason` is KaTeX's, in English, about the LaTeX source. */
export type MathResult = { readonly ok: true } | { readonly ok: false; readonly reason: string };

function draw(katex: Katex, target: HTMLElement, latex: string, isDisplay: boolean): MathResult {
  try {
    // MathML alone: KaTeX's HTML output needs inline styles, which the content security policy refuses. `render` builds
    // nodes and never HTML strings.
    katex.render(latex, target, {
      output: 'mathml',
      displayMode: isDisplay,
      throwOnError: true,
      strict: 'ignore',
      trust: false,
      maxSize: 20,
      maxExpand: 500,
    });
    return { ok: true };
  } catch (error) {
    target.textContent = latex;
    const reason =
      error instanceof Error ? error.message.replace(/^KaTeX parse error:\s*/, '') : String(error);
    return { ok: false, reason };
  }
}

/**
 * Draws LaTeX as MathML in an element. What cannot be read is shown as its source.
 * @param done - told when drawn; at once when KaTeX is there already.
 */
export function renderMath(
  target: HTMLElement,
  latex: string,
  isDisplay: boolean,
  done?: (result: MathResult) => void,
): void {
  if (loaded) {
    const result = draw(loaded, target, latex, isDisplay);
    done?.(result);
    return;
  }
  target.textContent = latex;
  const stamp = `${Date.now()}-${Math.random()}`;
  target.dataset['mathStamp'] = stamp;
  loadKatex().then(
    (katex) => {
      // Something newer was drawn here meanwhile.
      if (target.dataset['mathStamp'] !== stamp) return;
      delete target.dataset['mathStamp'];
      const result = draw(katex, target, latex, isDisplay);
      done?.(result);
    },
    () => done?.({ ok: false, reason: 'katex' }),
  );
}
