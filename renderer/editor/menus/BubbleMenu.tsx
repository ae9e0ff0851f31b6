import { ActionIcon, Tooltip } from '@mantine/core';
import { IconLanguage, IconLink, IconMessagePlus, IconUserQuestion } from '@tabler/icons-react';
import type { Editor } from '@tiptap/core';
import { selectionRect } from '../panels/anchors.ts';
import { FloatingPanel } from '../panels/FloatingPanel.tsx';
import { shownKeys, useEditorText } from '../texts.ts';
import { markTools } from './markTools.ts';

/** Marks and link for the selected words, above them. */
export function BubbleMenu({
  editor,
  onLink,
  onComment,
  onWho,
  otherLanguage,
}: {
  editor: Editor;
  onLink: () => void;
  onComment: (() => void) | undefined;
  onWho: (() => void) | undefined;
  otherLanguage: string;
}) {
  const text = useEditorText();
  const isForeign = editor.isActive('language');
  return (
    <FloatingPanel
      anchor={() => selectionRect(editor)}
      placement="above"
      label={text('toolbar.label')}
      role="toolbar"
      className="tool-panel"
      onMouseDown={(event) => event.preventDefault()}
    >
      {markTools.map(({ mark, label, icon: MarkIcon, shortcut, toggle }) => (
        <Tooltip key={mark} label={`${text(label)} (${shownKeys(shortcut)})`}>
          <ActionIcon
            variant={editor.isActive(mark) ? 'light' : 'subtle'}
            color={editor.isActive(mark) ? undefined : 'gray'}
            size={30}
            aria-label={text(label)}
            aria-pressed={editor.isActive(mark)}
            onClick={() => toggle(editor)}
          >
            <MarkIcon size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      ))}
      <Tooltip label={`${text('marks.link')} (Ctrl+K)`}>
        <ActionIcon
          variant={editor.isActive('link') ? 'light' : 'subtle'}
          color={editor.isActive('link') ? undefined : 'gray'}
          size={30}
          aria-label={text('marks.link')}
          onClick={onLink}
        >
          <IconLink size={18} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={`${text('marks.language')} (${otherLanguage})`}>
        <ActionIcon
          variant={isForeign ? 'light' : 'subtle'}
          color={isForeign ? undefined : 'gray'}
          size={30}
          aria-label={text('marks.language')}
          aria-pressed={isForeign}
          onClick={() => editor.chain().focus().toggleMark('language', { lang: otherLanguage }).run()}
        >
          <IconLanguage size={18} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
      {onComment === undefined ? null : (
        <Tooltip label={`${text('marks.comment')} (${shownKeys('Ctrl+Shift+M')})`}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={30}
            aria-label={text('marks.comment')}
            onClick={onComment}
          >
            <IconMessagePlus size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      )}
      {onWho === undefined ? null : (
        <Tooltip label={`${text('marks.who')} (${shownKeys('Ctrl+Shift+Y')})`}>
          <ActionIcon variant="subtle" color="gray" size={30} aria-label={text('marks.who')} onClick={onWho}>
            <IconUserQuestion size={18} stroke={1.75} />
          </ActionIcon>
        </Tooltip>
      )}
    </FloatingPanel>
  );
}
