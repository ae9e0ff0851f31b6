import { useEffect, useState } from 'react';
import { attributeText } from '#shared/document/bodyAccess.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { codeLanguageLabel } from '../views/codeLanguages.ts';
import { InlineContent } from './InlineContent.tsx';
import { useReader } from './ReaderContext.ts';
import type { HighlightedPart } from './highlightCode.ts';

/** A code block, coloured once the highlighter is there. */
export function CodeText({ node }: { node: BodyNode }) {
  const language = attributeText(node, 'language');
  const content = node.content ?? [];
  const code = content.map((child) => child.text ?? '').join('');
  // A comparison marks parts of the code: they are shown rather than its colours.
  const isPlain = content.every((child) => (child.marks ?? []).length === 0);
  const [parts, setParts] = useState<readonly HighlightedPart[] | null>(null);
  useEffect(() => {
    let isOver = false;
    setParts(null);
    if (language !== null && isPlain) {
      void import('./highlightCode.ts').then(({ highlightCode }) => {
        if (!isOver) setParts(highlightCode(code, language));
      });
    }
    return () => {
      isOver = true;
    };
  }, [code, language, isPlain]);
  return (
    <div className="code-block">
      {language === null ? null : (
        <div className="code-block-head">
          <span className="code-block-word">{codeLanguageLabel(language)}</span>
        </div>
      )}
      <pre translate="no">
        <code data-line={useReader().lines.get(node)}>
          {parts?.map(({ text, classes }, at) => (
            <span key={at} className={classes}>
              {text}
            </span>
          )) ?? <InlineContent nodes={content} />}
        </code>
      </pre>
    </div>
  );
}
