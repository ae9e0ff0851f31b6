import { Button, Textarea } from '@mantine/core';
import type { Editor } from '@tiptap/core';
import { useEffect, useRef, useState } from 'react';
import { useEditorText } from '../texts.ts';
import { renderMath } from '../views/renderMath.ts';
import { selectionRect } from './anchors.ts';
import { FloatingPanel } from './FloatingPanel.tsx';

export interface MathPanelProps {
  readonly editor: Editor;
  /** Position of the formula. */
  readonly at: number;
  readonly latex: string;
  readonly isDisplay: boolean;
}

/** The LaTeX of the selected formula, drawn as it is typed. It is written to the note when the field is left or Enter pressed. */
export function MathPanel({ editor, at, latex, isDisplay }: MathPanelProps) {
  const text = useEditorText();
  const [typed, setTyped] = useState(latex);
  const [problem, setProblem] = useState<string | null>(null);
  const preview = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const target = preview.current;
    if (!target) return;
    if (typed.trim() === '') {
      target.textContent = '';
      setProblem(null);
    } else renderMath(target, typed, isDisplay, (result) => setProblem(result.ok ? null : result.reason));
  }, [typed, isDisplay]);

  const write = () => {
    const node = editor.state.doc.nodeAt(at);
    const isFormula = node?.type.name === 'mathInline' || node?.type.name === 'mathBlock';
    if (isFormula && node.attrs['latex'] !== typed) {
      editor.view.dispatch(editor.state.tr.setNodeAttribute(at, 'latex', typed.slice(0, 8000)));
    }
  };
  const leave = (isKept: boolean) => {
    if (isKept) write();
    const node = editor.state.doc.nodeAt(at);
    editor
      .chain()
      .focus()
      .setTextSelection(at + (node?.nodeSize ?? 1))
      .run();
  };
  return (
    <FloatingPanel
      anchor={() => selectionRect(editor)}
      placement="below"
      label={text('math.label')}
      role="dialog"
      className="math-panel"
      onKeyDown={(event) => {
        if (event.key === 'Escape') leave(false);
        else if (event.key === 'Enter' && !event.shiftKey) leave(true);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <Textarea
        autoFocus
        autosize
        minRows={1}
        maxRows={8}
        size="sm"
        label={text('math.label')}
        className="math-field"
        spellCheck={false}
        value={typed}
        error={problem === null ? undefined : text('math.invalid', { reason: problem })}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={write}
      />
      <div ref={preview} className="math-preview" aria-live="polite" />
      <div className="panel-acts">
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          onClick={() => {
            editor.chain().focus().setNodeSelection(at).deleteSelection().run();
          }}
        >
          {text('math.remove')}
        </Button>
        <Button size="xs" onClick={() => leave(true)}>
          {text('math.apply')}
        </Button>
      </div>
    </FloatingPanel>
  );
}
