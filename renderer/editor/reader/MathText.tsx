import { useEffect, useRef } from 'react';
import { renderMath } from '../views/renderMath.ts';

/** A formula as MathML; its LaTeX until KaTeX is there. */
export function MathText({ latex, isDisplay }: { latex: string; isDisplay: boolean }) {
  const ref = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (ref.current) renderMath(ref.current, latex, isDisplay);
  }, [latex, isDisplay]);
  return <span ref={ref} className="math-drawing" />;
}
